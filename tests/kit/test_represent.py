"""Texts of plain data: like repr where small, short and quick where not."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from graders.kit import Raised, tokens
from graders.kit.represent import CAP, capped, represent, represent_call


@pytest.mark.parametrize(
    "value",
    [
        None, True, -3, 1.5, float("inf"), 1j, "a'b\n", b"\x00", [], [1, "a"], (), (1,), (1, 2),
        {}, {"a": [1]}, set(), {1}, frozenset(), frozenset({1}), [[[]]], 10**4000,
        Decimal("1.50"), Fraction(1, 3), range(3), range(0, 9, 2), deque([1, "a"]),
        date(2024, 2, 29), datetime(2024, 2, 29, 12, tzinfo=UTC), timedelta(days=1),
    ],
)  # fmt: skip
def test_small_values_read_like_repr(value):
    assert represent(value) == repr(value)


def test_sets_have_a_stable_order():
    assert represent({"b", "a", "c"}) == "{'a', 'b', 'c'}"


def test_what_is_no_plain_data_is_shown_by_its_type():
    class Loud:
        def __repr__(self):
            raise RuntimeError

    assert represent([Loud(), Loud]) == "[<Loud>, <class Loud>]"
    assert represent(tokens([7])[0]) == "<token 7>"
    assert represent(Raised("KeyError", ("x",))) == "Raised('KeyError', ('x',))"


def deep(n):
    value = []
    for _ in range(n):
        value = [value]
    return value


LARGE = {
    "int": (lambda: 1 << 3_000_000, "0x1000"),
    "negative int": (lambda: -(10**5000), "-0x"),
    "ints": (lambda: [1 << 3_000_000] * 1000, "hexadecimal digits"),
    "fraction": (lambda: Fraction(1 << 3_000_000, 3), "Fraction(0x"),
    "range": (lambda: range(10**50_000), "hexadecimal digits"),
    "deque": (lambda: deque(range(500_000)), "more"),
    "text": (lambda: "x" * 5_000_000, "more characters"),
    "bytes": (lambda: b"x" * 5_000_000, "more bytes"),
    "list": (lambda: list(range(2_000_000)), "more"),
    "dict": (lambda: {n: n for n in range(500_000)}, "more"),
    "set": (lambda: set(range(500_000)), "more"),
    "deep": (lambda: deep(100_000), "…"),
    "broad": (lambda: [["x" * 500] * 500] * 500, "more"),
    "long keys": (lambda: {"k" * 100_000: "v" * 100_000}, "more characters"),
    "keys": (lambda: {("k" * 9, n): set() for n in range(100_000)}, "more"),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_values_are_quick_and_capped(name):
    make, part = LARGE[name]
    value = make()
    before = time.process_time()
    text = represent(value)
    assert time.process_time() - before < 0.1
    assert len(text) <= CAP
    assert part in text


def test_text_is_cut_in_the_middle():
    text = capped("a" * 5000 + "b" * 5000)
    assert len(text) == CAP
    assert text.startswith("aaa")
    assert text.endswith("bbb")
    assert "more characters" in text
    assert capped("short") == "short"


def test_a_call_is_shown_as_written():
    assert represent_call("find", ([1, 2], "x"), {"at": 3}) == "find([1, 2], 'x', at=3)"
    assert represent_call("now", ()) == "now()"
    assert len(represent_call("f", (["x" * 9] * 10**5, 1))) <= CAP
