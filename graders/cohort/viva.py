"""Three questions to a learner on their own accepted code, with the key, to be asked in person.

    result   what it returns for an input made anew from the learner's own seed
    change   which of the stated tests fails when one line of it is changed
    cost     what ten times the size costs, from how their code grew when it was judged

Input and changed line come from small mutants of the learner's module, judged like any
submission: where a mutant answers wrongly, the suite tells the call, and the judge what the
learner's own code gives for it. Nothing of the learner's is run here; their text is only parsed.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.cohort import gradebook, keep, results
from graders.cohort.basis import Basis, secret
from graders.cohort.course import Course
from graders.cohort.markdown import code
from graders.cohort.marks import Row, Standing
from graders.cohort.viva_value import plain_call, value
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Report, Status, Submission, Verdict
from graders.words import say

MUTANTS = 8  # of each learner's module
LONGEST = 240  # characters of a call or a value that can be asked about
MOST_BYTES, DEEPEST = 64 << 10, 60  # what is parsed: bytes, and brackets in brackets
_TIMES = 10

Done = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the key, in Markdown; `choices` are the tests to choose from."""

    slug: str
    ask: str
    key: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viva:
    """One learner's questions; fewer than three where their code gives no more."""

    learner: str
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Trial:
    """One mutant of a learner's module, and what became of it."""

    line: int
    before: str
    after: str
    report: Report


def vivas(connection: sqlite3.Connection, course: Course, learners: Sequence[str],
          store: Path | None, done: Done) -> list[Viva]:
    """Return the questions for these learners, or for all when there are none.

    Raises JudgeError when no engine starts.
    """
    book = gradebook.read(connection, course)
    rows = [row for row in book.rows if not learners or row.learner.id in learners]
    key = secret(course.folder)
    found = []
    with Judge(course.root, require_sandbox=True, store=store) as judge:
        for count, row in enumerate(rows, 1):
            chance = random.Random(hmac.new(key, f"viva {row.learner.id}".encode(),
                                            hashlib.sha256).hexdigest())
            found.append(_viva(connection, course, judge, row, chance))
            done(count, len(rows), row.learner.id)
    return found


def _viva(connection: sqlite3.Connection, course: Course, judge: Judge, row: Row,
          chance: random.Random) -> Viva:
    accepted = [mark for mark in row.marks
                if mark.standing is Standing.JUDGED and mark.verdict == Verdict.ACCEPTED]
    chance.shuffle(accepted)
    wanted = {"result", "change", "cost"}
    questions: list[Question] = []
    for mark in accepted:
        if not wanted:
            break
        basis = course.bases[mark.slug]
        if "cost" in wanted and (question := _cost(results.report(connection, mark.result))):
            questions.append(question)
            wanted.discard("cost")
        if wanted & {"result", "change"}:
            data = keep.read(keep.open_store(course.folder), [mark.blob], MOST_BYTES)[mark.blob]
            trials = _trials(judge, basis, data, chance)
            if "result" in wanted and (question := _result(judge, basis, data, trials)):
                questions.append(question)
                wanted.discard("result")
            if "change" in wanted and (question := _change(basis, trials)):
                questions.append(question)
                wanted.discard("change")
    return Viva(row.learner.id, row.learner.name, tuple(questions))


def _trials(judge: Judge, basis: Basis, data: bytes, chance: random.Random) -> list[_Trial]:
    from graders.author import mutants

    text = data.decode("utf-8")
    if not _fit(text):
        return []
    made = mutants.make(text)
    chosen = sorted(chance.sample(made, min(MUTANTS, len(made))), key=lambda each: each.line)
    seed = chance.randbytes(16)  # fresh inputs, this learner's own
    requests = [Request(basis.kata, Submission(basis.kata.slug, each.source.encode()), basis.hidden,
                        seed) for each in chosen]
    reports = dict(judge.judge_many(requests))
    return [_Trial(each.line, each.before, each.after, reports[place])
            for place, each in enumerate(chosen)
            if reports[place].verdict is not Verdict.JUDGE_ERROR]


def _fit(text: str) -> bool:
    """Whether a text is safe to parse here: a learner may nest brackets without end."""
    depth = deepest = 0
    for each in text:
        depth += (each in "([{") - (each in ")]}")
        deepest = max(deepest, depth)
    indented = max((len(line) - len(line.lstrip()) for line in text.splitlines()), default=0)
    return len(text) <= MOST_BYTES and deepest <= DEEPEST and indented <= 4 * DEEPEST


def _result(judge: Judge, basis: Basis, data: bytes,
            trials: Sequence[_Trial]) -> Question | None:
    """Ask for the value of a call; the freshest first: of hidden tests, with new input."""
    calls = sorted((not test.hidden, len(test.failure.call), test.failure.call)
                   for trial in trials for test in trial.report.tests
                   if test.status is Status.FAILED and test.failure.call)
    for call in dict.fromkeys(call for _, size, call in calls if size <= LONGEST):
        if plain_call(basis.kata, call):
            key = value(judge, basis.kata, data, call)
            if key and len(key) <= LONGEST:
                ask = say("What does your code give for this? {call}", call=code(call))
                return Question(basis.kata.slug, ask, code(key))
    return None


def _change(basis: Basis, trials: Sequence[_Trial]) -> Question | None:
    for trial in trials:
        stated = [test for test in trial.report.tests if not test.hidden]
        failing = [test.name for test in stated if test.status not in (
            Status.PASSED, Status.NOT_RUN)]
        passing = any(test.status is Status.PASSED for test in stated)
        if failing and passing and max(len(trial.before), len(trial.after)) <= LONGEST:
            ask = say("Line {line} of your code becomes {after} instead of {before}. Which of "
                      "these tests fail?", line=trial.line, after=code(trial.after),
                      before=code(trial.before))
            return Question(basis.kata.slug, ask, ", ".join(map(code, failing)),
                            tuple(code(test.name) for test in stated))
    return None


def _cost(report: Report) -> Question | None:
    stated = {test.name for test in report.tests if not test.hidden}
    for row in report.growth:
        if row.name in stated and row.sizes and row.cpu_s and row.exponent > 0:
            size, cpu_s = row.sizes[-1], row.cpu_s[-1]
            times = _TIMES ** row.exponent
            ask = say("At size {size} your code took {seconds} s ({name}). About how long does it "
                      "take at {larger}, and why?", size=f"{size:,}", seconds=f"{cpu_s:.4f}",
                      name=code(row.name), larger=f"{_TIMES * size:,}")
            key = say("about {seconds} s: {times} times as long (measured exponent {exponent})",
                      seconds=f"{cpu_s * times:.3f}", times=f"{times:.0f}",
                      exponent=f"{row.exponent:.2f}")
            return Question(report.kata, ask, key)
    return None
