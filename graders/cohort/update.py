"""`cohort update`: a new version of the template for every learner, and nobody's work touched.

    store: shipped ──► next       the new version, as each learner is to have it
    fetch: mine                   their branch, into our store
    merge: decide                 path by path; see there
    give:  update ──► their branch, and the work tree of a repository on this machine

Nothing of a learner's repository is trusted: which version they have, and what it held, stands in
our store. What was given is noted after it has arrived, so that a run that was stopped anywhere is
finished by the next. A repository in trouble is told and stops no other.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from graders import stubs
from graders.cohort import access, roster, settings, template, transfer, trees, worktree
from graders.cohort.lock import locked, sweep
from graders.cohort.merge import Decision, decide
from graders.cohort.personal import SENTINELS
from graders.cohort.store import MINE, NEXT, SHIPPED, UPDATE, Store, commit
from graders.cohort.transfer import Place
from graders.errors import GraderError, did_you_mean
from graders.model import Learner
from graders.phrases import phrase

Progress = Callable[[int, int, str], None]
_TRIES = 3  # when a learner pushes at the same moment


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of one learner's repository; `why` says why it could not be updated.

    Without a `decision` it had the version already.
    """

    learner: str
    decision: Decision | None = None
    why: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do for anybody."""
        return not self.why and not (self.decision and self.decision.conflicts)


@dataclass(frozen=True, slots=True)
class _Run:
    """What all learners of one update share."""

    cohort: settings.Cohort
    store: Store
    date: str
    message: str
    known: Mapping[str, frozenset[str]]
    deliver: bool


def update(folder: Path, ids: Sequence[str], how: tuple[int, Progress], deliver: bool = True,
           ) -> list[Updated]:
    """Bring the repositories of a cohort to the version that its settings name.

    `ids` are those of the roster that are wanted, none for all; `how` is how many at once, and
    what to tell of each. Without `deliver` no repository is changed. Raises GraderError when
    nothing can be updated.
    """
    cohort = settings.read(folder)
    learners = _chosen(roster.read(cohort.roster), ids)
    with tempfile.TemporaryDirectory(prefix="kata40-template-") as scratch:
        found = template.check(cohort, Path(scratch))
    jobs, progress = how
    with locked(cohort.folder):
        store = Store.open(cohort.folder)
        sweep(store.repository.path)
        answers = template.answers(cohort, found)
        master = store.master(found, answers,
                              lambda: template.render(found, {**answers, **SENTINELS}))
        manifest = master[0].files.get(stubs.MANIFEST)
        known = stubs.parse(manifest.data, stubs.MANIFEST) if manifest else {}
        had = store.shipped()
        store.ship(cohort, found, master, [each for each in learners if each.id in had], NEXT)
        message = f"Update to {found.version}\n\nYour own work is as you left it.\n"
        run = _Run(cohort, store, found.date, message, known, deliver)
        waiting = _waiting(store, learners)
        results = [Updated(each.id) for each in learners if each.id in had
                   and each not in waiting]
        results += [Updated(each.id, why=phrase("was never created; run cohort create first"))
                    for each in learners if each.id not in had]
        with ThreadPoolExecutor(jobs) as pool:
            tasks = [pool.submit(_one, run, each) for each in waiting]
            try:
                for number, task in enumerate(as_completed(tasks), 1):
                    results.append(task.result())
                    progress(number, len(tasks), results[-1].learner)
            finally:  # an interruption starts no more
                pool.shutdown(wait=True, cancel_futures=True)
        _tidy(store)
    order = {each.id: number for number, each in enumerate(learners)}
    return sorted(results, key=lambda each: order[each.learner])


def _chosen(learners: Sequence[Learner], ids: Sequence[str]) -> list[Learner]:
    known = [each.id for each in learners]
    for each in ids:
        if each not in known:
            raise GraderError(phrase("{word}: no learner of this cohort has this id{advice}",
                                     word=each, advice=did_you_mean(each, known)))
    return [each for each in learners if not ids or each.id in ids]


def _waiting(store: Store, learners: Sequence[Learner]) -> list[Learner]:
    """Return those who do not have what they are to be given."""
    had, wanted = store.repository.trees(SHIPPED), store.repository.trees(NEXT)
    return [each for each in learners if each.id in had and had[each.id] != wanted[each.id]]


def _one(run: _Run, learner: Learner) -> Updated:
    try:
        for tries in range(_TRIES, 0, -1):
            mine = _take(run, learner)
            decision, made = _decided(run, learner, mine)
            if not run.deliver:
                return Updated(learner.id, decision)
            try:
                _give(run, learner, (mine, made), decision)
            except GraderError:
                if tries == 1 or transfer.tip(_where(run, learner)) == mine:
                    raise
                continue  # the learner has pushed meanwhile
            break
        _note(run, learner, decision)
        return Updated(learner.id, decision)
    except (GraderError, OSError) as error:
        return Updated(learner.id, why=" ".join(str(error).split()))


def _where(run: _Run, learner: Learner) -> Place:
    return Place(learner.repo or f"{settings.REPOSITORIES}/{learner.id}", run.cohort.folder,
                 access.variables(run.cohort))


def _take(run: _Run, learner: Learner) -> str:
    ref = MINE + learner.id
    transfer.take(run.store.repository.path, _where(run, learner), ref)
    return run.store.repository.resolve(ref)


def _decided(run: _Run, learner: Learner, mine: str) -> tuple[Decision, str]:
    """Return what to do, and the commit that does it: the learner's own where nothing is to do."""
    repository = run.store.repository
    sides = [trees.listed(repository.path, each)
             for each in (SHIPPED + learner.id, mine, NEXT + learner.id)]
    asked = trees.Contents(repository.path, run.known)
    for side in sides:
        asked.sizes.update(side.sizes)
    base, own, theirs = (side.tree for side in sides)
    decision = decide(base, own, theirs, asked)
    if decision.blocked:
        raise GraderError(phrase(
            "{path}: cannot be written beside a file of the learner's whose name is almost the "
            "same; ask for that to be renamed", path=decision.blocked[0]))
    if not decision.changes:
        return decision, mine
    repository.take_in(commit(UPDATE + learner.id, run.date, run.message, [
        (f"M {entry[0]} {entry[1]} {path}\n" if entry else f"D {path}\n").encode()
        for path, entry in sorted(decision.changes.items(), key=lambda each: each[1] is not None)
    ], mine))
    made = repository.resolve(UPDATE + learner.id)
    if repository.differing(mine, made) != set(decision.changes):
        raise GraderError(phrase("the commit would change other files than it should; please "
                                 "report this"))
    return decision, made


