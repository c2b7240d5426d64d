"""What the local sidecar can do wrong on purpose: twice, out of order, late, unheard, and dying in between."""

import asyncio

import pytest

from tests.faults.load import PAUSE, PEOPLE, TASKS, people, settle, under_load
from tests.suite import RunningSuite

pytestmark = pytest.mark.timeout(240)


async def test_everything_delivered_twice_has_one_effect(local_suite: RunningSuite, user: str) -> None:
    async def duplicate() -> None:
        local_suite.faults(duplicate=1.0)

    counted = await under_load(local_suite, user, duplicate)
    assert counted.doubled["audit-service", "task-events"] > PEOPLE * TASKS


async def test_deliveries_out_of_order_and_late_come_to_the_same(local_suite: RunningSuite, user: str) -> None:
    async def reorder() -> None:
        local_suite.faults(reorder=True, delay_ms=50)

    await under_load(local_suite, user, reorder)


async def test_lost_answers_come_to_the_same(local_suite: RunningSuite, user: str) -> None:
    async def drop() -> None:
        local_suite.faults(drop_connection=0.5)

    await under_load(local_suite, user, drop)


@pytest.mark.parametrize("moment", ["before-ack", "after-publish"])
async def test_a_sidecar_that_dies_between_work_and_word_comes_to_the_same(
    local_suite: RunningSuite, user: str, moment: str
) -> None:
    async def die() -> None:
        local_suite.faults(die=moment)

    await under_load(local_suite, user, die)
    await local_suite.all_ready()


async def test_a_broker_that_is_away_for_half_a_minute_delays_and_loses_nothing(
    local_suite: RunningSuite, user: str
) -> None:
    crowd = await people(local_suite, user, PEOPLE)
    local_suite.faults(refuse_publish=True)
    await asyncio.gather(*(person.live(TASKS, PAUSE) for person in crowd))
    await asyncio.sleep(30)
    trail = await crowd[0].client.get("/audit_logs")
    assert trail.json()["items"] == []
    await local_suite.no_more_faults()
    await settle(crowd)
