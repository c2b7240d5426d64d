"""The suite works through the front door of the cluster, for API clients and for browsers."""

import asyncio
import os
import subprocess
from ipaddress import ip_address

import httpx
import pytest

from tests.cluster import gateway
from tests.cluster.release import HTTP, NAMESPACE, Release
from tests.e2e.test_one_tasks_way import *  # noqa: F403 - what holds on a laptop holds here
from tests.e2e.test_one_tasks_way import create
from todo_local.settings import ROOT

BROWSER_SECONDS = 1200
pytestmark = pytest.mark.timeout(1300)


def test_the_gateway_has_taken_all_that_the_chart_asks_of_it(release: Release) -> None:
    [own] = release.cluster.get("gateways", "-n", NAMESPACE)["items"]
    assert own["status"]["addresses"] == [{"type": "IPAddress", "value": str(gateway.ADDRESS)}]
    routes = release.cluster.get("httproutes", "-n", NAMESPACE)["items"]
    kinds = ("clienttrafficpolicies", "backendtrafficpolicies")
    policies = [policy for kind in kinds for policy in release.cluster.get(kind, "-n", NAMESPACE)["items"]]
    parents = [parent for route in routes for parent in route["status"]["parents"]]
    ancestors = [ancestor for policy in policies for ancestor in policy["status"]["ancestors"]]
    assert (len(parents), len(ancestors)) == (3, 2)
    for said in (own["status"], *own["status"]["listeners"], *parents, *ancestors):
        wrong = [it for it in said["conditions"] if (it["status"] == "True") is (it["type"] == "Conflicted")]
        assert wrong == []


def test_who_comes_without_encryption_is_sent_to_the_page_that_has_it(release: Release) -> None:
    answer = httpx.get(f"http://localhost:{HTTP}/all?q=milk", headers={"Host": "localhost"})
    assert (answer.status_code, answer.headers["location"]) == (301, "https://localhost/all?q=milk")
    with release.page() as page:
        assert {cookie.secure for cookie in page.cookies.jar} == {True}


@pytest.mark.usefixtures("release")
def test_who_comes_from_within_the_cluster_is_answered_too() -> None:
    """cert-manager's self check comes from inside the cluster, without the load balancer's PROXY protocol header."""
    path = "/.well-known/acme-challenge/token"
    answer = httpx.get(f"http://{gateway.ADDRESS}{path}", headers={"Host": "localhost"})
    assert answer.status_code == 301


def test_a_client_has_the_address_that_the_load_balancer_tells_and_none_that_it_writes_itself(release: Release) -> None:
    with release.page({"x-forwarded-for": "198.51.100.7"}) as page:
        session = page.get("/api/auth/get-session").raise_for_status().json()["session"]
    assert ip_address(session["ipAddress"]) in gateway.CLIENTS


async def test_events_come_for_as_long_as_a_page_is_open(release: Release) -> None:
    """Proxies end a request after 15 seconds by default."""
    async with release.sign_up() as ann, ann.stream("GET", "/events") as page:
        lines = page.aiter_lines()

        async def hears(event: str) -> None:
            async for line in lines:
                if line == f"event: {event}":
                    return
            pytest.fail("the stream has ended")

        await hears("ready")
        await asyncio.sleep(20)
        await create(ann)
        await asyncio.wait_for(hears("TaskChanged"), 10)


def test_the_browsers_tests_pass(release: Release) -> None:
    trusted = str(release.authority)
    done = subprocess.run(
        ["npx", "playwright", "test", "--workers=1"],
        cwd=ROOT / "frontend",
        env={**os.environ, "TODO_WEB_URL": release.url, "NODE_EXTRA_CA_CERTS": trusted, "SSL_CERT_FILE": trusted},
        capture_output=True,
        text=True,
        check=False,
        timeout=BROWSER_SECONDS,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
