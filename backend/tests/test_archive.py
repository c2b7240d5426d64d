"""The ZIP file of an account is written while it is sent."""

import io
import json
import zipfile
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from todo_backend.export.archive import stream_archive

NOW = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)


async def items(*found: Any, error: Exception | None = None) -> AsyncGenerator[Any, None]:
    for item in found:
        yield item
    if error:
        raise error


async def whole(**files: AsyncGenerator[Any, None]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join([chunk async for chunk in stream_archive(files, NOW)])))


async def test_each_file_is_a_json_array() -> None:
    number = UUID("019a0000-0000-7000-8000-000000000000")
    archive = await whole(none=items(), one=items({"id": number}), two=items({"at": NOW}, {"title": "Äpfel 🍎"}))
    assert archive.testzip() is None
    found = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert found["none"] == []
    assert found["one"] == [{"id": str(number)}]
    assert found["two"] == [{"at": "2026-12-01T07:30:00Z"}, {"title": "Äpfel 🍎"}]
    assert archive.getinfo("two").date_time == (2026, 12, 1, 7, 30, 0)


async def test_it_is_sent_before_the_last_item_is_read() -> None:
    """Ten megabytes of items that do not compress are never in memory together."""
    read = 0

    async def many() -> AsyncGenerator[Any, None]:
        nonlocal read
        for number in range(1000):
            read = number
            yield {"id": [hash((number, part)) for part in range(500)]}

    sent = stream_archive({"many": many()}, NOW)
    first = await anext(sent)
    assert (read, len(first) < 100_000) == (0, True)
    rest = [chunk async for chunk in sent]
    assert max(map(len, rest)) < 1_000_000


async def test_what_cannot_be_read_leaves_no_whole_file() -> None:
    sent = stream_archive({"some": items({"id": 1}, error=RuntimeError("away")), "more": items()}, NOW)
    chunks = [await anext(sent)]
    with pytest.raises(RuntimeError, match="away"):
        await anext(sent)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(chunks)))
