"""A client that can show a form asks the person: which date is meant, and whether tasks are deleted."""

from typing import Any, Literal

import pytest
from mcp.client.context import ClientRequestContext
from mcp_types import ElicitRequestFormParams, ElicitRequestParams, ElicitResult

from backend.tests.conftest import Person
from backend.tests.mcp.conftest import assistant_of

Action = Literal["accept", "decline", "cancel"]


class Form:
    """Answers every question in the same way, and keeps what was asked."""

    def __init__(self, action: Action = "accept", **content: Any) -> None:
        self._answer = ElicitResult(action=action, content=content or None)
        self.asked: list[ElicitRequestFormParams] = []

    async def __call__(self, context: ClientRequestContext, params: ElicitRequestParams) -> ElicitResult:  # noqa: ARG002
        assert isinstance(params, ElicitRequestFormParams)
        self.asked.append(params)
        return self._answer


async def test_the_reading_that_the_person_chooses_is_used(person: Person) -> None:
    form = Form(item_1="Sun 12 Jan 2031")
    async with assistant_of(person, answer=form) as assistant:
        tasks = [{"title": "Plain", "when": "tomorrow"}, {"title": "Rent", "when": "1/12/2031"}]
        added = await assistant.call("add_task", tasks=tasks)
    assert (await person.task(added["tasks"][1]["id"]))["due_date"] == "2031-01-12"
    [question] = form.asked
    assert list(question.requested_schema["properties"]) == ["item_1"]
    asked = question.requested_schema["properties"]["item_1"]
    assert asked["title"].startswith("“Rent”: ")
    assert set(asked["enum"]) == {"Sun 12 Jan 2031", "Mon 1 Dec 2031"}


@pytest.mark.parametrize("action", ["decline", "cancel"])
async def test_without_an_answer_the_item_fails_and_the_others_stand(person: Person, action: Action) -> None:
    async with assistant_of(person, answer=Form(action)) as assistant:
        added = await assistant.call("add_task", tasks=[{"title": "Rent", "when": "1/12/2031"}, {"title": "Milk"}])
    assert [each["item"] for each in added["failures"]] == ["Rent"]
    assert "can mean: Mon 1 Dec 2031; Sun 12 Jan 2031" in added["failures"][0]["error"]
    assert await person.titles() == ["Milk"]


async def test_a_deletion_is_approved_by_the_person(person: Person) -> None:
    for title in ("One", "Two”, and all others; “Three"):
        await person.create(title)
    form = Form(delete=True)
    async with assistant_of(person, answer=form) as assistant:
        assert (await assistant.call("delete_task", ids=[1, 2]))["success_count"] == 2
    assert form.asked[0].message == "Delete 1 “One”, 2 “Two', and all others; 'Three”?"
    assert await person.titles() == []


@pytest.mark.parametrize("form", [Form("decline"), Form("cancel"), Form(delete=False)], ids=["decline", "cancel", "no"])
async def test_a_deletion_that_is_not_approved_does_nothing(person: Person, form: Form) -> None:
    await person.create("One")
    async with assistant_of(person, answer=form) as assistant:
        assert "has not approved" in await assistant.fail("delete_task", ids=[1])
    assert await person.titles() == ["One"]


async def test_clients_that_cannot_be_asked_are_not(person: Person) -> None:
    """A server without sessions cannot ask with the older protocol; the model is told to ask the person first."""
    await person.create("One")
    form = Form(delete=False)
    async with assistant_of(person, "legacy", answer=form) as assistant:
        assert (await assistant.call("delete_task", ids=[1]))["success_count"] == 1
    assert form.asked == []
