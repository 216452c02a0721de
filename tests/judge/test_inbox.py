"""Messages out of pieces: whole, in order, and none of a process that is gone."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from graders.judge.inbox import LENGTH_BYTES, Inbox


def framed(body: bytes) -> bytes:
    return len(body).to_bytes(LENGTH_BYTES, "little") + body


def pieces(data: bytes, size: Callable[[], int]) -> Callable[[int], bytes]:
    """Return a `receive` that hands out `data` in pieces of these sizes."""
    left = data

    def receive(most: int) -> bytes:
        nonlocal left
        assert most > 0
        cut = min(most, size())
        piece, left = left[:cut], left[cut:]
        return piece

    return receive


@pytest.mark.parametrize("largest", [1, 3, 5, 17, 100_000, 1 << 30])
def test_every_message_comes_whole_and_in_order(largest: int) -> None:
    chance = Random(largest)
    bodies = [b"", b"a", b"bc", b"d" * 70_000, b"e" * 10, b"f" * 300_000, b""]
    inbox = Inbox(pieces(b"".join(map(framed, bodies)), lambda: chance.randint(1, largest)))
    assert [inbox.message() for _ in bodies] == [framed(each) for each in bodies]
    assert inbox.message() == b""


@pytest.mark.parametrize("cut", [1, 3, 4, 5, 8])
def test_what_ends_within_a_message_has_ended(cut: int) -> None:
    assert Inbox(pieces(framed(b"hello")[:cut], lambda: 2)).message() == b""


def test_a_message_that_is_too_long_is_refused_before_it_is_gathered() -> None:
    asked = []

    def receive(most: int) -> bytes:
        asked.append(most)
        return framed(bytes(1000))[:LENGTH_BYTES]

    def refuse(size: int) -> None:
        if size > 999:
            raise OverflowError(size)

    with pytest.raises(OverflowError, match="1000"):
        Inbox(receive, refuse).message()
    assert len(asked) == 1


def test_nothing_of_a_process_that_is_gone_is_read() -> None:
    inbox = Inbox(pieces(framed(b"one") + framed(b"two"), lambda: 1 << 16))
    assert inbox.message() == framed(b"one")
    inbox.clear()
    assert inbox.message() == b""
