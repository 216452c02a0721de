"""Numbers by value: figures, English words and Chinese words that mean the same are the same."""

from __future__ import annotations

import pytest

from graders.author.numerals import figures, words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("100,000 items", {100_000}),
        ("100_000 items", {100_000}),
        ("10 万条", {100_000}),
        ("1.5 亿", {150_000_000}),
        ("3 百万", {3_000_000}),
        ("2 million rows, 100k keys", {2_000_000, 100_000}),
        ("64 KiB, 5ms and 0.25 s", {64, 5, 0.25}),
        ("1..10 or 1-10", {1, 10}),
        ("S03, sha256 and int64 are names", set()),
        ("[3, 3], -7", {3, 7}),
        ("10**12", {10, 12}),
        ("version 3.11.7", {3.11}),
    ],
)
def test_figures_are_read_by_value(text: str, values: set[float]) -> None:
    assert figures(text) == values


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "a hundred thousand items", 100_000),
        ("en", "twenty-one items", 21),
        ("en", "two million", 2_000_000),
        ("en", "one thousand two hundred", 1200),
        ("en", "twice", 2),
        ("zh", "十万个", 100_000),
        ("zh", "二十一个", 21),
        ("zh", "两百万", 2_000_000),
        ("zh", "一千二百", 1200),
        ("zh", "三亿五千万", 350_000_000),
        ("zh", "十二", 12),
    ],
)
def test_words_are_read_by_value(language: str, text: str, value: int) -> None:
    assert value in words(text, language)
