"""The durable, partitioned log. It has a single writer. An event is published when its row is committed."""

import asyncio
import zlib
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import asyncpg

from todo_local.postgres import dsn_of

SCHEMA = """
    CREATE TABLE IF NOT EXISTS log (
        topic text, partition smallint, "offset" bigint, key text NOT NULL, event bytea NOT NULL,
        published_at timestamptz NOT NULL, PRIMARY KEY (topic, partition, "offset")
    );
    CREATE INDEX IF NOT EXISTS log_published_at ON log (published_at);
    CREATE TABLE IF NOT EXISTS offsets (
        consumer text, topic text, partition smallint, "offset" bigint NOT NULL,
        PRIMARY KEY (consumer, topic, partition)
    );
    CREATE TABLE IF NOT EXISTS state (
        key text PRIMARY KEY, value bytea NOT NULL, etag bigint NOT NULL, expires_at timestamptz
    );
    CREATE SEQUENCE IF NOT EXISTS etags;
"""
INSERT_COLUMNS = ("topic", "partition", "offset", "key", "event", "published_at")
NEXT_OFFSETS = 'SELECT topic, partition, max("offset") + 1 AS next FROM log GROUP BY topic, partition'
READ = 'SELECT "offset", key, event FROM log WHERE topic = $1 AND partition = $2 AND "offset" > $3 ORDER BY 1 LIMIT $4'
COMMIT = """
    INSERT INTO offsets VALUES ($1, $2, $3, $4)
    ON CONFLICT (consumer, topic, partition) DO UPDATE SET "offset" = excluded."offset"
"""
PRUNE = "DELETE FROM log WHERE ctid = ANY(ARRAY(SELECT ctid FROM log WHERE published_at < $1 LIMIT 10000))"
ONE_WRITER = "SELECT pg_advisory_lock(hashtext('todo sidecar log'))"
TAIL = 4000
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    offset: int
    key: str
    event: bytes


async def _as_it_is(_: Any) -> None:
    """Skips the reset of pooled connections: nothing changes their settings, and each reset costs a round trip."""


class Partition:
    """The newest entries of a partition in memory, so that consumers that keep up do not query the database."""

    def __init__(self) -> None:
        self.next_offset = 1
        self.tail: deque[Entry] = deque(maxlen=TAIL)
        self.grown = asyncio.Event()


class EventLog:
    def __init__(self, database_url: str, topics: dict[str, int]) -> None:
        self._dsn = dsn_of(database_url)
        self._topics = topics
        self._queue: asyncio.Queue[tuple[list[tuple[str, str, bytes]], asyncio.Future[None]]] = asyncio.Queue()
        self.partitions: dict[tuple[str, int], Partition] = defaultdict(Partition)
        self.pool: asyncpg.Pool[Any]
        self._round_robin = 0
        self._lock_holder: asyncpg.Connection[Any] | None = None
        self.writable = asyncio.Event()

    async def open(self) -> None:
        self.pool = await asyncpg.create_pool(self._dsn, min_size=1, max_size=10, command_timeout=30, reset=_as_it_is)
        await self.pool.execute(SCHEMA)

    async def close(self) -> None:
        if self._lock_holder:
            await self._lock_holder.close(timeout=2)
        await self.pool.close()

    def partition_of(self, topic: str, key: str) -> int:
        count = self._topics[topic]
        if not key:
            self._round_robin += 1
            return self._round_robin % count
        return zlib.crc32(key.encode()) % count

    async def publish(self, entries: list[tuple[str, str, bytes]]) -> None:
        """Appends entries of (topic, key, event) and returns when they are committed. Raises ConnectionError."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        await self._queue.put((entries, done))
        await done

    async def write(self) -> None:
        """Runs the single writer until cancelled. Entries that callers publish concurrently share one commit."""
        while True:
            requests = [await self._queue.get()]
            while not self._queue.empty() and sum(len(entries) for entries, _ in requests) < BATCH:
                requests.append(self._queue.get_nowait())
            try:
                await self._become_writer()
                await self._append([entry for entries, _ in requests for entry in entries])
            except Exception as error:  # noqa: BLE001 - the one writer must not end; who publishes is told
                self.writable.clear()
                for _, done in requests:
                    if not done.done():
                        done.set_exception(ConnectionError(f"the log cannot be written: {error}"))
                continue
            for _, done in requests:
                if not done.done():
                    done.set_result(None)

    async def _become_writer(self) -> None:
        """Takes the writer lock, which waits until a previous writer is gone, and reads the next offsets."""
        if self._lock_holder and not self._lock_holder.is_closed() and self.writable.is_set():
            return
        if self._lock_holder and not self._lock_holder.is_closed():
            await self._lock_holder.close(timeout=2)
        self._lock_holder = await asyncpg.connect(self._dsn, timeout=5)
        await self._lock_holder.execute(ONE_WRITER, timeout=10)
        for row in await self._lock_holder.fetch(NEXT_OFFSETS):
            partition = self.partitions[row["topic"], row["partition"]]
            if row["next"] != partition.next_offset:
                partition.tail.clear()
                partition.next_offset = row["next"]
                partition.grown.set()
        self.writable.set()

    async def _append(self, entries: Sequence[tuple[str, str, bytes]]) -> None:
        now = datetime.now(UTC)
        offsets: dict[tuple[str, int], int] = {}
        placed: list[tuple[tuple[str, int], Entry]] = []
        for topic, key, event in entries:
            place = topic, self.partition_of(topic, key)
            offset = offsets.get(place, self.partitions[place].next_offset)
            offsets[place] = offset + 1
            placed.append((place, Entry(offset, key, event)))
        if self._lock_holder is None:
            raise ConnectionError("not the writer")
        records = [(*place, entry.offset, entry.key, entry.event, now) for place, entry in placed]
        await self._lock_holder.copy_records_to_table("log", records=records, columns=INSERT_COLUMNS, timeout=30)
        for place, entry in placed:
            self.partitions[place].tail.append(entry)
        for place, offset in offsets.items():
            self.partitions[place].next_offset = offset
            self.partitions[place].grown.set()

    async def read(self, topic: str, partition: int, after: int, limit: int) -> list[Entry]:
        known = self.partitions[topic, partition]
        if known.tail and known.tail[0].offset <= after + 1:
            skip = after + 1 - known.tail[0].offset
            return [known.tail[i] for i in range(skip, min(skip + limit, len(known.tail)))]
        rows = await self.pool.fetch(READ, topic, partition, after, limit)
        return [Entry(row["offset"], row["key"], row["event"]) for row in rows]

    async def position(self, consumer: str, topic: str, partition: int) -> int:
        """Returns the committed offset of a consumer; 0 for a new consumer, which starts at the oldest entry."""
        query = 'SELECT "offset" FROM offsets WHERE consumer = $1 AND topic = $2 AND partition = $3'
        return int(await self.pool.fetchval(query, consumer, topic, partition) or 0)

    async def commit(self, consumer: str, topic: str, partition: int, offset: int) -> None:
        await self.pool.execute(COMMIT, consumer, topic, partition, offset)

    async def prune(self, before: datetime) -> int:
        removed = 0
        while count := int((await self.pool.execute(PRUNE, before)).split()[-1]):
            removed += count
        return removed
