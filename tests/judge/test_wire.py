"""The codec: what crosses comes back the same, and no bytes can hurt the side that decodes.

KATA_FUZZ=1000000 tries that many hostile frames instead of 20,000.
"""

from __future__ import annotations

import math
import os
import struct
import subprocess
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock_time
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from graders.judge import wire, wire_types
from graders.judge.wire import CannotCross, Codec, ProtocolError, TooMuch

FUZZ = int(os.environ.get("KATA_FUZZ", "20000"))
EACH = 100  # hostile frames made from one drawn value: drawing is what costs
EXTRAS = tuple(wire_types.LETTERS)
MERSENNE = 2**61 - 1  # multiples of it have the same hash
SLOW_S = 0.5  # CPU for a hostile frame of a few hundred bytes; usual are 20 microseconds

quick = settings(max_examples=120, deadline=None, database=None,
                 phases=[Phase.explicit, Phase.generate, Phase.shrink],
                 suppress_health_check=list(HealthCheck))


def no_reference(kind: str, payload: object) -> object:
    raise ProtocolError(f"no reference {kind}")


codec = Codec(lambda value: None, no_reference, EXTRAS)
plain = Codec(lambda value: None, no_reference)


def same(left: Any, right: Any) -> bool:
    """Equal in value and exact type all the way down; NaN equals NaN, 0.0 is not -0.0."""
    if type(left) is not type(right):
        return False
    match left:
        case float():
            return struct.pack("d", left) == struct.pack("d", right) or left != left != right
        case complex():
            return same(left.real, right.real) and same(left.imag, right.imag)
        case list() | tuple():
            return len(left) == len(right) and all(map(same, left, right))
        case deque():
            return left.maxlen == right.maxlen and same(list(left), list(right))
        case dict():
            return same(list(left), list(right)) and same(list(left.values()),
                                                          list(right.values()))
        case set() | frozenset():
            return spelt(left) == spelt(right)
        case Decimal():
            return str(left) == str(right)
    return left == right


def spelt(value: Any) -> str:
    """Return a text of hashable data in which the order of a set plays no part."""
    match value:
        case set() | frozenset():
            return f"{type(value).__name__} {sorted(map(spelt, value))}"
        case tuple():
            return f"({', '.join(map(spelt, value))})"
        case int():
            return hex(value) if type(value) is int else repr(value)
    return repr(value)


def u32(number: int) -> bytes:
    return struct.pack("<I", number)


# -- what crosses ----------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=()), max_size=12)  # surrogates too
ints = st.one_of(st.integers(), st.integers(-(1 << 70), 1 << 70),
                 st.sampled_from([0, -1, 2**63 - 1, -(2**63), 2**63, -(2**63) - 1, 1 << 9_000]))
scalars = st.one_of(st.none(), st.booleans(), ints, st.floats(), st.complex_numbers(), texts,
                    st.binary(max_size=12))
zones = st.sampled_from([None, UTC])
extras = st.one_of(
    st.decimals(), st.fractions(), st.dates(), st.datetimes(timezones=zones),
    st.times(timezones=zones), st.timedeltas(),
    st.builds(range, st.integers(-999, 999), st.integers(-999, 999),
              st.integers(-99, 99).filter(bool)))
keys = st.recursive(st.one_of(st.none(), st.booleans(), ints, st.floats(), texts, st.binary()),
                    lambda inner: st.one_of(st.tuples(inner, inner), st.tuples(),
                                            st.frozensets(inner, max_size=4)), max_leaves=6)
vectors = st.one_of(*(st.lists(each, min_size=wire.VECTOR_MIN - 1, max_size=40) for each in (
    st.integers(-(2**63), 2**63 - 1), ints, st.floats(), texts, st.binary(max_size=5),
    st.booleans(), st.none(),
    st.lists(st.integers(), max_size=4), st.lists(texts, max_size=3),  # ragged
    st.tuples(texts, st.integers()), st.tuples(st.floats()),  # rows of equal width
    st.binary(min_size=wire.ROW_WIDTH, max_size=wire.ROW_WIDTH + 1).map(tuple),  # widest rows
    st.lists(st.integers(), max_size=5).map(tuple),  # of mixed widths, the empty one too
    st.one_of(st.tuples(st.integers()), st.tuples(texts, texts)),
    st.tuples(st.lists(st.integers(), max_size=2), st.none()),
)))
containers = st.sampled_from([list, tuple])
values = st.recursive(
    st.one_of(scalars, vectors, st.builds(lambda kind, items: kind(items), containers, vectors)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=10), st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(keys, inner, max_size=10), st.sets(keys, max_size=12),
        st.frozensets(keys, max_size=12)), max_leaves=12)
