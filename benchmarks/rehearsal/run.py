"""The stages of a rehearsal, in their order: what ran, what it cost, and what was checked.

A second cohort, of every fifth learner, copied before the first kill, goes through the same stages
undisturbed: what the killed one comes to for these must be what that one comes to.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.grading import KATAS
from benchmarks.rehearsal import after, checks, learners, school
from benchmarks.rehearsal.checks import demand
from benchmarks.rehearsal.instructor import Did, Instructor
from benchmarks.rehearsal.learners import Work
from graders import catalog, stubs
from graders.cohort import roster, settings

_CALM = 5


@dataclass(frozen=True, slots=True)
class Stage:
    """One line of the table; `count` things were done, `checked` is what holds."""

    name: str
    wall_s: float
    cpu_s: float
    count: int
    checked: str


@dataclass
class Rehearsal:
    """A rehearsal under way: the two cohorts, what learners did, and the stages so far."""

    scratch: Path
    learners: int
    jobs: int
    tell: Callable[[Stage], None]
    stages: list[Stage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.course = school.course(self.scratch / "course")
        self.main = Instructor(self.course, self.scratch / "cohort", self.scratch / "store",
                               self.jobs)
        self.calm = Instructor(self.course, self.scratch / "calm", self.scratch / "calm-store",
                               self.jobs)
        every = catalog.load(self.course).katas
        self.katas = [kata for kata in every if kata.slug in KATAS]
        self.paths = {kata.slug: kata.stub.relative_to(self.course).as_posix()
                      for kata in self.katas}
        self.alarm = self.scratch / "alarm"
        self.works: dict[str, Work] = {}

    def note(self, name: str, did: Did | list[Did], count: int, *checked: str) -> None:
        """Write a stage down, of one command or of several runs of it."""
        runs = did if isinstance(did, list) else [did]
        stage = Stage(name, sum(each.wall_s for each in runs), sum(each.cpu_s for each in runs),
                      count, "; ".join(checked))
        self.stages.append(stage)
        self.tell(stage)

    def repository(self, learner: str, cohort: Path | None = None) -> Path:
        """Return where a learner's repository is."""
        return (cohort or self.main.cohort) / "repos" / learner

    @property
    def there(self) -> list[str]:
        """The ids of those whose repository can be had."""
        return [each for each, work in self.works.items() if work.odd != "gone"]

    @property
    def there_calm(self) -> list[str]:
        """Those of them who are in the second cohort."""
        return [each for each in list(self.works)[::_CALM] if self.works[each].odd != "gone"]


def rehearse(rehearsal: Rehearsal) -> list[Stage]:
    """Go through all stages. Raises AssertionError for what does not hold, RuntimeError else."""
    _create(rehearsal)
    _learn(rehearsal)
    _update(rehearsal)
    _collect(rehearsal)
    _grade(rehearsal)
    _collect_late(rehearsal)
    _regrade(rehearsal)
    after.mark(rehearsal)
    after.export(rehearsal)
    after.give_back(rehearsal)
    after.compare(rehearsal)
    after.ask(rehearsal)
    demand(not rehearsal.alarm.exists(), "something of a learner's repository was run")
    return rehearsal.stages


def _create(it: Rehearsal) -> None:
    listed, cohort = it.scratch / "roster.csv", it.main.cohort
    school.settings(cohort, it.course, "v1", KATAS)
    words = ("cohort", "create", str(listed), "--out", str(cohort), "--forge", "bare",
             "--jobs", str(it.jobs))
    school.roster(listed, 1)
    it.note("create, the first", it.main.run(*words), 1, "with the rendering")
    school.roster(listed, it.learners)
    did = it.main.run(*words)
    made = [each for each in school.ids(it.learners) if (cohort / "repos" / each).is_dir()]
    demand(len(made) == it.learners, f"{len(made)} repositories for {it.learners}")
    it.note("create, the others", did, it.learners - 1, f"{len(made)} repositories")
    it.main.run("cohort", "status", str(cohort))  # makes the secret, which both cohorts share


def _learn(it: Rehearsal) -> None:
    it.works = learners.works(it.course, it.katas, it.learners)
    for each, work in it.works.items():
        learners.push(it.repository(each), it.paths, work, it.alarm)
    shutil.copytree(it.main.cohort, it.calm.cohort)
    listed = roster.read(it.main.cohort / settings.ROSTER)
    (it.calm.cohort / settings.ROSTER).write_text(roster.text(listed[::_CALM]), encoding="utf-8")


