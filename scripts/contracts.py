"""Writes the contracts in specs/005-event-driven-suite/contracts from the code: `make contracts`.

With `--check` it writes nothing and fails when one is not what the code says.
"""

import argparse
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import yaml
from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from todo_kit.application import Service, create_app
from todo_kit.events import accounts, reminders, settings, tasks, trail, updates
from todo_kit.events.envelope import Event
from todo_kit.settings import TrustedIssuer
from todo_local import resources
from todo_local.settings import SERVICES

FOLDER = Path(__file__).parents[1] / "specs" / "005-event-driven-suite" / "contracts"
EVENTS: dict[str, tuple[type[Event], ...]] = {
    tasks.TOPIC: (*tasks.CONTRACTS, *settings.CONTRACTS),
    reminders.TOPIC: reminders.CONTRACTS,
    updates.TOPIC: updates.CONTRACTS,
    trail.TOPIC: trail.CONTRACTS,
    accounts.TOPIC: accounts.CONTRACTS,
}
DOCUMENTS: dict[str, Service] = {spec.contract: import_module(f"{spec.module}.main").service for spec in SERVICES}


def openapi(service: Service) -> dict[str, Any]:
    settings = service.settings(
        app_port=8000,
        app_api_token="-",
        database_url="postgresql://-",
        trusted_issuers=(TrustedIssuer(issuer="-", audience="-", jwks="https://issuer.example/jwks"),),
    )
    return create_app(service, settings).openapi()


def events_schema() -> dict[str, Any]:
    """JSON Schema of the data of every event; the CloudEvents envelope around it is the standard's."""
    contracts = [contract for topic in EVENTS.values() for contract in topic]
    _, schema = models_json_schema([(contract, "serialization") for contract in contracts])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The data of the events, by event type",
        "oneOf": [{"$ref": f"#/$defs/{contract.__name__}"} for contract in contracts],
        "$defs": schema["$defs"],
    }


def asyncapi() -> dict[str, Any]:
    """Who publishes what, and who subscribes to it (AsyncAPI 3.0)."""
    messages = {
        contract.__name__: {
            "contentType": "application/cloudevents+json",
            "summary": (contract.__doc__ or contract.__name__).split("\n")[0],
            "payload": {"$ref": f"kafka-events.schema.json#/$defs/{contract.__name__}"},
        }
        for topic in EVENTS.values()
        for contract in topic
    }
    partitions, days = resources.topics(), resources.retention_days()
    channels = {
        topic: {
            "address": topic,
            "description": f"{partitions[topic]} partitions, kept for {days} days, keyed by user and task",
            "messages": {c.__name__: {"$ref": f"#/components/messages/{c.__name__}"} for c in EVENTS[topic]},
        }
        for topic in EVENTS
    }
    operations = {
        f"{service.app_id}-{'publishes' if action == 'send' else 'takes'}-{topic}": {
            "action": action,
            "channel": {"$ref": f"#/channels/{topic}"},
        }
        for service in SERVICES
        for action, topics in (("send", resources.publishes), ("receive", resources.subscribes))
        for topic in topics(service.app_id)
        if topic in EVENTS
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "The suite's events", "version": "1.0.0"},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def documents() -> Iterator[tuple[str, str]]:
    for name, service in DOCUMENTS.items():
        yield f"{name}.openapi.yaml", as_yaml(openapi(service))
    yield "kafka-events.schema.json", orjson.dumps(events_schema(), option=orjson.OPT_INDENT_2).decode() + "\n"
    yield "events.asyncapi.yaml", as_yaml(asyncapi())


def as_yaml(document: dict[str, Any]) -> str:
    plain = TypeAdapter(dict[str, Any]).dump_python(document, mode="json")
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, content in documents():
        file = FOLDER / name
        if not file.exists() or file.read_text() != content:
            stale.append(name)
            if not check:
                file.write_text(content)
    if check and stale:
        sys.exit(f"stale: {', '.join(stale)}; run make contracts")
    sys.stdout.write(f"written: {', '.join(stale)}\n" if stale else "the contracts are what the code says\n")


if __name__ == "__main__":
    main()
