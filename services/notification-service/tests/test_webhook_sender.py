"""What a webhook may reach, and how a receiver that a stranger has named is treated."""

import re
import ssl
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network

import httpx
import pytest
import standardwebhooks
import trustme

from notification_service.sending import Later, Sent, seconds_of
from notification_service.webhooks import sender as module
from notification_service.webhooks import signing
from notification_service.webhooks.addresses import Blocked, Resolver, allowed_address, is_public
from notification_service.webhooks.sender import KEPT_ANSWER, LONGEST_ANSWER, Sender, client
from tests.support import eventually
from tests.webhook_receiver import Receiver

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))
NAME = "todo-receiver.example"
BODY = b'{"type":"test"}'

PRIVATE = re.findall(
    r"\S+",
    """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 172.31.255.255
    192.0.0.1 192.0.0.8 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    239.255.255.250 240.0.0.1 255.255.255.255
    :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b:1::1 100::1
    2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd00::1 fd12:3456::1
    fe80::1 fec0::1 ff02::1 ff0e::1
    """,
)
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:830::200e", "::ffff:8.8.8.8"]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def secure(authority: trustme.CA) -> Iterator[Receiver]:
    with Receiver(context_for(authority, NAME)) as receiver:
        yield receiver


def context_for(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


async def nothing() -> AsyncIterator[bytes]:
    yield b""


async def loopback(_: str) -> list[str]:
    return ["127.0.0.1"]


@asynccontextmanager
async def a_sender(
    authority: trustme.CA | None = None, networks: tuple[object, ...] = LOOPBACK
) -> AsyncIterator[Sender]:
    trust = ssl.create_default_context()
    if authority:
        authority.configure_trust(trust)
    async with client(verify=trust) as http:
        yield Sender(http, networks, loopback)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(ip_address(address))
    with pytest.raises(Blocked):
        allowed_address(["93.184.216.34", address], ())


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_public(ip_address(address))


def test_a_network_of_the_settings_is_allowed_and_no_other() -> None:
    assert str(allowed_address(["::1", "127.0.0.1"], LOOPBACK)) == "127.0.0.1"
    assert allowed_address(["::ffff:127.0.0.1"], LOOPBACK) == ip_address("::ffff:127.0.0.1")
    with pytest.raises(Blocked, match=r"10\.0\.0\.1"):
        allowed_address(["127.0.0.1", "10.0.0.1"], LOOPBACK)


@pytest.mark.parametrize("host", ["2130706433", "127.1", "0x7f.1", "0177.0.0.1"])
async def test_another_spelling_of_an_address_is_that_address(host: str) -> None:
    with pytest.raises(Blocked):
        allowed_address(await Resolver()(host), ())


async def test_a_receiver_verifies_what_it_gets(secure: Receiver, authority: trustme.CA) -> None:
    url, secret, now = f"https://{NAME}:{secure.port}/hook", signing.new_secret(), datetime.now(UTC)
    async with a_sender(authority) as sender:
        headers = signing.headers("msg_1", now, BODY, [secret, signing.new_secret()])
        outcome, answer = await sender.send(url, BODY, headers, now.timestamp())
    assert (outcome, answer and answer.status) == (Sent(), 200)
    [got] = secure.received.pop("/hook")
    assert got.headers["host"] == f"{NAME}:{secure.port}", "the name, although it is called by its address"
    standardwebhooks.Webhook(secret).verify(got.body, got.headers)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(secret).verify(got.body + b" ", got.headers)


async def test_the_certificate_has_to_be_of_the_name_in_the_url(authority: trustme.CA) -> None:
    with Receiver(context_for(authority, "another.example")) as receiver:
        async with a_sender(authority) as sender:
            outcome, answer = await sender.send(f"https://{NAME}:{receiver.port}/hook", BODY, {}, 0)
    assert isinstance(outcome, Later)
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.reason
    assert (answer, receiver.received) == (None, {})


async def test_a_name_that_changes_its_address_after_the_check_is_not_looked_up_again() -> None:
    looked_up = []

    async def rebind(host: str) -> list[str]:
        looked_up.append(host)
        return ["93.184.216.34"] if len(looked_up) == 1 else ["127.0.0.1"]

    connected: list[str] = []

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            connected.append(request.url.host)
            assert request.extensions["sni_hostname"] == NAME
            return httpx.Response(200, content=nothing())

    async with client(transport=Transport()) as http:
        sender = Sender(http, (), rebind)
        first, _ = await sender.send(f"https://{NAME}/hook", BODY, {}, 0)
        second, _ = await sender.send(f"https://{NAME}/hook", BODY, {}, 0)
    assert first == Sent()
    assert second == Later("the host has an address that is not public"), "its second look-up leads to loopback"
    assert connected == ["93.184.216.34"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.plan(url := receiver.url(), status)
    async with a_sender() as sender:
        outcome, _ = await sender.send(url, BODY, {}, 0)
    assert outcome == Later(f"the receiver answered {status}")
    assert receiver.to(f"{receiver.origin}/elsewhere") == []


async def test_a_body_without_an_end_is_not_read_to_the_end(receiver: Receiver) -> None:
    receiver.plan(url := receiver.url(), "endless")
    async with a_sender() as sender:
        outcome, answer = await sender.send(url, BODY, {}, 0)
    assert outcome == Sent()
    assert answer is not None
    assert len(answer.text) == KEPT_ANSWER < LONGEST_ANSWER


async def test_a_silent_receiver_is_left_after_a_while(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.5)
    receiver.plan(url := receiver.url(), "silence")
    async with a_sender() as sender:
        outcome, _ = await sender.send(url, BODY, {}, 0)
    assert isinstance(outcome, Later)
    assert "took longer" in outcome.reason


async def test_slow_name_servers_take_one_thread_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notification_service.webhooks.addresses.LOOKUP_SECONDS", 0.1)
    looked_up, answer = [], threading.Event()

    def look_up(host: str, *_: object, **__: object) -> list[object]:
        looked_up.append(host)
        answer.wait(10)
        return []

    resolver = Resolver(look_up)
    for host in (NAME, NAME, NAME, "another.example"):
        with pytest.raises(OSError, match="no name server answered"):
            await resolver(host)
    assert looked_up == [NAME, "another.example"]
    answer.set()
    await eventually(lambda: not resolver.running)


@pytest.mark.parametrize("host", ["xn--strae-oqa.example", "xn--a.example"])
async def test_an_international_name_is_looked_up_as_it_is_in_the_url(host: str) -> None:
    """Python encodes decoded names by IDNA 2003, which makes another domain of `straße`."""
    looked_up: list[str] = []
    named: list[str] = []

    async def resolve(host: str) -> list[str]:
        looked_up.append(host)
        return ["93.184.216.34"]

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            named.extend([request.headers["host"], request.extensions["sni_hostname"]])
            return httpx.Response(200, content=nothing())

    async with client(transport=Transport()) as http:
        outcome, _ = await Sender(http, (), resolve).send(f"https://{host}/hook", BODY, {}, 0)
    assert outcome == Sent()
    assert looked_up + named == [host] * 3


async def test_a_cookie_of_a_receiver_reaches_no_other_at_the_same_address(receiver: Receiver) -> None:
    receiver.plan(first := receiver.url(), {"Set-Cookie": "tracked=1; Path=/"})
    second = receiver.url()
    async with a_sender() as sender:
        for url in (first, first, second):
            await sender.send(url, BODY, {}, 0)
    assert ["cookie" in got.headers for got in (*receiver.to(first), *receiver.to(second))] == [False] * 3


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("9" * 500, 60),
        ("Thu, 01 Jan 1970 00:00:30 GMT", 20),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 01 Jan 99999999999999 00:00:00 GMT", 0),
        ("soon", 0),
        ("-1", 0),
        ("", 0),
    ],
)
def test_any_retry_after_is_read_within_bounds(header: str, seconds: float) -> None:
    assert seconds_of(header, 10, 60) == seconds


async def test_a_receiver_that_is_not_there_is_tried_again() -> None:
    async with a_sender() as sender:
        outcome, answer = await sender.send("http://127.0.0.1:9/", BODY, {}, 0)
    assert isinstance(outcome, Later)
    assert answer is None
