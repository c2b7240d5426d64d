"""ETag, If-Match and If-None-Match (RFC 9110 section 13): a task's tag is its version in quotes.

If-Match accepts a weak tag like a strong one: proxies that compress make tags weak, and the version identifies the
content.
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from todo_kit.errors import Invalid

_TAGS = re.compile(r'\s*(W/)?"(\d{1,10})"\s*')


def etag(version: int) -> str:
    return f'"{version}"'


def versions_of(header: str | None) -> list[int] | None:
    """Returns the versions in the header, or None if it is absent or `*`. Raises Invalid if it is malformed."""
    if header is None or header.strip() == "*":
        return None
    matches = [_TAGS.fullmatch(part) for part in header.split(",")]
    if not all(matches):
        raise Invalid("If-Match", 'must be the ETag of the task, such as "3"')
    return [int(match[2]) for match in matches if match]


async def if_match(value: Annotated[str | None, Header(alias="If-Match", max_length=200)] = None) -> list[int] | None:
    return versions_of(value)


def is_unchanged(header: str | None, version: int) -> bool:
    """Returns whether If-None-Match names the version, so that the response is 304."""
    if header is None:
        return False
    return header.strip() == "*" or etag(version) in [part.strip().removeprefix("W/") for part in header.split(",")]


IfMatch = Annotated[list[int] | None, Depends(if_match)]
IfNoneMatch = Annotated[str | None, Header(alias="If-None-Match", max_length=200)]
