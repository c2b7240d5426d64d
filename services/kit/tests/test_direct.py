"""Endpoints marked `@direct` are called without FastAPI's stack; FastAPI still defines them."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Header, Query, Request, Response
from pydantic import BaseModel

from todo_kit import direct as kit
from todo_kit import errors
from todo_kit.answers import json_answer
from todo_kit.direct import DirectRoutes, direct, direct_routes


class Page(BaseModel):
    limit: int = 5


async def caller(name: Annotated[str, Header()] = "nobody") -> str:
    return name


async def greeting(name: Annotated[str, Depends(caller)], request: Request) -> str:
    calls.append("greeting")
    return f"{name} at {request.url.path}"


calls: list[str] = []
PageQuery = Annotated[Page, Query()]
Caller = Annotated[str, Depends(caller)]
Greeting = Annotated[str, Depends(greeting)]


def an_app() -> FastAPI:
    app = FastAPI()
    errors.install(app)

    @app.get("/items/all")
    async def everything() -> str:
        calls.append("FastAPI")
        return "all"

    @app.get("/items/{item}")
    @direct
    async def one(
        item: int, name: Caller, hello: Greeting, again: Greeting, page: Annotated[Page, Query()]
    ) -> Response:
        calls.append("direct")
        return json_answer([item, name, hello, again, page.limit])

    @app.post("/items")
    @direct
    async def add(body: Page) -> Response:
        if body.limit == 0:
            raise errors.NotFound("nothing")
        if body.limit < 0:
            raise ZeroDivisionError
        return json_answer(body.limit)

    return app


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = an_app()
    app.add_middleware(DirectRoutes, routes=direct_routes(app))
    calls.clear()
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as opened:
        yield opened


async def test_parameters_and_dependencies_are_as_in_fastapi(client: httpx.AsyncClient) -> None:
    response = await client.get("/items/7?limit=3", headers={"name": "Ann"})
    assert response.json() == [7, "Ann", "Ann at /items/7", "Ann at /items/7", 3]
    assert calls == ["greeting", "direct"]


async def test_a_route_that_fastapi_would_try_first_is_left_to_it(client: httpx.AsyncClient) -> None:
    assert (await client.get("/items/all")).json() == "all"
    assert calls == ["FastAPI"]


async def test_a_request_that_is_not_well_formed_is_answered_by_fastapi(client: httpx.AsyncClient) -> None:
    response = await client.get("/items/seven")
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "item")
    response = await client.post("/items", json={"limit": "many"})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (422, "limit")


async def test_errors_become_the_same_responses(client: httpx.AsyncClient) -> None:
    assert (await client.post("/items", json={"limit": 0})).json()["code"] == "not_found"
    assert (await client.post("/items", json={"limit": -1})).status_code == 500


async def test_few_query_strings_are_remembered(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "REMEMBERED_QUERIES", 3)
    for limit in (*range(10), 0):
        assert (await client.get(f"/items/1?limit={limit}")).json()[-1] == limit


@pytest.mark.parametrize("needs", [Response, "a generator", "a function that waits for a thread"])
def test_an_endpoint_that_needs_more_of_fastapi_is_refused_at_the_start(needs: Any) -> None:
    async def generates() -> AsyncIterator[int]:
        yield 1

    def blocks() -> int:
        return 1

    dependency = {"a generator": generates, "a function that waits for a thread": blocks}.get(needs)
    app = FastAPI()

    async def endpoint(value: Any) -> Response:
        return Response(str(value))

    endpoint.__annotations__["value"] = Annotated[int, Depends(dependency)] if dependency else needs
    app.get("/needy")(direct(endpoint))
    with pytest.raises(TypeError, match="/needy"):
        direct_routes(app)
