"""Beyond one machine: what Dask costs a submission, and what else a large course goes through.

Two cohorts of `grading`, a small and a larger one, are graded by `cohort grade` here and on a
Dask cluster of as many worker processes on this machine, in turns, each time with nothing
remembered. CPU is that of the whole tree: client, scheduler, workers, engines and all below. What
is told is one submission more: the difference of the two cohorts, so that engines, suites that
are collected and a cluster's start are no part of it. Dask's processes look around and profile
while a job is under way, in proportion to time and not to submissions. On a busy machine that
would be most of the difference, so it is measured beside jobs that sleep, told by itself and
taken off.

Answers from the workers' caches show the way alone. Then the two that do not go along when
workers are added: rows into the database, one a transaction as `grade` writes them, and
repositories fetched by `collect` from this disk.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import grading, repositories
from benchmarks.results import Finding, Line, Reach, ratios
from benchmarks.settings import ROOT, Settings
from graders.catalog import load, solutions_dir
from graders.cohort import database, results, roster, run
from graders.cohort.cluster import judge_many
from graders.cohort.collect import Mode, Task, collect
from graders.cohort.job import job_of
from graders.cohort.scheduler import Scheduler
from graders.cohort.shipped import shipped
from graders.model import Report
from graders.plain import from_plain

_ROUNDS = 3  # at most
_FEW = 2  # learners of the smaller cohort: each kata comes to each of two workers
_ASLEEP_S = 10.0
_ROWS = 20  # written, for each submission of the cohort


@dataclass(frozen=True, slots=True)
class Spent:
    """What one run took; `count` submissions were judged."""

    count: int
    wall_s: float
    cpu_s: float

    @property
    def each_ms(self) -> float:
        """CPU milliseconds of one submission."""
        return 1000 * self.cpu_s / max(self.count, 1)


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return CPU and throughput here and on Dask, rows and repositories a second."""
    learners = max(_FEW + 1, settings.submissions // len(grading.KATAS))
    few, ready = (grading.cohort(scratch / f"cohort{count}", count) for count in (_FEW, learners))
    busy = _busy(settings.jobs, scratch / "asleep")
    here, there = [], []
    for number in range(min(_ROUNDS, settings.rounds)):
        stores = [scratch / f"store{number}{place}" for place in range(4)]
        options = [run.Options(settings.jobs, each) for each in stores[:2]]
        here.append(_more(_here(few, options[0]), _here(ready, options[1])))
        more = _more(*(_there(each, settings.jobs, store)
                       for each, store in zip((few, ready), stores[2:], strict=True)))
        there.append(replace(more, cpu_s=more.cpu_s - busy * settings.jobs * more.wall_s))
    with _cluster(settings.jobs, scratch / "known") as scheduler:
        _answers(ready, scheduler, 4 * settings.jobs)  # has the engines started
        known = [_answers(ready, scheduler, settings.hits) for _ in there]
    rows = _rows(ready, scratch / "rows.db")
    fetched = _fetched(scratch, settings)
    return Finding((
        Line("CPU of one submission more, here", "ms", tuple(each.each_ms for each in here)),
        Line("CPU of one submission more, on Dask", "ms", tuple(each.each_ms for each in there)),
        Line("CPU, on Dask / here", "x", ratios([each.each_ms for each in there],
                                                [each.each_ms for each in here]), Reach(1.25)),
        Line("submissions a second, here", "/s",
             tuple(each.count / each.wall_s for each in here)),
        Line("submissions a second, on Dask", "/s",
             tuple(each.count / each.wall_s for each in there)),
        Line("of a core, a worker whose job sleeps", "%", (100 * busy,)),
        Line("answers a second from the workers' caches", "/s",
             tuple(each.count / each.wall_s for each in known)),
        Line("CPU of client and scheduler for one answer", "ms",
             tuple(each.each_ms for each in known)),
        Line("rows a second into the database", "/s", (rows.count / rows.wall_s,)),
        Line("repositories a second, collect", "/s", (fetched.count / fetched.wall_s,)),
        Line("CPU of one repository, collect", "ms", (fetched.each_ms,)),
    ), (f"{_FEW} and {learners} learners, {here[0].count} different submissions more, "
        f"{settings.jobs} jobs here, {settings.jobs} worker processes there; a row has "
        f"{_size(scratch / 'rows.db') / rows.count / 1024:.1f} KiB; {fetched.count} repositories "
        f"collected, {_below(scratch / 'made/cohort/collected.git') / fetched.count / 1024:.0f} "
        "KiB each on the disk",))


@contextmanager
def _timed() -> Iterator[list[float]]:
    """Yield a list that holds, after the block, the CPU seconds of all that ended in it."""
    told: list[float] = []
    began = sum(os.times()[:4])
    yield told
    told.append(sum(os.times()[:4]) - began)


@contextmanager
def _cluster(workers: int, store: Path) -> Iterator[Scheduler]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True,
                      dashboard_address="127.0.0.1:0", silence_logs="CRITICAL",
                      env={"KATA_STORE": str(store)}) as cluster:
        yield Scheduler(cluster.scheduler_address)


