"""Text that Postgres and JSON can hold."""

from typing import Annotated

from pydantic import AfterValidator


def storable(value: str) -> str:
    """Refuses what no database row can hold: null characters and lone surrogates."""
    if "\x00" in value:
        raise ValueError("must not contain null characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must be valid Unicode (it has a lone surrogate)") from None
    return value


Storable = Annotated[str, AfterValidator(storable)]
