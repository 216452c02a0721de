"""Hostile inputs from real ones: bytes changed, words replaced, pieces doubled, cut, exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

_TAGS = b"NTFisdltSZmbIcrxVqdsbLWRDfwyhuqr"
_SIZES = (0, 1, 7, 8, 255, 2_048, 2_000_000, 2**31, 2**32 - 1)
_WORDS = [each.encode("utf-8", "surrogatepass") for each in (
    "", "0", "-1", "1e999", "NaN", "Infinity", "-0.0", "true", "null", '""', "[]", "{}", "[[]]",
    '{"a":1,"a":2}', '"\\ud800"', '"\\u0000"', '"\\u202e"', "\u202e", "\u2028", "\x1b[31m", "\x85",
    "\x0b", "\ufeff", "\ud800", "9" * 400, "9" * 5000, '"x\\u001b[2J"', "'''", '"""', "\n", "\r",
    "\r\n", ",", "=", "[", "]]", "[[stages]]", "format = 1", "format = 99", "{ en = 1 }", '"', "#",
    "1979-05-27", "inf", "nan", "0x10", "a.b.c", "ext::sh -c x", "--upload-pack=x", "https://",
    "a@b", "x" * 5000, "[" * 2000, "{" * 500, '"a":' * 300, "ada", "林", "\u200b", "memroy_mib",
)]
_WORD = re.compile(rb'"[^"\n]*"|[\w.+-]+')


def made(seeds: list[bytes], random: Random) -> Iterator[bytes]:
    """Yield inputs without end."""
    yield from seeds
    while True:
        held = bytearray(random.choice(seeds))
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            _change(held, seeds, random)
        yield bytes(held)


def _change(held: bytearray, seeds: list[bytes], random: Random) -> None:
    at = random.randrange(len(held) + 1)
    match random.randrange(10):
        case 0:
            held[at:at + 1] = bytes([random.randrange(256)])
        case 1:
            held[at:at + 1] = bytes([random.choice(_TAGS)])
        case 2:
            held[at:at + 4] = random.choice(_SIZES).to_bytes(4, "little")
        case 3:
            del held[at:at + random.randrange(1, 12)]
        case 4:
            held[at:at] = held[at:at + random.randrange(1, 60)]
        case 5:
            del held[at:]
        case 6:
            held[at:at] = random.choice(_WORDS)
        case 7:
            other = random.choice(seeds)
            cut = random.randrange(len(other) + 1)
            held[at:] = other[cut:]
        case _:
            words = [found.span() for found in _WORD.finditer(held)]
            if words:
                begin, end = random.choice(words)
                held[begin:end] = random.choice(_WORDS)