beyond = st.recursive(
    st.one_of(scalars, extras),
    lambda inner: st.one_of(st.lists(inner, max_size=10), st.tuples(inner, inner),
                            st.dictionaries(texts, inner, max_size=3),
                            st.builds(deque, st.lists(inner, max_size=9),
                                      st.none() | st.integers(0, 9))), max_leaves=10)


@quick
@given(values)
@example([(1, 2)] * 9 + [(1,)])
@example([[1], [], [2, 3]] * 5)
@example({frozenset({(1, "a")}): [None] * 9})
@example(["\ud800", "\udc00", ""] * 4)
def test_plain_data_comes_back_the_same(value: Any) -> None:
    assert same(plain.loads(plain.dumps(value)), value)


@quick
@given(st.one_of(vectors, vectors.map(tuple)))
def test_many_equal_things_come_back_the_same(value: Any) -> None:
    assert same(plain.loads(plain.dumps(value)), value)


@quick
@given(beyond)
def test_result_types_come_back_the_same(value: Any) -> None:
    assert same(codec.loads(codec.dumps(value)), value)


@pytest.mark.parametrize("value", [
    Decimal("-0"), Decimal("sNaN"), Decimal("NaN123"), Decimal("-Infinity"),
    Decimal("1E+9999"), Decimal("1E-9999"), Decimal("9" * 9_999),
    Fraction(-(1 << 900), 3), timedelta.max, timedelta.min, date.min, date.max,
    datetime.max, datetime(2024, 2, 29, 23, 59, 59, 999999, UTC), clock_time.max,
    deque([1, 2], 3), deque(maxlen=0), deque([[1]] * 20), range(0), range(5, -7, -3),
    range(0, 10**30, 10**28),
], ids=lambda value: f"{value!r:.40}")
def test_corners_of_the_result_types(value: Any) -> None:
    assert same(codec.loads(codec.dumps(value)), value)


@pytest.mark.parametrize("name", EXTRAS)
def test_a_result_type_crosses_only_where_declared(name: str) -> None:
    value = {"Decimal": Decimal(1), "Fraction": Fraction(1, 2), "datetime": datetime(2000, 1, 1),
             "date": date(2000, 1, 1), "time": clock_time(1), "timedelta": timedelta(1),
             "deque": deque([1]), "range": range(2)}[name]
    only = Codec(lambda value: None, no_reference, [name])
    others = Codec(lambda value: None, no_reference, set(EXTRAS) - {name})
    assert same(only.loads(only.dumps(value)), value)
    with pytest.raises(CannotCross, match=f"{name} is not plain data"):
        others.dumps([value])
    with pytest.raises(ProtocolError, match="not declared"):
        others.loads(only.dumps([value]))


@quick
@given(st.lists(values, max_size=4).map(tuple), st.dictionaries(texts, values, max_size=3),
       st.integers(0, 2**32 - 1), st.integers(0, 255))
def test_a_question_comes_back_the_same(args: tuple[Any, ...], named: dict[str, Any],
                                        offer: int, name: int) -> None:
    asked = wire.Question(offer, name, args, named)
    assert same(plain.loads_question(plain.dumps_question(asked)), asked)


def test_a_question_has_no_more_arguments_than_its_head_can_tell() -> None:
    assert len(plain.dumps_question(wire.Question(0, 0, (None,) * 65_535, {}))) > 65_535
    with pytest.raises(TooMuch, match="more than 65535 values"):
        plain.dumps_question(wire.Question(0, 0, (None,) * 65_536, {}))


@pytest.mark.parametrize(("change", "text"), [
    (lambda data: data[:7], "malformed"),
    (lambda data: data[:-1], "truncated|malformed"),
    (lambda data: data + b"N", "left over"),
    (lambda data: data[:6] + b"\xff\xff" + data[8:], "truncated"),
    (lambda data: data.replace(b"s\x01\0\0\0k", b"i" + bytes(8)), "name that is no text"),
], ids=["head", "argument", "more", "count", "name"])
def test_a_question_that_is_none_is_refused(change: Callable[[bytes], bytes], text: str) -> None:
    data = plain.dumps_question(wire.Question(1, 2, (5,), {"k": 7}))
    with pytest.raises(ProtocolError, match=text):
        plain.loads_question(change(data))


