"""The installation's key for push services. The first process that needs it creates it; it stays for ever."""

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.ext.asyncio import AsyncSession

from notification_service.push.encryption import decode, encode, point
from todo_kit.database import after_commit
from todo_kit.runtime import Runtime
from todo_kit.statements import fetch, prepare

KEY = "push_key"
SCALAR_BYTES = 32
# Of two replicas that create one at the same time, the first wins.
CREATE = prepare("INSERT INTO push_keys (id, private_key) VALUES (1, :private_key) ON CONFLICT (id) DO NOTHING")
READ = prepare("SELECT private_key FROM push_keys WHERE id = 1")


async def private_key(runtime: Runtime) -> ec.EllipticCurvePrivateKey:
    known: ec.EllipticCurvePrivateKey | None = runtime.extras.get(KEY)
    if known is not None:
        return known
    async with runtime.database.transaction() as session:
        return await load(runtime, session)


async def load(runtime: Runtime, session: AsyncSession) -> ec.EllipticCurvePrivateKey:
    """The same in an open session. With a second connection a request could wait for itself."""
    known: ec.EllipticCurvePrivateKey | None = runtime.extras.get(KEY)
    if known is None:
        if not (rows := await fetch(session, READ, {})):
            new = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
            await fetch(session, CREATE, {"private_key": encode(new.to_bytes(SCALAR_BYTES))})
            rows = await fetch(session, READ, {})
        scalar = int.from_bytes(decode(rows[0]["private_key"]))
        known = ec.derive_private_key(scalar, ec.SECP256R1())
        after_commit(session, lambda: runtime.extras.update({KEY: known}))
    return known


async def public_key(runtime: Runtime, session: AsyncSession) -> str:
    """Returns the `applicationServerKey` that browsers subscribe with."""
    return encode(point((await load(runtime, session)).public_key()))
