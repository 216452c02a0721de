"""A whole cohort graded: learners by seven katas, collected, judged in the sandbox, written down.

What a class hands in: right solutions (each in its own words), wrong and slow ones, modules that
do not compile, hostile ones, copies of each other, and stubs that nobody touched. Attempted counts
all but the last; copies are judged once and count as what they are. The rerun has the same cohort
and a new database: every verdict that may be kept comes from the judge's cache. A further rerun
knows everything from its database.

How fast it is depends on what was assigned: a submission costs from 35 ms (a warm-up) to over a
second (a server of files). The class has a unit of two topics, dynamic programming and string
matching; a line beside it has seven katas of systems and algorithms without a warm-up, and a tenth
of the learners.
"""

from __future__ import annotations

import random
import sqlite3
import time
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from benchmarks import mixture
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import ROOT, Settings
from graders import stubs
from graders.catalog import load
from graders.cohort import database, keep, run, snapshots
from graders.cohort.course import Course, course
from graders.cohort.fetch import File, State
from graders.cohort.snapshots import Handed, Snapshot
from graders.judge import cache
from graders.model import Kata

KATAS = ("two_sum", "binary_search", "lru_cache_repair", "hash_ring_rebalance", "lcs_dp",
         "external_merge_sort", "merge_sort")
UNIT = ("a06", "a08")  # seven katas, two of them warm-ups
_TOML = """\
format = 1
id = "bench"
title = "Bench"
template = "{root}"
version = "v0"
katas = [{katas}]
deadline = 2026-01-01T00:00:00+00:00
"""


@dataclass(frozen=True, slots=True)
class Ready:
    """A cohort that is collected, and how many hand-ins of it were attempted."""

    course: Course
    attempted: int
    handed_in: int


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return attempted submissions a second: judged, from the cache, and known already."""
    began_s = time.perf_counter()
    ready = cohort(scratch / "cohort", settings.learners, _unit())
    made_s = time.perf_counter() - began_s
    options = run.Options(settings.jobs, scratch / "store")
    busy_s = _busy_s()
    first, judged = _grade(ready, options)
    each_ms = 1000 * (_busy_s() - busy_s) / max(judged, 1)
    (ready.course.folder / database.NAME).rename(scratch / "first.db")
    _forget_results(scratch / "first.db", ready.course.folder / database.NAME)
    cpu_s = time.process_time()
    again, rejudged = _grade(ready, options)
    cpu_s = time.process_time() - cpu_s
    known, _ = _grade(ready, options)
    few = cohort(scratch / "few", max(2, settings.learners // 10), KATAS)
    heavy, _ = _grade(few, options)
    speed = [ready.attempted / each for each in (first, again, known)]
    return Finding((
        Line("attempted submissions a second", "/s", (speed[0],), Reach(10, at_most=False)),
        Line("the same from the judge's cache", "/s", (speed[1],), Reach(1000, at_most=False)),
        Line("the same, known in the database", "/s", (speed[2],), Reach(1000, at_most=False)),
        Line("attempted a second, no warm-ups", "/s", (few.attempted / heavy,)),
    ), (f"{settings.learners} learners, {len(ready.course.katas)} katas: "
        f"{ready.handed_in} hand-ins, {ready.attempted} attempted, {judged} different, "
        f"{settings.jobs} jobs; first run {first:.0f} s ({each_ms:.0f} ms of all processors "
        f"for each different one), from the cache {again:.2f} s "
        f"({rejudged} results, {cpu_s:.2f} s CPU), known {known:.2f} s; made in {made_s:.0f} s",))


def _busy_s() -> float:
    """Return the CPU seconds of the whole machine: nobody is told those of what was killed."""
    times = psutil.cpu_times()
    return float(times.user + times.system)


def _grade(ready: Ready, options: run.Options) -> tuple[float, int]:
    began_s = time.perf_counter()
    with database.opened(ready.course.folder) as connection:
        did = run.grade(connection, ready.course, options, lambda done, total, slug: None)
    if did.withheld:
        raise RuntimeError(f"{did.withheld} submissions withheld")
    return time.perf_counter() - began_s, did.judged


def _forget_results(source: Path, target: Path) -> None:
    """Copy a database without its results."""
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)
        new.execute("DELETE FROM results")
        new.execute("DELETE FROM bases")


def _unit() -> tuple[str, ...]:
    return tuple(kata.slug for kata in load(ROOT).katas if kata.topic in UNIT)


def cohort(folder: Path, learners: int, wanted: tuple[str, ...] = KATAS) -> Ready:
    """Make a cohort of this many learners, collected: no repository is made nor fetched."""
    folder.mkdir(parents=True)
    slugs = [kata.slug for kata in load(ROOT).katas if kata.slug in wanted]
    (folder / "cohort.toml").write_text(_TOML.format(
        root=ROOT, katas=", ".join(f'"{slug}"' for slug in slugs)))
    ids = [f"l{number:04}" for number in range(learners)]
    rows = "".join(f"{each},Learner {each},{each}@example.org,\n" for each in ids)
    (folder / "roster.csv").write_text(f"id,name,email,repo\n{rows}")
    made = course(ROOT, folder)
    chance = random.Random(40)
    texts = {kata.slug: mixture.texts(ROOT, kata, learners, chance) for kata in made.katas}
    store = keep.open_store(folder)
    attempted = 0
    with database.opened(folder) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        collection = snapshots.begin(connection)
        for number, learner in enumerate(ids):
            files = [(kata, texts[kata.slug][number]) for kata in made.katas]
            attempted += sum(text != _read(kata.stub) for kata, text in files)
            _add(connection, (store, collection.id), learner, files)
        snapshots.end(connection, collection)
    return Ready(made, attempted, learners * len(made.katas))


def _add(connection: sqlite3.Connection, where: tuple[Path, int], learner: str,
         files: list[tuple[Kata, str]]) -> None:
    store, collection = where
    data = {kata.slug: text.encode() for kata, text in files}
    taken = [File(f"{slug}.py", State.TAKEN, data=each, size=len(each))
             for slug, each in data.items()]
    kept = keep.keep(store, keep.ref_of(learner, collection), taken, keep.About("bench\n", 0))
    handed = tuple(Handed(slug, State.TAKEN, keep.blob_id(each), len(each), cache.sha256(each),
                          stubs.stub_hash(each)) for slug, each in data.items())
    snapshot = Snapshot(learner, "", database.now(), "HEAD", kept, "", kept, "", handed)
    snapshots.add(connection, collection, replace(snapshot))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
