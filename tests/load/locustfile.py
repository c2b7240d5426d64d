"""People with a second to think: they look and search twice as often as they make, change and complete tasks."""

import json
import os
import random
from itertools import count
from pathlib import Path

from locust import FastHttpUser, constant, task

from todo_local import tokens

SECRETS = json.loads(Path(os.environ["TODO_TOKENS"]).read_text())
NUMBERS = count(1)


class Person(FastHttpUser):
    wait_time = constant(1)

    def on_start(self) -> None:
        self.name = f"person-{next(NUMBERS)}"
        self.base = f"/api/{self.name}/tasks"
        self.auth = {"Authorization": f"Bearer {tokens.make(SECRETS, self.name)}"}
        self.tasks_made: list[int] = []
        self.make("first task")

    @task(4)
    def look(self) -> None:
        self.client.get(self.base, headers=self.auth, name="list")

    @task(2)
    def create(self) -> None:
        self.make("create")

    def make(self, name: str) -> None:
        answer = self.client.post(self.base, json={"title": f"Buy {random.random()}"}, headers=self.auth, name=name)
        if answer.ok:
            self.tasks_made.append(answer.json()["id"])

    @task(4)
    def read(self) -> None:
        self.client.get(f"{self.base}/{random.choice(self.tasks_made)}", headers=self.auth, name="one task")

    @task(2)
    def change(self) -> None:
        path = f"{self.base}/{random.choice(self.tasks_made)}"
        self.client.patch(path, json={"description": str(random.random())}, headers=self.auth, name="patch")

    @task(1)
    def complete(self) -> None:
        path = f"{self.base}/{random.choice(self.tasks_made)}/complete"
        self.client.patch(path, headers=self.auth, name="complete")

    @task(2)
    def search(self) -> None:
        self.client.get(f"{self.base}/search?q=buy", headers=self.auth, name="search")
