"""ETag, If-Match and If-None-Match (RFC 9110 section 13): a task's tag is its version in quotes.

If-Match takes a weak tag like a strong one, because proxies that compress make tags weak: a version says it all.
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from todo_kit.errors import Invalid

_TAGS = re.compile(r'\s*(W/)?"(\d{1,10})"\s*')


def etag(version: int) -> str:
    return f'"{version}"'


def versions_of(header: str | None) -> list[int] | None:
    """The versions that the header names; None when it is absent or `*`."""
    if header is None or header.strip() == "*":
        return None
    matches = [_TAGS.fullmatch(part) for part in header.split(",")]
    if not all(matches):
        raise Invalid("If-Match", 'must be the ETag of the task, such as "3"')
    return [int(match[2]) for match in matches if match]


async def if_match(value: Annotated[str | None, Header(alias="If-Match", max_length=200)] = None) -> list[int] | None:
    return versions_of(value)


def is_unchanged(header: str | None, version: int) -> bool:
    """Whether If-None-Match names the version: then there is nothing to send."""
    if header is None:
        return False
    return header.strip() == "*" or etag(version) in [part.strip().removeprefix("W/") for part in header.split(",")]


IfMatch = Annotated[list[int] | None, Depends(if_match)]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=200)]