def _give(run: _Run, learner: Learner, commits: tuple[str, str], decision: Decision) -> None:
    """Put the commit onto the learner's branch; files and index of a work tree here before it."""
    mine, made = commits
    if mine == made:
        return
    store = run.store.repository
    where = _where(run, learner)
    repository = where.base / where.address
    if template.is_path(where.address) and worktree.has_one(repository):
        old = trees.listed(store.path, mine)
        asked = trees.Contents(store.path, run.known, dict(old.sizes))
        asked.sizes.update(trees.listed(store.path, made).sizes)
        changes = worktree.changes(old.tree, decision.changes, asked.content)
        worktree.check(repository, changes)
        put_index = worktree.move_index(repository, store.path, commits)
        worktree.write(repository, changes)
        put_index()
    transfer.give(store.path, where, made)


def _note(run: _Run, learner: Learner, decision: Decision) -> None:
    """Remember what the learner has now; with a conflict they have not got all of it yet."""
    if not decision.conflicts:
        repository = run.store.repository
        repository.point({SHIPPED + learner.id: repository.resolve(NEXT + learner.id)})


def _tidy(store: Store) -> None:
    """Forget what was only needed on the way; learners' commits would stay in the store else."""
    store.repository.point({prefix + name: "" for prefix in (NEXT, MINE, UPDATE)
                            for name in store.repository.refs(prefix)})
