"""The commands of Redpanda's `rpk` that scripts/restore.sh uses: `python -m tests.cluster.rpk <brokers> …`."""

import sys

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, TopicPartition
from confluent_kafka.admin import AdminClient

SECONDS = 20


def main(brokers: str, command: list[str]) -> None:
    admin = AdminClient({"bootstrap.servers": brokers})
    match command:
        case ["topic", "list"]:
            print("\n".join(admin.list_topics(timeout=SECONDS).topics))
        case ["group", "list"]:
            groups = admin.list_consumer_groups().result(SECONDS).valid
            print("BROKER GROUP STATE", *(f"0 {group.group_id} {group.state.name}" for group in groups), sep="\n")
        case ["group", "seek", group, "--to", "end"]:
            seek_to_end(admin, brokers, group)
        case _:
            sys.exit(f"rpk {' '.join(command)} is not known here")


def seek_to_end(admin: AdminClient, brokers: str, group: str) -> None:
    committed = admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])[group].result(SECONDS)
    reader = Consumer({"bootstrap.servers": brokers, "group.id": "rpk"})
    places = [
        TopicPartition(place.topic, place.partition, reader.get_watermark_offsets(place, timeout=SECONDS)[1])
        for place in committed.topic_partitions
    ]
    reader.close()
    admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, places)])[group].result(SECONDS)
    print(f"{group}: {len(places)} partitions")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
