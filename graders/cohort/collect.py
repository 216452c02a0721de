"""collect: every learner's repository as our fetch finds it, by our clock.

    roster --> fetch (several at a time) --> keep, snapshot (one writer)

One collection is one pass. A run that was broken off is taken up where it stopped, unless a
deadline came since. A repository that hangs costs one place until its time is up, and nobody
else's turn. Commit dates are kept to be shown and decide nothing. Nothing of a learner's is run.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graders import stubs
from graders.cohort import bounded_git, keep, snapshots
from graders.cohort.fetch import HEAD, Fetched, File, State, Wanted, fetch, located
from graders.cohort.late import parse
from graders.cohort.lock import sweep
from graders.cohort.shipped import Shipped
from graders.cohort.snapshots import Collection, Handed, Snapshot
from graders.errors import GraderError
from graders.judge import cache
from graders.model import Kata, Learner
from graders.phrases import phrase

QUARANTINE = ".quarantine"
REPOSITORIES = "repos"  # where `create` puts those that have no address of their own
STALE = timedelta(hours=6)  # a collection broken off longer ago is not taken up again
JOBS = 8  # fetches at a time: most of one is waiting for a network

Done = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Task:
    """What is collected: of whom, which katas, and what they were given with them."""

    cohort: Path
    root: Path  # the instructor's repository
    learners: Sequence[Learner]
    katas: Sequence[Kata]
    shipped: Shipped
    deadlines: Sequence[datetime] = ()  # the cohort's, and those of extensions
    ref: str = HEAD
    variables: Mapping[str, str] = field(default_factory=dict)  # for git: see `access`

    def paths(self) -> dict[str, str]:
        """Return each kata's module, as a path in a learner's repository, by slug."""
        return {kata.slug: kata.stub.relative_to(self.root).as_posix() for kata in self.katas}


@dataclass(frozen=True, slots=True)
class Mode:
    """How it goes.

    `again`: begin a new collection though one was broken off. `retry`: only what failed in the
    last one, into that collection.
    """

    jobs: int = JOBS
    again: bool = False
    retry: bool = False


def collect(connection: sqlite3.Connection, task: Task, mode: Mode, done: Done) -> Collection:
    """Collect from everyone whom the collection has not yet; return it, ended.

    Raises GraderError when our own store or database cannot be written. What is wrong with a
    learner's repository goes into their snapshot.
    """
    store = keep.open_store(task.cohort)
    sweep(store)
    quarantine = task.cohort / QUARANTINE
    shutil.rmtree(quarantine, ignore_errors=True)  # of a run that was killed
    collection = _collection(connection, mode, task.deadlines)
    have = snapshots.fetched_of(connection, collection.id)
    todo = [each for each in task.learners if each.id not in have]
    done(len(task.learners) - len(todo), len(task.learners), "")
    work = _Work(task, store, quarantine)
    pool = ThreadPoolExecutor(mode.jobs, thread_name_prefix="collect")
    try:
        waiting: dict[Future[Snapshot], Learner] = {
            pool.submit(work.snapshot, each, collection.id): each for each in todo}
        for count, future in enumerate(as_completed(waiting), len(have) + 1):
            snapshots.add(connection, collection.id, future.result())
            done(min(count, len(task.learners)), len(task.learners), waiting[future].id)
    except BaseException:
        work.stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
        bounded_git.stop()
        raise
    finally:
        pool.shutdown()
        shutil.rmtree(quarantine, ignore_errors=True)
    snapshots.end(connection, collection)
    found = snapshots.last(connection)
    assert found is not None
    return found


def _collection(connection: sqlite3.Connection, mode: Mode,
                deadlines: Sequence[datetime]) -> Collection:
    last = snapshots.last(connection)
    if mode.retry and last is None:
        raise GraderError(phrase("cohort collect: nothing was collected yet; leave out --retry"))
    if last is None or mode.again or not (mode.retry or _goes_on(last, deadlines)):
        return snapshots.begin(connection)
    return last


def _goes_on(last: Collection, deadlines: Sequence[datetime]) -> bool:
    """Whether a collection was broken off just now; not when somebody's deadline came since.

    What it has would be taken for what stood there at the deadline.
    """
    began, now = parse(last.began), datetime.now(UTC)
    return (not last.ended and now - began < STALE
            and not any(began < each <= now for each in deadlines))


@dataclass
class _Work:
    """What the threads share; none of it changes but the flag."""

    task: Task
    store: Path
    quarantine: Path

    def __post_init__(self) -> None:
        self.stopped = threading.Event()
        self.paths = self.task.paths()
        self.wanted = Wanted(tuple(self.paths.values()), self.task.shipped.watched)

    def snapshot(self, learner: Learner, collection: int) -> Snapshot:
        """Fetch one repository and keep what it holds of the katas."""
        address = learner.repo or f"{REPOSITORIES}/{learner.id}"
        at = datetime.now(UTC)
        fetched_at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            self._refuse_if_stopped()
            found = fetch(self.quarantine, located(address, self.task.cohort), self.wanted,
                          self.task.ref, self.task.variables)
        except GraderError as error:
            self._refuse_if_stopped()
            return Snapshot(learner.id, address, fetched_at, problem=str(error))
        about = (f"{learner.id}, collection {collection}\n\n"
                 f"{found.commit} of {address}, fetched {fetched_at}\n")
        kept = keep.keep(self.store, keep.ref_of(learner.id, collection), found.files,
                         keep.About(about, int(at.timestamp())))
        return Snapshot(learner.id, address, fetched_at, self.task.ref, found.commit,
                        found.written, kept, "", self._handed(found),
                        self.task.shipped.changes(found.others))

    def _handed(self, found: Fetched) -> tuple[Handed, ...]:
        by_path = {each.path: each for each in found.files}
        return tuple(_handed(slug, by_path[path]) for slug, path in self.paths.items())

    def _refuse_if_stopped(self) -> None:
        if self.stopped.is_set():
            raise KeyboardInterrupt


def _handed(slug: str, file: File) -> Handed:
    if file.state is not State.TAKEN:
        return Handed(slug, file.state, file.blob, file.size)
    return Handed(slug, file.state, file.blob, file.size, cache.sha256(file.data),
                  stubs.stub_hash(file.data))


