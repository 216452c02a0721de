"""The values of this topic's predict items, from the scenarios that learners read."""

import json
import re
import sys
import tempfile
from pathlib import Path

from topic_router import TopicRouter
from work_queue_broker import WorkQueue


def calls(variant: str) -> list[tuple[str, list[str]]]:
    """Return the name and the arguments of each call, as they are written."""
    return [(name, re.findall(r'"[^"]*"|[\w.]+', arguments))
            for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", variant)]


def deliveries(variant: str) -> int:
    """Count what all consumers get: a copy for each bound queue that has any."""
    bound, served, published = set[str](), set[str](), 0
    for name, (first, *_) in calls(variant):
        if name == "publish":
            published += int(first)
        elif name == "bind":
            bound.add(first)
        else:
            served.add(first)
    return len(bound & served) * published


def survivors(variant: str) -> list[int]:
    """List the persistent messages in durable queues."""
    durable, found = set[str](), []
    for name, arguments in calls(variant):
        if name == "queue" and arguments[-1] == "True":
            durable.add(arguments[0])
        elif name == "publish" and arguments[0] in durable and arguments[-1] == "2":
            found.append(int(arguments[1]))
    return found


def order(variant: str) -> list[int]:
    """List the ids that the last consumer gets from the reference, which acknowledges each."""
    with tempfile.TemporaryDirectory() as folder:
        queue = WorkQueue(f"{Path(folder)}/journal", 100, 2)
        for name, arguments in calls(variant):
            values: list[object] = [each.strip('"') if '"' in each else int(each)
                                    for each in arguments]
            if name == "publish":
                for _ in range(int(arguments[0])):
                    queue.publish(b"", 0)
            elif name == "nack":
                queue.nack(str(values[0]), int(arguments[1]), True, int(arguments[2]))
            else:
                getattr(queue, name)(*values)
        found = []
        while (got := queue.receive("z", 1000)) is not None:
            found.append(got[0])
            queue.ack("z", got[0], 1000)
        queue.close()
    return found


def matching(variant: str) -> list[int]:
    """List the numbers of the patterns that the reference finds for the key."""
    *patterns, key = re.findall(r'"([^"]*)"', variant)
    router = TopicRouter()
    for number, pattern in enumerate(patterns, 1):
        router.bind(f"{number}", pattern)
    return [int(number) for number in router.route(key)]


VALUES = {
    "copies": deliveries, "after_restart": survivors, "redelivery_order": order,
    "matching_patterns": matching,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
