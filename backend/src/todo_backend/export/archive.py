"""Writes a ZIP file while it is sent: neither the file nor one of its members is ever in memory as a whole."""

import io
import zipfile
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from datetime import datetime
from typing import Any

import orjson


class _Sink(io.RawIOBase):
    """Collects what was written since the last `take`. It cannot seek, so `zipfile` never goes back."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._written.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


async def stream_archive(files: Mapping[str, AsyncGenerator[Any, None]], now: datetime) -> AsyncIterator[bytes]:
    """Yields a ZIP file with a JSON array for each name. If an item cannot be read, the file ends there, incomplete."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, items in files.items():
            member = zipfile.ZipInfo(name, now.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(member, "w", force_zip64=True) as file:
                separator = b"[\n"
                async with aclosing(items):
                    async for item in items:
                        # `default`: see `todo_kit.answers`.
                        file.write(separator + orjson.dumps(item, default=str, option=orjson.OPT_UTC_Z))
                        separator = b",\n"
                        if written := sink.take():
                            yield written
                file.write(b"\n]\n" if separator == b",\n" else b"[]\n")
    yield sink.take()
