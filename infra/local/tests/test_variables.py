"""What the launcher reads from environment variables, and what it refuses, in one line for each variable."""

import subprocess
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from todo_local.settings import ROOT, KafkaAccess
from todo_local.variables import NAMES, load

SWITCH = "must be 1 or 0, true or false, yes or no, on or off, not"
BOTH = "TODO_KAFKA_USERNAME and TODO_KAFKA_PASSWORD are given together or not at all"


def refusal(**variables: str) -> str:
    with pytest.raises(SystemExit) as refused:
        load(variables)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        *(("TODO_PORT", text, f"must be a port from 1024 to 64000, not {text!r}") for text in ("1023", "64001", "x")),
        *(("TODO_WEB_PORT", text, f"must be a port from 1024 to 65535, not {text!r}") for text in ("80", "65536")),
        *((f"TODO_{name}", "maybe", f"{SWITCH} 'maybe'") for name in ("WEB", "DAPR", "STORES_ONLY")),
        *(
            ("TODO_BACKEND_REPLICAS", text, f"must be a number from 1 to 9, not {text!r}")
            for text in ("0", "10", "two")
        ),
        ("TODO_AUDIT_SERVICE_REPLICAS", "10", "must be a number from 1 to 9, not '10'"),
        *(("TODO_STATE_STORE", text, f"must be redis or postgresql, not {text!r}") for text in ("Redis", "mysql")),
        *(
            ("TODO_KAFKA_MECHANISM", text, f"must be SCRAM-SHA-256 or SCRAM-SHA-512, not {text!r}")
            for text in ("SCRAM", "PLAIN", "SHA-2560")
        ),
        ("TODO_KAFKA_CA", "none.pem", "must be a readable PEM file, not 'none.pem'"),
        ("TODO_KAFKA_CA", "/", "must be a readable PEM file, not '/'"),
    ],
)
def test_a_value_is_refused_with_what_is_allowed(name: str, text: str, problem: str) -> None:
    assert refusal(**{name: text}) == f"{name}: {problem}"


def test_a_certificate_that_is_no_text_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "ca.der"
    binary.write_bytes(b"\x30\x82\xff")
    assert refusal(TODO_KAFKA_CA=str(binary)) == f"TODO_KAFKA_CA: must be a readable PEM file, not {str(binary)!r}"


@pytest.mark.parametrize("given", ["USERNAME", "PASSWORD"])
def test_a_username_and_a_password_are_given_together(given: str) -> None:
    assert refusal(TODO_KAFKA_BROKERS="a:9092", **{f"TODO_KAFKA_{given}": "s3cret"}) == BOTH


def test_a_state_store_that_contradicts_a_url_is_refused() -> None:
    problem = refusal(TODO_STATE_STORE="postgresql", TODO_REDIS_URL="redis://:s3cret@a")
    assert problem == "TODO_STATE_STORE: must be redis if TODO_REDIS_URL is set, not 'postgresql'"


def test_halves_of_what_belongs_together_are_refused() -> None:
    assert refusal(TODO_KAFKA_USERNAME="me", TODO_KAFKA_PASSWORD="s3cret").startswith("TODO_KAFKA_BROKERS: is needed")
    assert refusal(TODO_DATABASE_DIRECT_URL="s3cret").startswith("TODO_DATABASE_URL: is needed")


def test_a_name_that_is_like_no_other_is_not_guessed() -> None:
    assert refusal(TODO_FILE="x") == "TODO_FILE is unknown; unset it"
    assert refusal(TODO_port="1") == "TODO_port is unknown; did you mean TODO_PORT?"


def test_unknown_variables_are_refused_with_the_nearest_names_and_without_their_values() -> None:
    assert refusal(TODO_PROT="9000", TODO_KAFKA_PASWORD="s3cret", todo_port="1").splitlines() == [
        "TODO_KAFKA_PASWORD is unknown; did you mean TODO_KAFKA_PASSWORD?",
        "TODO_PROT is unknown; did you mean TODO_PORT?",
    ]


def test_each_refused_variable_has_a_line_and_no_secret_is_in_it() -> None:
    secret = dict.fromkeys(("TODO_DATABASE_URL", "TODO_DATABASE_DIRECT_URL", "TODO_REDIS_URL"), "s3cret")
    problem = refusal(TODO_PORT="80", TODO_WEB="2", TODO_KAFKA_PASSWORD="s3cret", TODO_KAFKA_USERNAME="me", **secret)
    assert [line.split(":")[0] for line in problem.splitlines()] == ["TODO_PORT", "TODO_WEB"]
    assert "s3cret" not in problem


def test_settings_are_immutable_and_show_no_secret() -> None:
    names = ("DATABASE_URL", "DATABASE_DIRECT_URL", "REDIS_URL", "KAFKA_BROKERS", "KAFKA_USERNAME", "KAFKA_PASSWORD")
    settings = load({f"TODO_{name}": f"s3cret {name}" for name in names})
    assert (settings.redis_url, settings.kafka.password) == ("s3cret REDIS_URL", "s3cret KAFKA_PASSWORD")
    shown = repr(settings)
    assert [name for name in names if f"s3cret {name}" in shown] == ["KAFKA_BROKERS", "KAFKA_USERNAME"]
    with pytest.raises(FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_an_empty_variable_counts_as_not_set() -> None:
    assert load(dict.fromkeys([*NAMES, "TODO_PROT"], "")) == load({})


@pytest.mark.parametrize("name", ["web", "dapr", "stores_only"])
def test_a_switch_is_off_with_the_words_for_off(name: str) -> None:
    assert [getattr(load({f"TODO_{name.upper()}": text}), name) for text in ("0", "false", "No", "off")] == [False] * 4
    assert [getattr(load({f"TODO_{name.upper()}": text}), name) for text in ("1", "true", "Yes", "on")] == [True] * 4


def test_ports_folders_and_replicas_are_set() -> None:
    settings = load(
        {"TODO_HOME": "~/suite", "TODO_PORT": "1024", "TODO_WEB_PORT": "65535", "TODO_AUDIT_SERVICE_REPLICAS": "3"}
    )
    assert (settings.home, settings.port, settings.web_port) == (Path.home() / "suite", 1024, 65_535)
    assert {service.app_id: service.replicas for service in settings.services}["audit-service"] == 3


def test_a_state_store_is_redis_if_it_is_named_or_its_url_is_given() -> None:
    assert load({"TODO_STATE_STORE": "redis"}).redis
    assert load({"TODO_REDIS_URL": "redis://a"}).redis
    assert not load({"TODO_STATE_STORE": "postgresql"}).redis
    assert not load({}).redis


@pytest.mark.parametrize("text", ["SCRAM-SHA-512", "scram-sha-512", "SHA-512"])
def test_a_mechanism_may_be_named_without_scram(text: str, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("a certificate")
    variables = {"BROKERS": "a:9092", "MECHANISM": text, "USERNAME": "me", "PASSWORD": "pw", "CA": f"{tmp_path}/ca.pem"}
    settings = load({f"TODO_KAFKA_{name}": value for name, value in variables.items()})
    assert settings.kafka == KafkaAccess("a:9092", "me", "pw", "SHA-512", "a certificate")


def test_every_variable_that_the_repository_names_is_known() -> None:
    search = ["git", "grep", "-howIE", "TODO_[A-Z_]+", "--", f":!{Path(__file__).relative_to(ROOT)}"]
    named = subprocess.run(search, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "TODO_PORT" in named
    assert set(named) <= NAMES
