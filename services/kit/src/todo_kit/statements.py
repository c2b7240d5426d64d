"""SQL for the driver, compiled once from SQLAlchemy expressions. Building one for each request costs more than it runs.

A value of a request is a `bindparam` without a value; two requests of one shape then share a prepared statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, make_url

_DIALECT = make_url("postgresql+asyncpg://").get_dialect()()


@dataclass(frozen=True, slots=True)
class Statement:
    sql: str
    names: tuple[str, ...]
    """The parameters by their place: `$1` is the first one."""
    constants: Mapping[str, Any]
    """The values of parameters that are part of the expression."""

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """Returns the values by their place. Raises KeyError, with the name, if one is missing."""
        constants = self.constants
        return [constants[name] if name in constants else values[name] for name in self.names]


def prepare(expression: ClauseElement) -> Statement:
    """Compiles the expression. A list is one array parameter (`= ANY`): `IN` would need a statement per length."""
    compiled: Any = expression.compile(dialect=_DIALECT)
    if compiled.literal_execute_params or compiled.post_compile_params:
        raise TypeError(f"IN and literal_execute are not supported; compare with ANY of an array: {compiled.string}")
    names = tuple(compiled.positiontup)
    constants = {name: compiled.binds[name].value for name in names if not compiled.binds[name].required}
    return Statement(compiled.string, names, constants)