def _update(it: Rehearsal) -> None:
    school.fix(it.course)
    before = {each: checks.own(it.repository(each)) for each in it.there}
    heads = {each: _head(it.repository(each)) for each in it.there}
    for instructor in (it.main, it.calm):
        school.settings(instructor.cohort, it.course, "v2", KATAS)

    def some_have_it() -> bool:
        moved = sum(_head(it.repository(each)) != head for each, head in heads.items())
        return moved >= it.learners / 3

    words = ("--jobs", str(it.jobs))
    killed = it.main.killed("cohort", "update", str(it.main.cohort), *words, when=some_have_it)
    again = it.main.run("cohort", "update", str(it.main.cohort), *words, expected=(0, 1))
    replaced = (school.FIXED, *learners.TAMPERED)
    files = sum(checks.kept(it.repository(each), own, replaced) for each, own in before.items())
    it.calm.run("cohort", "update", str(it.calm.cohort), *words, expected=(0, 1))
    for each in it.there_calm:
        demand(_head(it.repository(each)) == _head(it.repository(each, it.calm.cohort)),
               f"{each}: has another commit than without a kill")
    it.note("update, killed once", [killed, again], len(it.there),
            f"{files} files of learners as they were; commits as without kills")


def _head(repository: Path) -> str:
    return (repository / "refs/heads/main").read_text().strip()


def _collect(it: Rehearsal) -> None:
    words = ("cohort", "collect", str(it.main.cohort))
    killed = it.main.killed(
        *words, when=lambda: checks.count(it.main.cohort, "snapshots") >= it.learners / 3)
    again = it.main.run(*words, expected=(0, 1))
    it.calm.run("cohort", "collect", str(it.calm.cohort), expected=(0, 1))
    first = it.katas[0].slug
    told = checks.collected(it.main.cohort, it.works, first)
    checks.collected(it.calm.cohort, dict(list(it.works.items())[::_CALM]), first)
    it.note("collect, killed once", [killed, again], len(it.works), told,
            checks.once(it.main.cohort))


def _grade(it: Rehearsal) -> None:
    words = ("cohort", "grade", str(it.main.cohort), "--jobs", str(it.jobs))
    did = []
    for part in (8, 3):
        most = it.learners * len(it.katas) // part
        did.append(it.main.killed(*words, when=partial(_has, it.main.cohort, most)))
    did.append(it.main.run(*words))
    calm = it.calm.run("cohort", "grade", str(it.calm.cohort), "--jobs", str(it.jobs))
    known = stubs.known_stubs(it.course / "katas")
    attempted = checks.judged(it.main.cohort, it.works, known)
    it.note("grade, killed twice", did, attempted, checks.once(it.main.cohort),
            checks.same(it.main.cohort, it.calm.cohort))
    it.note("grade of a fifth, without kills", calm, checks.count(it.calm.cohort, "results"))
    it.note("grade again", it.main.run(*words), attempted, "nothing was judged")


def _changed(did: Did) -> set[str]:
    return {line for line in did.out.splitlines() if ", two_sum: " in line}


def _has(cohort: Path, results: int) -> bool:
    return checks.count(cohort, "results") >= results


def _collect_late(it: Rehearsal) -> None:
    """Let some improve two_sum after the deadline, and collect again."""
    right = (it.course / school.MENDED).with_name("two_sum.py").read_bytes()
    late = [each for each, work in it.works.items() if not work.odd][3::7]
    for each in late:
        module = right + b"\n# late, by %s\n" % each.encode()
        it.works[each] = Work({**it.works[each].modules, "two_sum": module}, "late")
        for instructor in (it.main, it.calm):
            learners.push(it.repository(each, instructor.cohort), it.paths, it.works[each],
                          it.alarm)
    both = [each.run("cohort", "collect", str(each.cohort), expected=(0, 1))
            for each in (it.main, it.calm)]
    it.note("collect, late", both[0], len(it.works), f"{len(late)} handed in anew")


def _regrade(it: Rehearsal) -> None:
    for each in (it.main, it.calm):
        each.run("cohort", "grade", str(each.cohort))
    school.mend(it.course)
    words = ("cohort", "grade", str(it.main.cohort), "--jobs", str(it.jobs))
    had = checks.count(it.main.cohort, "results")
    killed = it.main.killed(*words, when=partial(_has, it.main.cohort, had + it.learners // 4))
    again = it.main.run(*words)
    calm = it.calm.run("cohort", "grade", str(it.calm.cohort))
    changed, expected = _changed(again), _changed(calm)
    demand(bool(changed), f"no mark has changed:\n{again.out}")
    demand(expected <= changed,
           "after a kill other marks have changed than without")
    (judged,) = checks.rows(it.main.cohort, "SELECT count(DISTINCT slug) FROM results WHERE id > "
                            f"{had}")
    demand(judged == (1,), "another kata was judged anew, too")
    it.note("regrade, killed once", [killed, again],
            checks.count(it.main.cohort, "results") - had, checks.once(it.main.cohort),
            checks.same(it.main.cohort, it.calm.cohort), f"{len(changed)} lines of changed marks")
