"""Keys chosen to make a table slow are refused; ordinary ones are not, however regular."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from graders.judge import wire_keys
from graders.judge.wire import Codec, ProtocolError, TooMuch
from graders.model import Verdict

from .conftest import Lab

MERSENNE = 2**61 - 1  # multiples of it have the same hash
SLOW_S = 2.0  # CPU; each of these took minutes before it was refused


def no_reference(kind: str, payload: object) -> object:
    raise ProtocolError(f"no reference {kind}")


codec = Codec(lambda value: None, no_reference)


def of_one_hash(levels: int) -> list[Any]:
    """Return unequal keys of one hash: ints, or frozensets that leave out one of those below."""
    if levels == 0:
        return [7 + k * MERSENNE for k in range(33)]
    below = of_one_hash(levels - 1)
    return [frozenset(x for k, x in enumerate(below) if k != left_out)
            for left_out in range(len(below) - 1)]


def as_sent(value: Any) -> bytes:
    """Return the bytes of nested lists as those of nested frozensets, without building these."""
    if isinstance(value, frozenset):
        pieces = [as_sent(each) for each in value]
        return b"Z" + len(pieces).to_bytes(4, "little") + b"".join(pieces)
    return codec.dumps(value)


@pytest.mark.parametrize("tag", [b"S", b"Z", b"m"])
def test_frozensets_of_one_hash_inside_one_another_are_refused(tag: bytes) -> None:
    """Three deep, 400 KB of them took more than 98 s: every pair is compared, at every level."""
    keys = [as_sent(key) for key in of_one_hash(2)[:12]]
    third = b"Z" + (12).to_bytes(4, "little") + b"".join(keys)
    body = (12).to_bytes(4, "little") + third * 12
    frame = b"m" + b"l" + body + b"l" + (12).to_bytes(4, "little") + b"N" * 12
    began_s = time.process_time()
    with pytest.raises(TooMuch, match="keys with equal hashes that are long to compare"):
        codec.loads(frame if tag == b"m" else tag + body)
    assert time.process_time() - began_s < SLOW_S


def test_honest_frozensets_whose_hashes_collide_cross() -> None:
    """-1 and -2 have one hash, and so have tuples and frozensets of them."""
    cells = [(a, b) for a in (-1, -2) for b in (-1, -2)]
    value = {frozenset({one, other}) for one in cells for other in cells}
    assert codec.loads(codec.dumps(value)) == value
    assert codec.loads(codec.dumps({frozenset(value): 1})) == {frozenset(value): 1}


def orbit(size: int) -> Iterator[int]:
    """Yield the slots that a key visits in turn once its hash is used up."""
    slot = 1
    while True:
        yield slot
        slot = (slot * 5 + 1) & (size - 1)


def on_one_path(size: int, chosen: int) -> list[int]:
    """Return ints that fill a path through a table of `size`, and some that walk along it."""
    path = [slot for slot, _ in zip(orbit(size), range(size * 6 // 10), strict=False)]
    taken, begins = set(path), set(path[: len(path) // 4])
    found: list[int] = []
    hashed = size
    while len(found) < chosen:
        hashed += 7919
        slot, rest = hashed & (size - 1), hashed
        while rest and slot in taken:
            rest >>= 5
            slot = (slot * 5 + rest + 1) & (size - 1)
        if not rest and slot in begins:
            found.append(hashed)
    return path + found


def steps(hashes: list[int], linear: int = 0) -> int:
    walk = wire_keys._Walk(hashes, linear, wire_keys.STEP_CAP)
    assert walk.ends()
    return walk.steps


def test_keys_on_one_path_are_counted_step_by_step() -> None:
    size, chosen = 1 << 13, 100
    keys = on_one_path(size, chosen)
    usual = steps(keys[:-chosen])
    assert steps(keys) - usual > chosen * len(keys) // 2
    assert not wire_keys._Walk(keys, 0, usual + chosen * 100).ends()


@pytest.mark.parametrize("of_a_dict", [False, True])
@pytest.mark.parametrize("family", [
    lambda i: i, lambda i: -i, lambda i: i << 32, lambda i: i << 44, lambda i: i / 1024,
    lambda i: (i >> 9, i & 511), lambda i: i * 0x9E3779B97F4A7C15 % 2**64,
    lambda i: (i >> 8) << 32 | i & 255, lambda i: i * MERSENNE // 1000,
], ids=["dense", "negative", "i << 32", "i << 44", "floats", "pairs", "scattered", "packed",
        "nearly one hash"])
def test_regular_keys_cross(family: Any, of_a_dict: bool) -> None:
    keys = list(map(family, range(10_000)))
    value: Any = dict.fromkeys(keys) if of_a_dict else set(keys)
    assert codec.loads(codec.dumps(value)) == value


@pytest.mark.parametrize("count", [1_000, 60_000])
@pytest.mark.parametrize("shift", [0, 24, 40])
def test_the_walk_ends_in_the_very_slots_of_a_set(count: int, shift: int) -> None:
    """What is predicted is this interpreter's table: its order of iteration tells the slots."""
    keys = [(i * 2654435761 % 2**20) << shift for i in range(count)]
    walk = wire_keys._Walk(list(map(hash, keys)), wire_keys._LINEAR, wire_keys.STEP_CAP)
    assert walk.ends()
    assert [keys[position] for position in walk.held if position >= 0] == list(set(keys))


def test_a_key_that_stands_twice_in_a_large_table_is_refused() -> None:
    keys = codec.dumps([*range(3_000), 5])
    with pytest.raises(TooMuch, match="stands twice"):
        codec.loads(b"V" + b"S" + keys[2:])


def test_the_judge_hashes_text_with_another_secret_than_the_worker(lab: Lab) -> None:
    """Else a submission could choose str keys that collide in the judge child."""
    report = lab.run(
        """
        def test_hash():
            theirs = [solve(each) for each in ("a", "kata", b"x")]
            assert all(map(int.__ne__, theirs, [hash("a"), hash("kata"), hash(b"x")]))
        """, "def solve(text): return hash(text)")
    assert report.verdict is Verdict.ACCEPTED, report.tests
