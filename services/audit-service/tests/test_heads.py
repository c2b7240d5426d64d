"""A trail that the database's owner has rewritten does not verify: its heads are signed, and kept elsewhere too."""

import base64
import json
import subprocess
import sys
from typing import Any

import asyncpg
import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit_service.main import service
from audit_service.trail import chain, heads, signatures
from tests.support import Backbone, Opener, OpenService, eventually
from tests.tasks import Task
from todo_kit.events.tasks import TOPIC, TaskEvent
from todo_kit.events.trail import TOPIC as HEADS


def history(user: str, length: int = 4) -> list[TaskEvent]:
    task = Task(user)
    return [task.created(), *(task.updated(title=f"t{i}") for i in range(length - 1))]


async def verified(audit: OpenService, user: str) -> dict[str, Any]:
    answer = await audit.client.get(f"/api/{user}/audit_logs/verify", headers=audit.auth(user))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def sign(audit: OpenService) -> None:
    while await heads.sign_batch(audit.runtime):
        pass


async def invalid(audit: OpenService, user: str) -> tuple[int, str]:
    found = await verified(audit, user)
    assert found["valid"] is False
    assert found["signature"] is None
    return found["first_invalid"]["position"], found["first_invalid"]["reason"]


async def as_owner(backbone: Backbone, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """Whoever owns the server may switch the triggers off."""
    connection = await asyncpg.connect(backbone.cluster.url("todo"))
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            await connection.execute("SET LOCAL search_path = audit")
            for statement, values in statements:
                await connection.execute(statement, *values)
    finally:
        await connection.close()


async def rewrite(backbone: Backbone, user: str, position: int, payload: dict[str, Any]) -> None:
    """Changes an entry, and computes the chain behind it anew: the hashes are right again."""
    connection = await asyncpg.connect(backbone.cluster.url("todo"))
    try:
        rows = await connection.fetch("SELECT * FROM audit.audit_logs WHERE user_id = $1 ORDER BY position", user)
    finally:
        await connection.close()
    previous, statements = chain.GENESIS, []
    for row in rows:
        entry = dict(row) | {"previous_hash": previous}
        if entry["position"] == position:
            entry |= {"payload": payload, "payload_digest": chain.digest(payload)}
            statements.append(
                ("UPDATE audit_logs SET payload = $1, payload_digest = $2 WHERE user_id = $3 AND position = $4",
                 (orjson.dumps(payload).decode(), entry["payload_digest"], user, position))
            )  # fmt: skip
        previous = chain.entry_hash(entry)
        statements.append(
            ("UPDATE audit_logs SET previous_hash = $1, hash = $2 WHERE user_id = $3 AND position = $4",
             (entry["previous_hash"], previous, user, entry["position"]))
        )  # fmt: skip
    await as_owner(backbone, *statements)


async def test_a_signed_head_can_be_checked_by_anybody_with_the_public_key(audit: OpenService, user: str) -> None:
    await audit.deliver(TOPIC, *history(user))
    assert (await verified(audit, user))["signature"] is None, "nothing is signed yet"
    await sign(audit)
    found = await verified(audit, user)
    head = found["signature"]
    assert (found["valid"], head["position"], head["hash"]) == (True, 4, found["head_hash"])
    message = json.dumps(["audit-head", user, 4, head["hash"], head["signed_at"].replace("Z", "+00:00")])
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(head["public_key"]))
    public.verify(base64.b64decode(head["signature"]), message.replace(", ", ",").encode())


async def test_heads_are_signed_soon_without_being_asked(audit: OpenService, user: str) -> None:
    await audit.deliver(TOPIC, *history(user))

    async def has_signature() -> bool:
        await sign(audit)
        return (await verified(audit, user))["signature"] is not None

    await eventually(has_signature)


