"""The values of this topic's predict items, from the calls that learners read."""

import json
import re
import sys
from ast import literal_eval
from fractions import Fraction

from bandwidth_balancer import BandwidthBalancer
from least_connections_balancer import LeastConnections


def acquired(variant: str) -> list[str]:
    """Return the servers that the reference chooses."""
    weights, *calls = re.findall(r"\w+\(([^)]*)\)", variant)
    balancer, chosen = LeastConnections(literal_eval(weights)), list[str]()
    for server in calls:
        if server:
            balancer.release(literal_eval(server))
        else:
            chosen.append(balancer.acquire())
    return chosen


def estimate(variant: str) -> str:
    """Return the estimate after the last answer, exactly."""
    answers = [(Fraction(rtt), int(at)) for rtt, at in re.findall(r"(\d+) at (\d+) s", variant)]
    value, before = answers[0]
    for rtt, at in answers[1:]:
        kept = Fraction(1, 2 ** (at - before)) if rtt <= value else Fraction(0)
        value, before = kept * value + (1 - kept) * rtt, at
    assert value.denominator == 1, variant
    return str(value)


def usage(variant: str) -> str:
    """Return what the reference measures at the end."""
    window, bucket = map(int, re.findall(r"window\((\d+), bucket=(\d+)\)", variant)[0])
    balancer = BandwidthBalancer({"a": 1}, window, window // bucket)
    for nbytes, at in re.findall(r"record\((\d+), at=(\d+)\)", variant):
        balancer.record("a", int(nbytes), int(at))
    [end] = re.findall(r"usage\(at=(\d+)\)", variant)
    bps = balancer.usage_bps("a", int(end))
    assert bps == int(bps), variant
    return str(int(bps))


def both_choices(variant: str) -> list[str]:
    """Return the reference's choice by each mode; a window of eight seconds makes bytes bps."""
    capacity, used = (dict(re.findall(r"(\w)=(\d+)", part)) for part in variant.split(";"))
    balancer = BandwidthBalancer({name: int(bps) for name, bps in capacity.items()}, 8_000, 1)
    for name, bps in used.items():
        balancer.record(name, int(bps), 0)
    return [balancer.pick(0, mode) for mode in ("least_used", "headroom")]


VALUES = {
    "least_connections": acquired, "peak_estimate": estimate, "sliding_usage": usage,
    "two_meanings": both_choices,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
