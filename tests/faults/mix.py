"""The submissions that are judged while the judge is hit, and the one verdict each may get."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graders import catalog
from graders.catalog import solutions_dir
from graders.judge.request import Request
from graders.model import Kata, Submission, Verdict

ROOT = Path(__file__).resolve().parents[2]
BIG_PRINT = "\n\nprint('x' * (2 << 20))\n"
SMALL_PRINT = "\n\nprint('loaded')\n"
KILLED = "\n\nimport os\nos.kill(os.getpid(), 9)\n"
CRASHED = "\n\nimport os\nos.kill(os.getpid(), 11)\n"
HUNGRY = "\n\nkept = bytearray(600 << 20)\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept submission, or one with `tail` behind it, and what it gets with the hidden suite."""

    name: str
    slug: str
    file: str
    verdict: Verdict
    points: float
    tail: str = ""


ENTRIES = (
    Entry("right", "two_sum", "two_sum", Verdict.ACCEPTED, 100),
    Entry("wrong", "two_sum", "wrong_pairs_an_element_with_itself", Verdict.WRONG_ANSWER, 21.43),
    Entry("wrong_late", "two_sum", "wrong_sorts_the_callers_list", Verdict.WRONG_ANSWER, 57.14),
    Entry("slow", "two_sum", "slow_visits_every_pair", Verdict.TIME_LIMIT_EXCEEDED, 92.86),
    Entry("prints", "two_sum", "two_sum", Verdict.ACCEPTED, 100, SMALL_PRINT),
    Entry("prints_much", "two_sum", "two_sum", Verdict.OUTPUT_LIMIT_EXCEEDED, 0, BIG_PRINT),
    Entry("kills_itself", "two_sum", "two_sum", Verdict.RUNTIME_ERROR, 0, KILLED),
    Entry("crashes", "two_sum", "two_sum", Verdict.RUNTIME_ERROR, 0, CRASHED),
    Entry("hungry", "two_sum", "two_sum", Verdict.MEMORY_LIMIT_EXCEEDED, 0, HUNGRY),
    Entry("right_cache", "lru_cache_repair", "lru_cache_repair", Verdict.ACCEPTED, 100),
    Entry("wrong_cache", "lru_cache_repair", "wrong_counts_uses", Verdict.WRONG_ANSWER, 65),
    Entry("right_threads", "round_robin_repair", "round_robin_repair", Verdict.ACCEPTED, 100),
    Entry("wrong_threads", "round_robin_repair", "wrong_starts_over_on_add",
          Verdict.WRONG_ANSWER, 73.68),
    Entry("right_files", "external_merge_sort", "external_merge_sort", Verdict.ACCEPTED, 100),
    Entry("hungry_files", "external_merge_sort", "hungry_reads_whole_file",
          Verdict.MEMORY_LIMIT_EXCEEDED, 93.57),
)
BY_NAME = {each.name: each for each in ENTRIES}


@cache
def _katas() -> dict[str, Kata]:
    return {kata.slug: kata for kata in catalog.load(ROOT).katas}


@cache
def source(name: str) -> bytes:
    """Return the module's text."""
    entry = BY_NAME[name]
    folder = solutions_dir(ROOT, _katas()[entry.slug])
    return (folder / f"{entry.file}.py").read_bytes() + entry.tail.encode()


def request(name: str) -> Request:
    """Return the request for one entry, hidden suite included."""
    entry = BY_NAME[name]
    kata = _katas()[entry.slug]
    hidden = solutions_dir(ROOT, kata) / f"test_hidden_{kata.slug}.py"
    return Request(kata, Submission(kata.slug, source(name)), hidden)
