"""grade: judge everything that was collected, once each, and write it down as it comes.

    hand-ins --distinct contents--> not known under the basis --Judge, or a cluster--> results
                                                                          faults, withheld <-+

What is under way when the process is killed is all that is lost: every result is written when it
is there, and the next run judges what is missing. Katas come one after another, all learners of
each, so that no learner's submissions stand in another's way; how long one may take is the
judge's to bound. What nobody has touched is not judged.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from graders import stubs
from graders.cohort import keep, regrade, results, snapshots
from graders.cohort.basis import Basis
from graders.cohort.course import Course
from graders.cohort.fetch import State
from graders.cohort.lock import sweep
from graders.cohort.scheduler import Scheduler
from graders.cohort.snapshots import Handed
from graders.judge.judge import Judge
from graders.judge.request import Request, submitted, takes_turns
from graders.model import Report, Verdict

Done = Callable[[int, int, str], None]
_Due = tuple[Basis, Handed]  # a content to judge
_CHUNK = 500  # contents read into memory at a time: 500 MiB at the very most


@dataclass(frozen=True, slots=True)
class Options:
    """How to judge: `jobs` None goes by cores and katas, `store` None is the usual cache.

    Both are this machine's; on a cluster each worker judges one at a time, with its own cache.
    """

    jobs: int | None = None
    store: Path | None = None
    scheduler: Scheduler | None = None  # of a Dask cluster that judges in this machine's place


@dataclass(frozen=True, slots=True)
class Graded:
    """What one run did. `withheld` submissions were tried twice, on two engines."""

    judged: int
    known: int  # contents that had a result before
    untouched: int
    withheld: int
    anew: tuple[str, ...]  # katas whose marks may have changed by a new basis, not told yet
    refused: tuple[tuple[str, str], ...] = ()  # workers of the cluster that got nothing, and why


def grade(connection: sqlite3.Connection, course: Course, options: Options,
          done: Done) -> Graded:
    """Judge what was collected and is not known yet. Raises JudgeError when no engine starts."""
    bases = course.bases
    todo, known, untouched = _missing(connection, course)
    before = results.registered(connection)
    store = keep.open_store(course.folder)
    sweep(store)
    for slug in todo:
        if bases[slug].id not in before:
            _register(connection, store, bases[slug])
    total = sum(map(len, todo.values()))
    done(0, total, "")
    # A killed process loses nothing; of a loss of power the next run would judge the rest again.
    connection.execute("PRAGMA synchronous = NORMAL")
    judged = withheld = 0
    every = [(bases[slug], file) for slug, files in todo.items() for file in files]
    refused: dict[str, str] = {}
    with closing(_reports(course.root, store, options, every, refused)) as reports:
        for basis, report in reports:
            results.add(connection, basis, [report])
            withheld += report.verdict is Verdict.JUDGE_ERROR
            judged += report.verdict is not Verdict.JUDGE_ERROR
            done(judged + withheld, total, basis.kata.slug)
    connection.execute("PRAGMA synchronous = FULL")
    anew = tuple(regrade.due(connection, course))
    return Graded(judged, known, untouched, withheld, anew, tuple(refused.items()))


def _missing(connection: sqlite3.Connection, course: Course) -> tuple[
        dict[str, list[Handed]], int, int]:
    """Return the contents to judge by kata; how many are known, how many untouched."""
    bases = course.bases
    shipped = stubs.known_stubs(course.root / "katas")
    have = {slug: results.of_basis(connection, basis.id) for slug, basis in bases.items()}
    seen: dict[tuple[str, str], Handed] = {}
    for each in snapshots.handed_in(connection, tuple(bases)):
        if each.file.state is State.TAKEN:
            seen.setdefault((each.file.slug, each.file.sha256), each.file)
    todo: dict[str, list[Handed]] = {slug: [] for slug in bases}
    known = untouched = 0
    for (slug, sha256), file in seen.items():
        if file.stub in shipped.get(slug, ()):
            untouched += 1
        elif sha256 in have[slug]:
            known += 1
        else:
            todo[slug].append(file)
    return {slug: files for slug, files in todo.items() if files}, known, untouched


def _register(connection: sqlite3.Connection, store: Path, basis: Basis) -> None:
    kept = keep.keep(store, f"refs/bases/{basis.id}", basis.files,
                     keep.About(f"basis of {basis.kata.slug}\n", 0))
    results.register(connection, basis, kept)


def _reports(root: Path, store: Path, options: Options, every: Sequence[_Due],
             refused: dict[str, str]) -> Generator[tuple[Basis, Report]]:
    """Judge all that is due, here or on a cluster; yield each Report as it comes."""
    if options.scheduler is None:
        told = _here(root, store, options, every)
    elif every:
        told = _elsewhere(store, options.scheduler, every, refused)
    else:
        return
    with closing(told):
        for place, report in told:
            basis, file = every[place]
            # A file that could not even be read has no bytes in its Report: the hash is ours.
            yield basis, replace(report, submission_sha256=file.sha256)


def _here(root: Path, store: Path, options: Options,
          every: Sequence[_Due]) -> Generator[tuple[int, Report]]:
    # One more than cores where a job's sides wait for each other on different ones (processors.py).
    more = any(not takes_turns(basis.kata) for basis, _ in every)
    jobs = options.jobs or (os.cpu_count() or 1) + more
    with Judge(root, jobs=jobs, require_sandbox=True, store=options.store) as judge:
        for begin in range(0, len(every), _CHUNK):
            requests = [_request(*each) for each in _with_contents(
                store, every[begin: begin + _CHUNK])]
            for place, report in judge.judge_many(requests):
                yield begin + place, report


def _elsewhere(store: Path, scheduler: Scheduler, every: Sequence[_Due],
               refused: dict[str, str]) -> Generator[tuple[int, Report]]:
    from graders.cohort.cluster import judge_many
    from graders.cohort.job import job_of

    jobs = ((begin + place, job_of(basis, data, file.sha256[:12]))
            for begin in range(0, len(every), _CHUNK)
            for place, (basis, file, data) in enumerate(
                _with_contents(store, every[begin: begin + _CHUNK])))
    return judge_many(scheduler, jobs, refused.__setitem__)


def _with_contents(store: Path, chunk: Sequence[_Due]) -> Iterator[tuple[Basis, Handed, bytes]]:
    texts = keep.read(store, [file.blob for _, file in chunk], sum(f.size for _, f in chunk))
    for basis, file in chunk:
        yield basis, file, texts[file.blob]


def _request(basis: Basis, file: Handed, data: bytes) -> Request:
    request = submitted(basis.kata, data, basis.kata.stub.name, file.sha256[:12])
    return replace(request, hidden=basis.hidden, seed=basis.seed)
