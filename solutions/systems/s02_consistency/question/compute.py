"""The values of this topic's predict items, from the scenarios that learners read."""

import json
import re
import sys
from itertools import combinations, permutations

from causal_delivery import CausalNode
from session_guarantees import Session
from vector_order import compare


def vector(text: str) -> dict[str, int]:
    """Read `x=1 y=2`."""
    return {name: int(count) for name, count in re.findall(r"(\w+)=(\d+)", text)}


def calls(variant: str) -> list[tuple[str, str]]:
    """Return the name and the argument text of each call."""
    return re.findall(r"(\w+)\(([^)]*)\)", variant)


def possible_reads(variant: str) -> list[int]:
    """Try every order that keeps real time; note what the read would return."""
    operations = []
    for name, text in calls(variant):
        *value, call, ret = map(int, re.findall(r"\d+", text))
        operations.append((name, value, call, ret))
    found = set[int]()
    for order in permutations(operations):
        if any(later[3] < earlier[2] for earlier, later in combinations(order, 2)):
            continue
        state = 0
        for name, value, *_ in order:
            if name == "read":
                found.add(state)
            else:
                state = value[0]
    return sorted(found)


def concurrent_pairs(variant: str) -> list[str]:
    """Ask the reference about each pair."""
    events = {name: vector(text) for name, text in calls(variant)}
    pairs = combinations(sorted(events), 2)
    return [a + b for a, b in pairs if compare(events[a], events[b]) == "concurrent"]


def delivered(variant: str) -> list[str]:
    """Let the reference receive the messages."""
    node, shown = CausalNode("C", ["A", "B", "C"]), list[str]()
    for sender, counts, text in re.findall(r"(\w)\(([^)]*)\): (\w+)", variant):
        shown += node.receive((sender, {"A": 0, "B": 0, "C": 0} | vector(counts), text))
    return shown


def where_reads_go(variant: str) -> list[str]:
    """Compare positions; always the first replica that is far enough."""
    at, wrote, went = dict[str, int](), dict[str, int](), list[str]()
    for name, text in calls(variant):
        who, *position = text.split(", ")
        match name:
            case "at":
                at[who] = int(position[0])
            case "write":
                wrote[who] = int(position[0])
            case _:
                fit = [each for each in at if at[each] >= wrote.get(who, 0)]
                went.append((fit or ["primary"])[0])
    return went


def who_may_serve(variant: str) -> list[str]:
    """Ask the reference about each server."""
    (_, names), *steps = calls(variant)
    session, op, fit = Session(set(names.split())), "", list[str]()
    for name, text in steps:
        match name:
            case "read":
                session.did_read(vector(text))
            case "wrote":
                [(origin, seq)] = vector(text).items()
                session.did_write(origin, seq)
            case "next":
                op = text
            case _:
                fit += [name] if session.pick(op, {name: vector(text)}) else []
    return fit


VALUES = {
    "possible_reads": possible_reads, "concurrent_pairs": concurrent_pairs, "delivered": delivered,
    "where_reads_go": where_reads_go, "who_may_serve": who_may_serve,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
