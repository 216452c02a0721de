"""`cohort create`: a repository for every learner of a roster.

    cohort.toml, roster.csv ─ Plan ─ store: one master, a commit each ─ repositories, in parallel

Everything is checked before anything is written. Each step can be run again: what is there stays
as it is, and only what is missing is made, so a run that was stopped anywhere is finished by the
next. A repository that cannot be made is told at the end and stops no other.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from graders.cohort import place, roster, settings, template
from graders.cohort.lock import locked, sweep
from graders.cohort.personal import SENTINELS
from graders.cohort.remote import Outcome, Remote
from graders.cohort.settings import Cohort
from graders.cohort.store import Store
from graders.cohort.template import Template
from graders.errors import GraderError, did_you_mean
from graders.model import Learner
from graders.phrases import phrase
from graders.repository import Repository

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """A cohort whose files have been checked; `remote` is where repositories are to be made."""

    cohort: Cohort
    learners: tuple[Learner, ...]
    template: Template
    answers: Mapping[str, object]
    remote: Remote


@dataclass(frozen=True, slots=True)
class Created:
    """What became of a run: ids made now, ids there before, and (id, why) of those that failed."""

    made: tuple[str, ...]
    kept: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Pace:
    jobs: int
    progress: Progress


def plan(folder: Path, roster_csv: Path, choose: Callable[[Cohort], Remote]) -> Plan:
    """Check settings, roster and template of a cohort. Raises GraderError; writes nothing."""
    cohort = settings.read(folder)
    learners = roster.read(roster_csv)
    ids = [learner.id for learner in learners]
    for each in cohort.extensions:
        if each not in ids:
            raise GraderError(phrase("{file}: [extensions.{id}]: no such learner in {roster}{text}",
                                     file=settings.FILE, id=each, roster=roster_csv,
                                     text=did_you_mean(each, ids) or phrase("; add them there")))
    with tempfile.TemporaryDirectory(prefix="kata40-template-") as scratch:
        found = template.check(cohort, Path(scratch))
    return Plan(cohort, learners, found, template.answers(cohort, found), choose(cohort))


def create(planned: Plan, jobs: int, progress: Progress) -> Created:
    """Make what is missing, `jobs` at a time. Raises GraderError when nothing can be made."""
    folder = planned.cohort.folder
    with locked(folder):
        learners = _with_known_addresses(planned)
        _write_roster(planned.cohort.roster, learners)
        store = Store.open(folder)
        sweep(store.repository.path)
        shipped = store.shipped()
        if new := [each for each in learners if each.id not in shipped]:
            master = store.master(planned.template, planned.answers, lambda: _render(planned))
            shipped = store.ship(planned.cohort, planned.template, master, new)
        planned.cohort.repositories.mkdir(exist_ok=True)
        place.sweep(planned.cohort.repositories)
        return _all(planned, store.repository, [(each, shipped[each.id]) for each in learners],
                    _Pace(jobs, progress))


def dry_run(planned: Plan) -> list[str]:
    """Return every call that `create` would make now, one a line. Writes nothing."""
    folder = planned.cohort.folder
    shipped = Store.open(folder).shipped() if (folder / "store.git").exists() else {}
    learners = _with_known_addresses(planned)
    lines = [f"write {folder / settings.ROSTER}"]
    if any(each.id not in shipped for each in learners):
        lines.append(f"copier copy --vcs-ref {planned.template.version} "
                     f"{planned.template.address}  # once")
    for each in learners:
        lines += planned.remote.calls(each)
    return lines


def _render(planned: Plan) -> Mapping[str, template.File]:
    return template.render(planned.template, {**planned.answers, **SENTINELS})


def _all(planned: Plan, store: Repository, wanted: Sequence[tuple[Learner, str]],
         pace: _Pace) -> Created:
    """Make the repositories; leave the addresses that were found behind, however this ends."""
    outcomes: dict[str, Outcome] = {}
    failed: dict[str, str] = {}
    with ThreadPoolExecutor(pace.jobs) as pool:
        tasks = {pool.submit(planned.remote.make, learner, store, commit): learner.id
                 for learner, commit in wanted}
        try:
            for number, task in enumerate(as_completed(tasks), 1):
                each = tasks[task]
                pace.progress(number, len(tasks), each)
                try:
                    outcomes[each] = task.result()
                except (GraderError, OSError) as error:
                    failed[each] = " ".join(str(error).split())
        finally:  # an interruption starts no more
            pool.shutdown(wait=True, cancel_futures=True)
            _write_roster(planned.cohort.roster, [
                replace(learner, repo=outcomes[learner.id].address or learner.repo)
                if learner.id in outcomes else learner for learner, _ in wanted])
    ids = [learner.id for learner, _ in wanted]
    return Created(
        tuple(each for each in ids if each in outcomes and outcomes[each].made),
        tuple(each for each in ids if each in outcomes and not outcomes[each].made),
        tuple((each, failed[each]) for each in ids if each in failed))


def _with_known_addresses(planned: Plan) -> list[Learner]:
    """Return the learners, each with the address that an earlier run has found for them."""
    path = planned.cohort.roster
    known = {each.id: each.repo for each in roster.read(path)} if path.exists() else {}
    return [replace(each, repo=each.repo or known.get(each.id, "")) for each in planned.learners]


def _write_roster(path: Path, learners: Sequence[Learner]) -> None:
    """Write the cohort's copy of the roster, whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(roster.text(learners), encoding="utf-8", newline="")
    os.replace(new, path)
