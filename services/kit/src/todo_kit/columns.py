"""Columns that all services define in the same way."""

from typing import Any

from sqlalchemy import Column, DateTime


class Instant(DateTime):
    """The type of an instant, for fields of a class that several tables inherit."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(timezone=True)


def instant(*, nullable: bool = False, index: bool = False, server_default: Any = None) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable, index=index or None, server_default=server_default)