async def test_a_chain_that_was_computed_anew_does_not_verify(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    await rewrite(backbone, user, 2, {"title": "something else"})
    assert await invalid(audit, user) == (4, heads.CHANGED)


async def test_a_chain_that_was_computed_anew_is_not_signed_again(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    await rewrite(backbone, user, 2, {"title": "something else"})
    reset = "UPDATE trail_heads SET looked_at_position = 0, signed_position = 0, signature = NULL WHERE user_id = $1"
    await as_owner(backbone, (reset, (user,)))
    await audit.deliver(TOPIC, Task(user, task_id=2).created())
    await sign(audit)
    assert await invalid(audit, user) == (4, heads.CHANGED)


async def test_entries_that_were_cut_off_at_the_end_are_missed(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user, 2))
    await sign(audit)
    connection = await asyncpg.connect(backbone.cluster.url("todo"))
    older = await connection.fetchrow("SELECT * FROM audit.trail_heads WHERE user_id = $1", user)
    await connection.close()
    assert older
    await audit.deliver(TOPIC, *history(user, 3))
    await sign(audit)
    columns = ", ".join(f"{name} = ${n}" for n, name in enumerate(older.keys(), 2))
    await as_owner(
        backbone,
        ("DELETE FROM audit_logs WHERE user_id = $1 AND position > 2", (user,)),
        (f"UPDATE trail_heads SET {columns} WHERE user_id = $1", (user, *older.values())),  # noqa: S608
    )
    assert await invalid(audit, user) == (3, heads.MISSING)


async def test_a_head_of_another_key_is_not_taken_for_ours(audit: OpenService, user: str) -> None:
    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    key = heads._key(user)
    kept = await audit.runtime.sidecar.read_state(heads.STORE, key)
    assert kept
    head = signatures.Head.from_json(kept.value)
    seed = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    forged = signatures.Keys(seed).sign(user, 4, head.hash, head.signed_at)
    assert await audit.runtime.sidecar.write_state(heads.STORE, key, forged.to_json(), kept)
    assert await invalid(audit, user) == (4, "its signed head has no valid signature")


async def test_what_a_former_key_has_signed_stays_valid(audit: OpenService, open_service: Opener, user: str) -> None:
    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    former = (await verified(audit, user))["signature"]["public_key"]
    key = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    async with open_service(service, audit_signing_key=key, audit_former_keys=(former,)) as renewed:
        assert (await verified(renewed, user))["signature"]["public_key"] == former
        await renewed.deliver(TOPIC, Task(user, task_id=2).created())
        await sign(renewed)
        head = (await verified(renewed, user))["signature"]
        assert (head["position"], head["public_key"] == former) == (5, False)


async def test_a_payload_that_was_taken_out_without_an_erasure_is_found(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    await audit.deliver(TOPIC, *history(user))
    await as_owner(backbone, ("UPDATE audit_logs SET payload = NULL WHERE user_id = $1 AND position = 3", (user,)))
    assert await invalid(audit, user) == (3, "its payload is missing, and no erasure was recorded")


async def test_each_signed_head_goes_out_as_an_event(audit: OpenService, backbone: Backbone, user: str) -> None:
    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    await eventually(lambda: published(backbone, user))


async def published(backbone: Backbone, user: str) -> bool:
    connection = await asyncpg.connect(backbone.cluster.url("sidecar"))
    try:
        rows = await connection.fetch("SELECT * FROM log WHERE topic = $1", HEADS)
    finally:
        await connection.close()
    return any(user in str(dict(row)) for row in rows)


async def test_the_file_of_heads_is_checked_against_the_trails(
    audit: OpenService, backbone: Backbone, user: str
) -> None:
    def command(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "audit_service.signed_heads", *arguments],
            env={"DATABASE_URL": backbone.url("audit")},
            input=given,
            capture_output=True,
            check=False,
        )

    await audit.deliver(TOPIC, *history(user))
    await sign(audit)
    lines = [line for line in command("export").stdout.splitlines() if user.encode() in line]
    assert len(lines) == 1
    assert command("check", given=lines[0]).returncode == 0
    await rewrite(backbone, user, 1, {"title": "something else"})
    checked = command("check", given=lines[0])
    assert (checked.returncode, checked.stdout.decode()) == (1, f"{user}: entry 4: {heads.CHANGED}\n")


@pytest.mark.parametrize("key", ["", "not base64!", "c2hvcnQ="])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(signatures.WrongKey, match="openssl rand -base64 32"):
        signatures.Keys(key)