def _busy(workers: int, store: Path) -> float:
    """Return which part of a core Dask takes for each worker while a job is under way there."""
    from distributed import Client

    spent = []
    for wait_s in (0.0, _ASLEEP_S):
        with _timed() as cpu, _cluster(workers, store) as scheduler, Client(
                scheduler.address, set_as_default=False) as client:
            client.gather(client.map(time.sleep, [wait_s] * workers, pure=False))
        spent += cpu
    return (spent[1] - spent[0]) / _ASLEEP_S / workers


def _here(ready: grading.Ready, options: run.Options) -> Spent:
    with _timed() as cpu:
        spent = _graded(ready, options)
    return replace(spent, cpu_s=cpu[0])


def _there(ready: grading.Ready, workers: int, store: Path) -> Spent:
    with _timed() as cpu, _cluster(workers, store) as scheduler:
        spent = _graded(ready, run.Options(scheduler=scheduler))
    return replace(spent, cpu_s=cpu[0])


def _more(few: Spent, many: Spent) -> Spent:
    """Return what the larger cohort took more."""
    return Spent(many.count - few.count, many.wall_s - few.wall_s, many.cpu_s - few.cpu_s)


def _graded(ready: grading.Ready, options: run.Options) -> Spent:
    """Grade with an empty database; the CPU is that of this process alone."""
    with database.opened(ready.course.folder) as connection:
        for name in ("results", "faults", "bases"):
            connection.execute(f"DELETE FROM {name}")
        began_s, cpu_s = time.perf_counter(), time.process_time()
        did = run.grade(connection, ready.course, options, lambda done, total, slug: None)
    if did.withheld:
        raise RuntimeError(f"{did.withheld} submissions withheld")
    return Spent(did.judged, time.perf_counter() - began_s, time.process_time() - cpu_s)


def _answers(ready: grading.Ready, scheduler: Scheduler, count: int) -> Spent:
    """Ask for one submission's Report again and again; the workers know it."""
    basis = ready.course.bases["two_sum"]
    data = (solutions_dir(ROOT, basis.kata) / "two_sum.py").read_bytes()
    began_s, cpu_s = time.perf_counter(), time.process_time()
    jobs = ((place, job_of(basis, data, "")) for place in range(count))
    if any(not report.accepted for _, report in judge_many(scheduler, jobs, _refused)):
        raise RuntimeError("the reference was not accepted")
    return Spent(count, time.perf_counter() - began_s, time.process_time() - cpu_s)


def _refused(address: str, why: str) -> None:
    raise RuntimeError(f"{address}: {why}")


def _rows(ready: grading.Ready, target: Path) -> Spent:
    """Write the last run's Reports again and again, each under a hash of its own."""
    with sqlite3.connect(ready.course.folder / database.NAME) as source:
        found = source.execute("SELECT slug, report FROM results").fetchall()
        with sqlite3.connect(target) as copy:
            source.backup(copy)
            copy.execute("DELETE FROM results")
    reports = [from_plain(Report, json.loads(text)) for _, text in found]
    bases = ready.course.bases
    with sqlite3.connect(target, isolation_level=None) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("VACUUM")
        began_s, cpu_s = time.perf_counter(), time.process_time()
        for number in range(_ROWS):
            for place, report in enumerate(reports):
                own = replace(report, submission_sha256=f"{number:032x}{place:032x}")
                results.add(connection, bases[report.kata], [own])
        spent = time.perf_counter() - began_s, time.process_time() - cpu_s
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Spent(_ROWS * len(reports), *spent)


def _fetched(scratch: Path, settings: Settings) -> Spent:
    """Collect from repositories as `create` makes them, every kata begun."""
    katas = tuple(kata for kata in load(ROOT).katas if kata.slug in grading.KATAS)
    folder = repositories.made(scratch / "made", settings.repositories, settings.jobs,
                               [kata.stub.relative_to(ROOT).as_posix() for kata in katas])
    task = Task(folder, ROOT, roster.read(folder / "roster.csv"), katas, shipped(ROOT, katas))
    with _timed() as cpu, database.opened(folder) as connection:
        began_s = time.perf_counter()
        collect(connection, task, Mode(settings.jobs), lambda done, total, who: None)
        wall_s = time.perf_counter() - began_s
    return Spent(len(task.learners), wall_s, cpu[0])


def _size(database_file: Path) -> int:
    return database_file.stat().st_size


def _below(folder: Path) -> int:
    """Return the bytes that a folder takes on the disk, in whole blocks."""
    return sum(path.lstat().st_blocks * 512 for path in folder.rglob("*"))
