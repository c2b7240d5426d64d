"""Apache Kafka on this machine (one node from its Maven artefacts, on 127.0.0.1), and topics and lag on any broker."""

import base64
import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic

from todo_local import caches
from todo_local.settings import ROOT, KafkaAccess

POM = ROOT / "infra" / "local" / "kafka" / "pom.xml"
LOG_CONFIGURATION = POM.with_name("log4j2.properties")
FETCH_SECONDS = 600
READY_SECONDS = 40.0
LOOPBACK = "127.0.0.1"
DAY_MS = 24 * 60 * 60 * 1000
JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Dlog4j2.configurationFile={LOG_CONFIGURATION}")
"""A small heap and a fast start: Kafka shares two cores with the suite."""


class KafkaError(Exception):
    """Kafka cannot be used; the message gives the reason."""


def version() -> str:
    found = re.search(r"<kafka\.version>([^<]+)<", POM.read_text())
    return found[1] if found else "unknown"


def java() -> str:
    return shutil.which("java") or sys.exit(
        "java is missing, which Kafka runs on: install Java 17 or newer (Debian: apt-get install "
        "openjdk-17-jre-headless), or name brokers in TODO_KAFKA_BROKERS"
    )


def libraries(environment: Mapping[str, str] = os.environ) -> Path:
    """Returns the folder of Kafka's jars; fetches them once per machine. Exits with a one-line message on failure."""
    folder = caches.folder("kafka", version(), [POM], environment)
    if folder.exists():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        sys.exit(
            "mvn is missing, which fetches Kafka: install Maven (Debian: apt-get install maven), "
            "or name brokers in TODO_KAFKA_BROKERS"
        )
    print(f"Fetching Kafka {version()}, once: {folder}", file=sys.stderr, flush=True)
    unfinished = folder.with_name(f"{folder.name}.{os.getpid()}")
    command = [
        maven,
        "-q",
        "-B",
        "-Dstyle.color=never",
        "-f",
        str(POM),
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
    ]
    try:
        subprocess.run([*command, f"-DoutputDirectory={unfinished}"], check=True, timeout=FETCH_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        shutil.rmtree(unfinished, ignore_errors=True)
        sys.exit("Kafka could not be fetched; what Maven says is above")
    try:
        return unfinished.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(unfinished, ignore_errors=True)
        return folder


def create(data: Path, port: int, controller_port: int, jars: Path, host: str = LOOPBACK) -> Path:
    """Writes the broker's properties file and returns it. Formats the storage if there is none.

    Raises KafkaError if the storage cannot be formatted.
    """
    data.mkdir(parents=True, exist_ok=True)
    properties = data / "server.properties"
    properties.write_text("".join(f"{k}={v}\n" for k, v in _properties(data, port, controller_port, host).items()))
    if not (data / "log" / "meta.properties").exists():
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        arguments = ["kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "-c", str(properties)]
        answer = subprocess.run(
            [java(), *JVM, "-cp", f"{jars}/*", *arguments], capture_output=True, text=True, check=False
        )
        if answer.returncode:
            raise KafkaError(f"Kafka's storage in {data} cannot be made: {(answer.stderr or answer.stdout)[-500:]}")
    return properties


def _properties(data: Path, port: int, controller_port: int, host: str) -> dict[str, Any]:
    return {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "listeners": f"PLAINTEXT://{host}:{port},CONTROLLER://{LOOPBACK}:{controller_port}",
        "advertised.listeners": f"PLAINTEXT://{host}:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "controller.listener.names": "CONTROLLER",
        "inter.broker.listener.name": "PLAINTEXT",
        "log.dirs": data / "log",
        "auto.create.topics.enable": "false",
        "offsets.topic.num.partitions": 3,
        "offsets.topic.replication.factor": 1,
        "transaction.state.log.num.partitions": 3,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.num.partitions": 3,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
    }


def command(properties: Path, jars: Path) -> list[str]:
    return [java(), "-Xms128m", *JVM, "-cp", f"{jars}/*", "kafka.Kafka", str(properties)]


def client_settings(access: KafkaAccess) -> dict[str, Any]:
    """Returns librdkafka's settings for these brokers."""
    found: dict[str, Any] = {"bootstrap.servers": access.brokers}
    if access.username:
        found |= {
            "security.protocol": "SASL_SSL",
            "sasl.mechanism": access.mechanism.replace("SHA-", "SCRAM-SHA-"),
            "sasl.username": access.username,
            "sasl.password": access.password,
        }
        if access.ca_certificate:
            found["ssl.ca.pem"] = access.ca_certificate
    return found


def ensure_topics(
    access: KafkaAccess, partitions: dict[str, int], days: int, check_alive: Callable[[], None] = lambda: None
) -> None:
    """Waits for the brokers, creates missing topics, and adds missing partitions. Raises KafkaError."""
    admin = AdminClient(client_settings(access) | {"log_level": "0"}, logger=None)
    known = _topics(admin, access, check_alive)
    replicas = 1 if access.local else -1  # the brokers' own default
    config = {"retention.ms": str(days * DAY_MS)}
    missing = [
        NewTopic(name, num_partitions=count, replication_factor=replicas, config=config)
        for name, count in partitions.items()
        if name not in known
    ]
    grown = [NewPartitions(name, count) for name, count in partitions.items() if known.get(name, count) < count]
    pending = {**(admin.create_topics(missing) if missing else {}), **(admin.create_partitions(grown) if grown else {})}
    for name, done in pending.items():
        try:
            done.result(20)
        except KafkaException as error:
            raise KafkaError(f"the topic {name} cannot be made on {access.brokers}: {error.args[0].str()}") from error


def lag(
    access: KafkaAccess, consumers: Mapping[str, Sequence[str]], partitions: dict[str, int]
) -> list[dict[str, Any]]:
    """Returns a row with the lag of each consumer group in each partition of its topics. Raises KafkaError.

    For a group without a committed offset, the lag counts from the oldest event.
    """
    admin = AdminClient(client_settings(access))
    reader = Consumer(client_settings(access) | {"group.id": "todo-lag"})
    found = []
    try:
        for consumer, topics in consumers.items():
            asked = ConsumerGroupTopicPartitions(
                consumer, [TopicPartition(topic, number) for topic in topics for number in range(partitions[topic])]
            )
            committed = admin.list_consumer_group_offsets([asked])[consumer].result(20).topic_partitions
            for place in committed:
                oldest, newest = reader.get_watermark_offsets(place, timeout=20)
                waiting = newest - max(place.offset, oldest)
                found.append({"consumer": consumer, "topic": place.topic, "partition": place.partition, "lag": waiting})
    except KafkaException as error:
        raise KafkaError(f"{access.brokers} cannot be asked for its consumers: {error.args[0].str()}") from error
    finally:
        reader.close()
    return found


def _topics(admin: AdminClient, access: KafkaAccess, check_alive: Callable[[], None]) -> dict[str, int]:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        check_alive()
        try:
            return {name: len(topic.partitions) for name, topic in admin.list_topics(timeout=2).topics.items()}
        except KafkaException as error:
            if time.monotonic() > deadline:
                raise KafkaError(f"Kafka does not answer at {access.brokers}: {error.args[0].str()}") from error
