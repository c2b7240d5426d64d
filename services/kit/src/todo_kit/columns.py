"""Columns that all services define in the same way."""

from typing import Any

from sqlalchemy import Column, DateTime


def instant(*, nullable: bool = False, index: bool = False, server_default: Any = None) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable, index=index or None, server_default=server_default)