class Ratio(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize("number", [1.5, 0.0, -0.0, math.inf, math.nan])
def test_a_subclass_of_float_keeps_every_bit(number: float) -> None:
    assert same(plain.loads(plain.dumps([Ratio(number)])), [number])


@pytest.mark.parametrize("value", [object(), len, iter([]), {}.keys(), bytearray(b"x"),
                                   memoryview(b"x"), Ellipsis, int, NotImplemented],
                         ids=lambda value: type(value).__name__)
def test_other_types_are_refused_by_name(value: object) -> None:
    with pytest.raises(CannotCross, match=f"^{type(value).__name__} is not plain data$"):
        plain.dumps([1, (value,)])


# -- nesting ---------------------------------------------------------------------------------

NESTS: dict[str, tuple[int, Callable[[Any], Any]]] = {  # levels that one step adds
    "list": (1, lambda x: [x]),
    "tuple": (1, lambda x: (x,)),
    "dict": (1, lambda x: {"k": x}),
    "frozenset": (1, lambda x: frozenset([x])),
    "ragged list": (1, lambda x: [x, *[[]] * wire.VECTOR_MIN]),
    "rows": (2, lambda x: [(x, 1), *[(1, 2)] * wire.VECTOR_MIN]),
    "rows of mixed widths": (2, lambda x: [(x, 1), *[(1,)] * wire.VECTOR_MIN]),
}


def nested(name: str, levels: int) -> Any:
    each, step = NESTS[name]
    value: Any = 1 if name == "frozenset" else []
    levels -= value == []
    for _ in range(levels // each):
        value = step(value)
    return value


@pytest.mark.parametrize("name", NESTS)
def test_what_is_nested_up_to_the_cap_comes_back(name: str) -> None:
    for levels in (wire.DEPTH_CAP // 2, wire.DEPTH_CAP):
        value = nested(name, levels)
        assert plain.loads(plain.dumps(value)) == value


@pytest.mark.parametrize("name", NESTS)
def test_deeper_nesting_is_too_much_when_it_is_sent(name: str) -> None:
    for levels in (wire.DEPTH_CAP + 3, 20 * wire.DEPTH_CAP):
        with pytest.raises(TooMuch, match="nested"):
            plain.dumps(nested(name, levels) if levels < 900 else itself())


def itself() -> list[Any]:
    held: list[Any] = []
    held.append(held)
    return held


@pytest.mark.parametrize("step", [b"l" + u32(1), b"t" + u32(1), b"m" + b"l" + u32(0), b"m", b"r",
                                  b"xq", b"xqt" + u32(2) + b"l" + u32(1), b"VlL" + u32(0),
                                  b"VlR" + u32(0) + b"\1", b"VlW" + u32(1) + b"\1"], ids=repr)
@pytest.mark.parametrize("levels", [100, 5_000, 500_000])
def test_endless_nesting_is_refused_when_it_arrives(step: bytes, levels: int) -> None:
    began_s = time.process_time()
    with pytest.raises(ProtocolError):
        codec.loads(step * levels + b"N")
    assert time.process_time() - began_s < SLOW_S


# -- caps, enforced before anything is built -------------------------------------------------

MANY = wire.NODE_CAP + 1
CLAIMS = {  # frames whose data would really be there
    "list": b"l" + u32(MANY) + b"N" * MANY,
    "set": b"S" + u32(MANY) + b"N" * MANY,
    "ints": b"Vlq" + u32(MANY) + bytes(8 * MANY),
    "floats": b"Vtd" + u32(MANY) + bytes(8 * MANY),
    "strs": b"Vls" + u32(MANY) + bytes(4 * MANY) + u32(0),
    "bytes": b"Vlb" + u32(MANY) + bytes(4 * MANY) + u32(0),
    "ragged": b"VlL" + u32(MANY) + bytes(4 * MANY) + b"l" + u32(0),
    "rows": b"VlR" + u32(MANY) + b"\1" + b"l" + u32(MANY) + b"N" * MANY,
    "mixed rows": b"VlW" + u32(MANY) + bytes(MANY),
    "dict": b"ml" + u32(MANY) + b"N" * MANY + b"l" + u32(MANY) + b"N" * MANY,
}


@pytest.mark.parametrize("name", CLAIMS)
def test_more_values_than_the_cap_are_refused_before_they_are_built(name: str) -> None:
    data = CLAIMS[name]
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch, match=f"more than {wire.NODE_CAP} values"):
            codec.loads(data)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("claim", [
    b"l", b"t", b"S", b"Z", b"s", b"b", b"Vlq", b"Vld", b"Vls", b"Vlb", b"VlL", b"VlW", b"VlR",
    b"I", b"ml"])
@pytest.mark.parametrize("size", [9, 70_000, wire.NODE_CAP, 2**31, 2**32 - 1])
def test_a_size_without_its_data_allocates_nothing(claim: bytes, size: int) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ProtocolError):
            codec.loads(claim + u32(size) + b"\1\2\3")
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


def test_values_are_counted_over_the_whole_message() -> None:
    half = wire.NODE_CAP // 2
    ints = b"Vlq" + u32(half) + bytes(8 * half)
    assert len(plain.loads(b"t" + u32(1) + ints)) == 1
    with pytest.raises(TooMuch):
        plain.loads(b"t" + u32(2) + ints + ints)


def test_an_int_over_the_cap_is_refused_on_both_sides() -> None:
    largest = (1 << 8 * wire.INT_CAP - 1) - 1
    assert plain.loads(plain.dumps(-largest)) == -largest
    for number in (largest + 1, -largest - 2, 1 << 1_000_000):
        with pytest.raises(TooMuch, match="an int of"):
            plain.dumps(number)
    with pytest.raises(TooMuch, match="an int of"):
        plain.loads(b"I" + u32(wire.INT_CAP + 1) + bytes(wire.INT_CAP + 1))


@pytest.mark.parametrize("tag", [b"S", b"Z", b"m"])
def test_keys_with_one_hash_are_refused_before_the_table_is_built(tag: bytes) -> None:
    def message(count: int) -> bytes:
        keys = plain.dumps([i * MERSENNE for i in range(count)])
        return b"m" + keys + keys if tag == b"m" else tag + keys[1:] if keys[:1] == b"l" \
            else b"V" + tag + keys[2:]

    assert len(plain.loads(message(wire.BUCKET_CAP))) == wire.BUCKET_CAP
    for count in (wire.BUCKET_CAP + 1, 25_000):
        began_s = time.process_time()
        with pytest.raises(TooMuch, match="same hash"):
            plain.loads(message(count))
        assert time.process_time() - began_s < SLOW_S


def test_colliding_tuples_and_negative_ones_are_refused_too() -> None:
    pairs = plain.dumps([(i * MERSENNE, "a") for i in range(wire.BUCKET_CAP + 1)])
    with pytest.raises(TooMuch, match="same hash"):
        plain.loads(b"m" + pairs + pairs)


@pytest.mark.parametrize("text", [
    "1E+999999999", "1E-999999999", "0E+999999999", f"1E+{wire_types.DIGITS_CAP + 1}",
    "9" * (wire_types.DIGITS_CAP + 1)], ids=lambda text: text[:14])
def test_a_decimal_bomb_is_too_much(text: str) -> None:
    with pytest.raises(TooMuch, match="Decimal"):
        codec.loads(b"xD" + plain.dumps(text))


@pytest.mark.parametrize("value", [
    range(wire_types.RANGE_CAP + 1), range(10**30), range(0, -(10**9), -7)], ids=repr)
def test_a_range_bomb_is_too_much(value: range) -> None:
    with pytest.raises(TooMuch, match="range"):
        codec.loads(b"xr" + plain.dumps((value.start, value.stop, value.step)))


def test_a_fraction_is_as_capped_as_its_ints() -> None:
    with pytest.raises(TooMuch, match="an int of"):
        codec.dumps(Fraction(1, 1 << 100_000))


@pytest.mark.parametrize("value", [
    datetime(2000, 1, 1, tzinfo=timezone(timedelta(hours=2))),
    clock_time(1, tzinfo=timezone(timedelta(minutes=-1)))])
def test_another_time_zone_is_refused_where_it_is_sent(value: object) -> None:
    """Refused by the other side it would look like an attack on the channel."""
    with pytest.raises(CannotCross, match="time zone other than UTC is not plain data"):
        codec.dumps(value)


# -- hostile bytes ---------------------------------------------------------------------------

TAGS = b"NTFisdltSZmbIcrxVqdsbLWRDfwyhuqr"


def decoded(data: bytes) -> str:
    """Return how a frame was received: "value", "refused", or the name of what escaped."""
    began_s = time.process_time()
    try:
        codec.loads(data)
        told = "value"
    except ProtocolError:
        told = "refused"
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
    spent_s = time.process_time() - began_s
    return told if spent_s < SLOW_S else f"took {spent_s:.1f} s"


def harmless(data: bytes) -> None:
    told = decoded(data)
    assert told in ("value", "refused"), f"{told}\nfrom {data!r}"


@settings(quick, max_examples=max(500, FUZZ // 20))
@given(st.binary(max_size=200))
def test_random_bytes_are_refused(data: bytes) -> None:
    harmless(data)


def mutated(data: bytes, random: Random) -> bytes:
    """Return `data` with a few bytes changed, dropped, doubled or cut off."""
    held = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.randrange(len(held)) if held else 0
        match random.randrange(6):
            case 0:
                held[at:at + 1] = bytes([random.randrange(256)])
            case 1:
                held[at:at + 1] = bytes([random.choice(TAGS)])
            case 2:
                held[at:at + 4] = u32(random.choice((0, 1, 7, 8, 255, 2_000_000, 2**32 - 1,
                                                     random.randrange(2**32))))
            case 3:
                del held[at:at + random.randrange(1, 9)]
            case 4:
                held[at:at] = held[at:at + random.randrange(1, 20)]
            case 5:
                del held[at:]
    return bytes(held)


@settings(quick, max_examples=max(1, FUZZ // EACH // 2))
@given(beyond | values, st.integers(0, 2**32))
def test_damaged_values_are_refused(value: Any, seed: int) -> None:
    valid, random = codec.dumps(value), Random(seed)
    for _ in range(EACH):
        harmless(mutated(valid, random))


@quick
@given(values)
def test_a_value_cut_short_or_followed_by_more_is_refused(value: Any) -> None:
    valid = plain.dumps(value)
    for end in {0, len(valid) // 2, len(valid) - 1} - {len(valid)}:
        assert decoded(valid[:end]) == "refused"
    assert decoded(valid + b"N") == "refused"


def grown(random: Random, depth: int = 0) -> bytes:
    """Return bytes that follow the grammar but mean nothing that dumps would send."""
    def some(count: int) -> bytes:
        return b"".join(grown(random, depth + 1) for _ in range(count))

    def listed(count: int) -> bytes:
        return b"l" + u32(count) + some(count)

    few = random.choice((0, 1, 2, 3, 8))
    tag = random.choice("NTidsbcI" if depth > 4 else "NTFidsbcIltSZmrxxxVVVVV")
    match tag:
        case "i" | "d":
            return tag.encode() + random.randbytes(8)
        case "c":
            return b"c" + random.randbytes(16)
        case "s" | "b" | "I":
            text = random.choice((b"1E5", b"nan", b"2020-01-01", b"12:30", random.randbytes(few)))
            return tag.encode() + u32(len(text)) + text
        case "l" | "t" | "S" | "Z":
            return tag.encode() + u32(few) + some(few)
        case "m":
            return b"m" + (listed(few) + listed(few) if random.random() < 0.7 else some(2))
        case "r":
            return b"r" + some(2)
        case "x":
            small = tuple(random.choice((0, 1, -1, 9, 1 << 40)) for _ in range(few))
            sent = random.choice((small, ([1], few), ([1], -1), ([], 1 << 80), "x", "1E99", "sNaN",
                                  "2020-01-01", "2020-01-01T00:00:00+05:00", "12:30", Decimal))
            inner = some(1) if sent is Decimal else plain.dumps(sent)
            return b"x" + random.choice("DfwyhuqrA").encode() + inner
        case "V":
            return b"V" + random.choice("llltSZ?").encode() + _vector(random, few, some, listed)
    return tag.encode()


def _vector(random: Random, few: int, some: Callable[[int], bytes],
            listed: Callable[[int], bytes]) -> bytes:
    element = random.choice("qdsbLWRz")
    head = element.encode() + u32(few)
    lengths = [random.choice((0, 1, 2)) for _ in range(few)]
    total = sum(lengths) + (random.random() < 0.1)
    match element:
        case "q" | "d":
            return head + random.randbytes(8 * few)
        case "s" | "b":
            return head + b"".join(map(u32, lengths)) + u32(total) + random.randbytes(total)
        case "L":
            return head + b"".join(map(u32, lengths)) + random.choice((listed(total), some(1)))
        case "W":
            return head + bytes(lengths) + b"".join(
                listed(lengths.count(width)) for width in sorted(set(lengths)))
        case "R":
            width = random.choice((0, 1, 2, 17))
            return head + bytes([width]) + b"".join(listed(few) for _ in range(width))
    return head


@settings(quick, max_examples=max(1, FUZZ // EACH // 2))
@given(st.integers(0, 2**32))
def test_bytes_grown_from_the_grammar_are_refused_or_a_value(seed: int) -> None:
    random = Random(seed)
    for _ in range(EACH):
        data = grown(random)
        harmless(data if random.random() < 0.7 else mutated(data, random))


@pytest.mark.parametrize("data", [
    b"xD" + plain.dumps("abc"), b"xD" + plain.dumps(""), b"xf" + plain.dumps((1, 0)),
    b"xf" + plain.dumps((0, 0)), b"xy" + plain.dumps("tomorrow"), b"xw" + plain.dumps(""),
    b"xr" + plain.dumps((0, 1, 0)), b"xq" + plain.dumps(([], -1)),
    b"xu" + plain.dumps((1 << 80,) * 3),
    b"Sxq" + plain.dumps(([], 1)), b"S" + u32(1) + b"xD" + plain.dumps("sNaN"),
    b"S" + u32(1) + b"l" + u32(0), b"s" + u32(1) + b"\xff", b"xA" + b"N", b"x\xe9N",
], ids=repr)
def test_malformed_result_types_are_refused(data: bytes) -> None:
    assert decoded(data) == "refused"


BOMBS = """
import resource, struct, time
from graders.judge import wire_types
from graders.judge.wire import Codec, ProtocolError
def no_reference(kind, payload):
    raise ProtocolError
codec = Codec(lambda value: None, no_reference, tuple(wire_types.LETTERS))
u32 = lambda n: struct.pack("<I", n)
def rows(count, piece): return b"l" + u32(count) + piece * count
one = b"i" + u32(1) + u32(0)
n = COUNT
bombs = {
    "empty lists": rows(n, b"l" + u32(0)),
    "empty sets": rows(n, b"S" + u32(0)),
    "empty dicts": rows(n, b"ml" + u32(0) + b"l" + u32(0)),
    "deques": rows(n // 3, b"xqt" + u32(2) + b"l" + u32(0) + b"N"),
    "fractions": rows(n // 3, b"xft" + u32(2) + one * 2),
    "ranges": rows(n // 4, b"xrt" + u32(3) + one * 3),
    "ragged": b"VlL" + u32(n) + bytes(4 * n) + b"l" + u32(0),
    "texts": b"Vls" + u32(n) + u32(2) * n + u32(2 * n) + b"a" * (2 * n),
    "wide text": b"s" + u32(8 * n) + b"a" * (8 * n - 4) + "\U0001f600".encode(),
    "mixed rows": b"VlW" + u32(n // 2) + bytes(range(250)) * (n // 500) + b"".join(
        rows(n // 500, b"N") for _ in range(250)),
    "long ints": rows(n // 500, b"I" + u32(4096) + b"\\1" * 4096),
    "columns": b"VlR" + u32(n // 20) + b"\\x10" + rows(n // 20, b"N") * 16,
}
used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
resource.setrlimit(resource.RLIMIT_AS, (used + (ROOM << 20),) * 2)
for name, data in bombs.items():
    began = time.process_time()
    try:
        codec.loads(data)
        told = "value"
    except ProtocolError:
        told = "refused"
    except BaseException as error:
        told = type(error).__name__
    print(f"{name}|{told}|{time.process_time() - began:.2f}")
"""


def test_the_worst_shapes_cost_bounded_memory_and_time() -> None:
    """A twentieth of the nodes that may cross: a judge child has 3 GiB and 20 s for all of them."""
    program = BOMBS.replace("COUNT", str(wire.NODE_CAP // 20)).replace("ROOM", "100")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          check=False, timeout=60, env={"PYTHONPATH": os.getcwd()})
    told = [line.split("|") for line in done.stdout.splitlines()]
    assert len(told) == 12, done.stderr[-500:]
    assert [row for row in told if row[1] != "value" or float(row[2]) > 1] == []
