"""`grade`: judge what the learner has changed in the working tree; leave the rest alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graders.catalog import Catalog
from graders.learn import progress
from graders.model import Kata, Report
from graders.report.standing import Standing, State

Done = Callable[[int, int, str], None]  # how many of how many are judged, and the last one's slug


@dataclass(frozen=True, slots=True)
class Options:
    """How to judge. `jobs` None: as many as processors and memory allow."""

    jobs: int | None = None
    engine: str | None = None  # the one that serves this system best
    lane: str = "embedded"  # where services come from


def choose(catalog: Catalog, names: Iterable[str]) -> tuple[Kata, ...]:
    """Return the katas that slugs and topics name, in the order of learning; all without names.

    Raises GraderError for a name that is unknown.
    """
    wanted = [kata.slug for name in names for kata in catalog.find(name)]
    if not wanted:
        return catalog.katas
    return tuple(kata for kata in catalog.katas if kata.slug in wanted)


def grade(
    catalog: Catalog, katas: Sequence[Kata], options: Options, done: Done
) -> tuple[Standing, ...]:
    """Judge the changed ones of `katas` in parallel; return where each stands, in their order.

    Starts no engine when none is changed. Raises JudgeError when no engine can be started.
    """
    slugs = {kata.slug for kata in katas}
    chosen = [each for each in progress.survey(catalog) if each.kata.slug in slugs]
    changed = [each.kata for each in chosen if each.state is not State.UNTOUCHED]
    reports = _judge(catalog.root, changed, options, done) if changed else {}
    return tuple(_standing(each, reports.get(each.kata.slug)) for each in chosen)


def _standing(before: Standing, report: Report | None) -> Standing:
    if report is None:
        return before
    state = State.SOLVED if report.accepted else State.ATTEMPTED
    return replace(before, state=state, report=report)


def _judge(
    root: Path, katas: Sequence[Kata], options: Options, done: Done
) -> dict[str, Report]:
    from graders.judge.judge import Judge
    from graders.judge.request import read_submission

    requests = [read_submission(kata, kata.stub) for kata in katas]
    reports: dict[str, Report] = {}
    done(0, len(katas), "")
    with Judge(root, jobs=options.jobs, engine=options.engine, lane=options.lane) as judge:
        for index, report in judge.judge_many(requests):
            kata, source = katas[index], requests[index].submission.source
            reports[kata.slug] = report
            done(len(reports), len(katas), kata.slug)
            # At once: Ctrl-C loses nothing.
            progress.remember(root, kata.slug, source, report, kata.minutes)
    return reports
