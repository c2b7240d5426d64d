"""What an app's answer to an event means, and when events are handed in at all."""

import asyncio
from functools import partial
from typing import Any

import pytest

from tests.sidecars.stage import HANG, App, Stage, event
from tests.support import eventually

ATTEMPTS = 5
"""One and four more, as the resiliency says."""


def app_of(stage: Stage, way: str) -> App:
    return stage.notification if way == "bulk" else stage.backend


async def publish_answered(stage: Stage, app: App, *answers: tuple[int, Any], key: str = "") -> str:
    """Events of one key come in their order, all others in any."""
    sent = event()
    app.answers[sent["id"]].extend(answers)
    await stage.publish(app.topic, sent, key=key)
    return str(sent["id"])


@pytest.mark.parametrize("way", ["single", "bulk"])
@pytest.mark.parametrize("again", ["RETRY", "an unknown word", 422, 500, 503])
async def test_what_is_to_be_tried_again_comes_until_it_is_taken(stage: Stage, way: str, again: str | int) -> None:
    app = app_of(stage, way)
    if isinstance(again, int):
        answer: tuple[int, Any] = (again, {"detail": "no"})
    else:
        answer = (200, again if app.bulk else {"status": again})
    event_id = await publish_answered(stage, app, answer, answer)
    await eventually(lambda: len(app.deliveries(event_id)) == 3, 20)
    marker = await publish_answered(stage, app)
    await eventually(lambda: app.deliveries(marker), 20)
    assert len(app.deliveries(event_id)) == 3
    assert app.dead_letters(event_id) == []


@pytest.mark.parametrize("way", ["single", "bulk"])
async def test_what_is_dropped_is_a_dead_letter_at_once(stage: Stage, way: str) -> None:
    app = app_of(stage, way)
    event_id = await publish_answered(stage, app, (200, "DROP" if app.bulk else {"status": "DROP"}))
    [letter] = await eventually(lambda: app.dead_letters(event_id), 20)
    assert letter["data"] == {"a": 1}
    assert len(app.deliveries(event_id)) == 1


async def test_a_404_is_a_drop_and_in_bulk_a_loss_which_is_why_the_suite_never_says_it(stage: Stage) -> None:
    for app in (stage.backend, stage.notification):
        event_id = await publish_answered(stage, app, (404, None), key="a 404")
        await eventually(partial(app.deliveries, event_id), 20)
        dropped = (200, "DROP" if app.bulk else {"status": "DROP"})
        marker = await publish_answered(stage, app, dropped, key="a 404")
        await eventually(partial(app.dead_letters, marker), 20)
        assert len(app.deliveries(event_id)) == 1
        assert len(app.dead_letters(event_id)) == (0 if app.bulk else 1)


@pytest.mark.parametrize("way", ["single", "bulk"])
async def test_what_fails_each_time_is_a_dead_letter_and_the_rest_flows_on(stage: Stage, way: str) -> None:
    app = app_of(stage, way)
    failure = (200, "RETRY") if app.bulk else (500, {"detail": "no"})  # a bulk answer of 500 is about all entries
    event_id = await publish_answered(stage, app, *[failure] * 20)
    behind = await publish_answered(stage, app)
    await eventually(lambda: app.dead_letters(event_id), 30)
    await eventually(lambda: app.deliveries(behind), 20)
    assert len(app.deliveries(event_id)) == ATTEMPTS
    assert app.dead_letters(behind) == []


async def test_an_entry_that_the_answer_does_not_name_is_tried_again(stage: Stage) -> None:
    app = stage.notification
    event_id = await publish_answered(stage, app, (202, {"statuses": []}))
    await eventually(lambda: len(app.deliveries(event_id)) == 2, 20)


async def test_an_empty_answer_is_a_success_but_not_in_bulk(stage: Stage) -> None:
    single, bulk = stage.backend, stage.notification
    event_id = await publish_answered(stage, bulk, (204, None))
    await eventually(lambda: len(bulk.deliveries(event_id)) == 2, 20)
    event_id = await publish_answered(stage, single, (204, None))
    await asyncio.sleep(3)  # longer than before a second attempt
    assert len(single.deliveries(event_id)) == 1


async def test_an_app_that_does_not_answer_in_time_gets_the_event_again(stage: Stage) -> None:
    event_id = await publish_answered(stage, stage.backend, (HANG, 12.0))
    await eventually(lambda: len(stage.backend.deliveries(event_id)) == 2, 30)


async def test_an_app_that_is_not_well_is_left_alone_until_it_is(stage: Stage) -> None:
    app = stage.backend
    app.healthy = False
    try:
        await asyncio.sleep(4)  # the sidecar asks once a second, and believes it the second time
        event_id = await publish_answered(stage, app)
        await asyncio.sleep(2)
        assert app.deliveries(event_id) == []
    finally:
        app.healthy = True
    await eventually(lambda: app.deliveries(event_id), 20)
    assert app.dead_letters(event_id) == []


async def test_what_was_published_while_the_app_was_away_comes_when_it_is_back(stage: Stage) -> None:
    app = stage.notification
    await app.stop()
    try:
        event_id = await publish_answered(stage, app)
        await asyncio.sleep(1)
    finally:
        await app.start()
    await eventually(lambda: app.deliveries(event_id), 30)
    assert app.dead_letters(event_id) == []
