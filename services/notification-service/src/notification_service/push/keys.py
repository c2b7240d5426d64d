"""The installation's key for push services. The first process that needs it creates it; it stays for ever."""

from cryptography.hazmat.primitives.asymmetric import ec

from notification_service.push.encryption import decode, encode, point
from todo_kit.runtime import Runtime
from todo_kit.statements import prepare

KEY = "push_key"
SCALAR_BYTES = 32
# Of two replicas that create one at the same time, the first wins.
CREATE = prepare("INSERT INTO push_keys (id, private_key) VALUES (1, :private_key) ON CONFLICT (id) DO NOTHING")
READ = prepare("SELECT private_key FROM push_keys WHERE id = 1")


async def private_key(runtime: Runtime) -> ec.EllipticCurvePrivateKey:
    known: ec.EllipticCurvePrivateKey | None = runtime.extras.get(KEY)
    if known is None:
        row = await runtime.database.fetch_one(READ, {})
        if row is None:
            new = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
            await runtime.database.fetch(CREATE, {"private_key": encode(new.to_bytes(SCALAR_BYTES))})
            [row] = await runtime.database.fetch(READ, {})
        scalar = int.from_bytes(decode(row["private_key"]))
        known = runtime.extras[KEY] = ec.derive_private_key(scalar, ec.SECP256R1())
    return known


async def public_key(runtime: Runtime) -> str:
    """Returns the `applicationServerKey` that browsers subscribe with."""
    return encode(point((await private_key(runtime)).public_key()))
