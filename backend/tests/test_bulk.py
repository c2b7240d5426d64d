from backend.tests.conftest import Person


async def test_each_operation_has_its_own_result_and_a_failure_leaves_the_others_standing(person: Person) -> None:
    await person.create("one")
    await person.create("two")
    operations = [
        {"op": "create", "data": {"title": "three", "due_date": "2026-12-01"}},
        {"op": "complete", "id": 1},
        {"op": "update", "id": 2, "data": {"title": "TWO"}, "if_match": 1},
        {"op": "update", "id": 2, "data": {"title": "stale"}, "if_match": 1},
        {"op": "update", "id": 2, "data": {"title": ""}},
        {"op": "delete", "id": 99},
        {"op": "reopen"},
        {"op": "create", "data": {"title": "four"}},
    ]
    answer = await person.call("POST", "/tasks/bulk", json={"operations": operations})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert [result["status"] for result in body["results"]] == [201, 200, 200, 412, 422, 404, 422, 201]
    assert body["results"][4]["error"]["errors"][0]["field"] == "data.title"
    assert (body["succeeded"], body["failed"]) == (4, 4)
    assert sorted(await person.titles()) == ["TWO", "four", "one", "three"]
    assert [body["results"][i]["task"]["id"] for i in (0, 7)] == [3, 4]


async def test_a_hundred_operations_are_the_most(person: Person) -> None:
    create = {"op": "create", "data": {"title": "x"}}
    assert (await person.call("POST", "/tasks/bulk", json={"operations": [create] * 100})).json()["succeeded"] == 100
    assert (await person.call("POST", "/tasks/bulk", json={"operations": [create] * 101})).status_code == 422
    assert (await person.call("POST", "/tasks/bulk", json={"operations": []})).status_code == 422
    assert (await person.call("POST", "/tasks/bulk", json={"operations": [{"op": "explode"}]})).status_code == 422


async def test_values_that_an_operation_does_not_take_are_refused(person: Person) -> None:
    await person.create("one")
    operations = [
        *({"op": op, "id": 1, "data": {"title": "two"}} for op in ("complete", "reopen", "delete", "restore", "purge")),
        {"op": "create", "id": 7, "data": {"title": "two"}},
    ]
    answer = (await person.call("POST", "/tasks/bulk", json={"operations": operations})).json()
    assert [result["status"] for result in answer["results"]] == [422] * 6
    fields = [result["error"]["errors"][0]["field"] for result in answer["results"]]
    assert fields == ["data"] * 5 + ["id"]
    assert await person.titles() == ["one"]
    for op in ("complete", "delete"):
        body = {"op": op, "data": {"title": "two"}, "status": "all"}
        assert (await person.call("POST", "/tasks/bulk/matching", json=body)).status_code == 422
    assert await person.titles(status="pending") == ["one"]
