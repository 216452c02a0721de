"""The values of this topic's predict items, from the scenarios that learners read."""

import json
import re
import sys
from decimal import Decimal

from discovery_client_cache import DiscoveryClient
from service_registry_repair import ServiceRegistry


def calls(variant: str) -> list[tuple[str, str]]:
    """Return the name and the argument text of each call."""
    return re.findall(r"(\w+)\(([^)]*)\)", variant)


def who_is_alive(variant: str) -> list[str]:
    """Return what the reference lists."""
    (_, ttl), *steps = calls(variant)
    registry, living = ServiceRegistry(int(ttl)), list[str]()
    for name, text in steps:
        *url, at = re.split(r",? ?at=", text)
        if name == "alive":
            living = registry.instances("s", int(at))
        else:
            getattr(registry, name)("s", url[0], int(at))
    return living


def whose_turn(variant: str) -> list[str]:
    """Return whom the reference hands out."""
    registry, served = ServiceRegistry(1), list[str]()
    for name, url in calls(variant):
        match name:
            case "register":
                registry.register("s", url, 0)
            case "deregister":
                registry.deregister("s", url)
            case _:
                served.append(registry.get_service("s", 0))
    return served


def after_the_events(variant: str) -> list[str]:
    """Return what the reference knows, with every snapshot believed."""
    client = DiscoveryClient(0)
    for step in variant.split("; "):
        if found := re.fullmatch(r"snapshot\((\d+): (.*)\)", step):
            client.on_snapshot(int(found[1]), {"s": found[2].split()})
        else:
            index, kind, url = step.split()
            client.on_event(int(index), kind, "s", url)
    return client.resolve("s")


def chain_of_calls(variant: str) -> str:
    """Multiply, exactly."""
    count, each = re.findall(r"[\d.]+", variant)
    return str(Decimal(each) ** int(count))


def retry_storm(variant: str) -> int:
    """Count the calls that reach the last service."""
    callers, tries = map(int, re.findall(r"\d+", variant))
    return tries**callers


VALUES = {
    "who_is_alive": who_is_alive, "whose_turn": whose_turn, "after_the_events": after_the_events,
    "chain_of_calls": chain_of_calls, "retry_storm": retry_storm,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
