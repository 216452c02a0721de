"""Submissions and the Report each must get: one folder each in tests/situations.

    <name>/submission.py    put after the kata's rest.py, so that it shows only what it is about
    <name>/situation.toml   format = 1
        tries = "…"             what the submission does, in one line
        verdict = "…"           "A|B" where either is right; so below
        kata = "total_of"       or note_file, in _katas
        whole = true            the submission is all of the module, without rest.py
        made = "…"              a file that cannot lie in the repository: a function of MAKERS
        [tests]                 status of each test that does not pass; the others must
        others = "NOT_RUN"      where they must not pass either
        says = ["…"]            words that the Report of the first failing test must contain
        engines = ["fork"]      also "subprocess": what needs no more than that engine has
        needs = ["namespaces"]  layers without which the situation is not judged
        max_wall_s = 5.0        judged by itself, so that its wall time can be bounded

Performance tests are NOT_RUN as soon as another test does not pass.
"""

from __future__ import annotations

import os
import re
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from graders import catalog_kata, words
from graders.catalog_toml import Document
from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge
from graders.judge.request import SOURCE_CAP, Request, read_submission
from graders.judge.templates import KEPT
from graders.model import Group, Kata, Report, Status, Verdict

FOLDER = Path(__file__).resolve().parent.parent / "situations"
KATAS = FOLDER / "_katas"
NAMES = sorted(each.name for each in FOLDER.iterdir()
               if each.is_dir() and not each.name.startswith("_"))
TEXT_CAP = 5 << 10  # characters of any one text in a Report


@dataclass(frozen=True, slots=True)
class Situation:
    """One folder. Keys as above."""

    name: str
    tries: str
    verdict: str
    kata: str = "total_of"
    whole: bool = False
    made: str = ""
    tests: dict[str, str] | None = None
    others: str = "PASSED"
    says: tuple[str, ...] = ()
    engines: tuple[str, ...] = ("fork",)
    needs: tuple[str, ...] = ()
    max_wall_s: float | None = None


def read(name: str) -> Situation:
    held = tomllib.loads((FOLDER / name / "situation.toml").read_text(encoding="utf-8"))
    assert held.pop("format") == 1, name
    lists = {key: tuple(held.pop(key)) for key in ("says", "engines", "needs") if key in held}
    return Situation(name, **lists, **held)


SITUATIONS = [read(name) for name in NAMES]


def kata(slug: str) -> Kata:
    folder = KATAS / slug
    document = Document(f"{slug}/kata.toml", (folder / "kata.toml").read_text(encoding="utf-8"))
    return catalog_kata.parse(document, catalog_kata.Place(
        folder, "algorithms", "a01", "a01_situations", KATAS / "no_solutions"))


KATAS_BY_SLUG = {each.name: kata(each.name) for each in KATAS.iterdir() if each.is_dir()}


# -- submissions ---------------------------------------------------------------------------


def a_missing_file(path: Path) -> None:
    """Leave it missing."""


def a_symbolic_link(path: Path) -> None:
    right = path.with_name("right.py")
    right.write_text((KATAS / "total_of" / "rest.py").read_text())
    path.symlink_to(right)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def a_huge_file(path: Path) -> None:
    path.write_bytes(b"# " + b"x" * SOURCE_CAP)


def latin_1(path: Path) -> None:
    path.write_bytes('# first\nNAME = "café"\n'.encode("latin-1"))


def a_nul(path: Path) -> None:
    path.write_bytes(b"x = 1\0\n")


def deep_source(path: Path) -> None:
    path.write_bytes(b"x = " + b"-" * 200_000 + b"1\n")


MAKERS: dict[str, Callable[[Path], None]] = {
    each.__name__: each
    for each in (a_missing_file, a_symbolic_link, a_folder, a_fifo, a_huge_file, latin_1, a_nul,
                 deep_source)
}


def request(situation: Situation, folder: Path) -> Request:
    """Return what `judge SLUG FILE` makes of the situation's file."""
    path = folder / f"{situation.name}.py"
    if situation.made:
        MAKERS[situation.made](path)
    else:
        rest = b"" if situation.whole else (KATAS / situation.kata / "rest.py").read_bytes()
        path.write_bytes(rest + (FOLDER / situation.name / "submission.py").read_bytes())
    return read_submission(KATAS_BY_SLUG[situation.kata], path)


Reports = dict[str, Report | Exception]  # by name; an exception came from reading the file


def judged(judge: Judge, situations: list[Situation], folder: Path) -> Reports:
    reports: Reports = {}
    requests = {}
    for each in situations:
        try:
            requests[each.name] = request(each, folder)
        except Exception as error:  # fails that situation, not all of them
            reports[each.name] = error
    names = list(requests)
    for index, report in judge.judge_many(requests.values()):
        reports[names[index]] = report
    return reports


# -- what every Report must keep -----------------------------------------------------------


def texts(report: Report) -> list[str]:
    found = [report.message]
    for row in report.tests:
        parts = row.failure
        found += [row.name, row.message, row.output, parts.call, parts.expected, parts.got,
                  parts.message, parts.where]
    return found


def check_laws(report: Report) -> None:
    assert report.verdict is not Verdict.JUDGE_ERROR, report.message
    for text in texts(report):
        raw = {char for char in text if char not in "\n\t"
               and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
        assert not raw, f"not escaped: {raw}"
        assert len(text) <= TEXT_CAP
    passed = [row for row in report.tests if row.status is Status.PASSED]
    assert report.accepted == (bool(passed) and len(passed) == len(report.tests))
    share = len(passed) / len(report.tests) if report.tests else 0
    assert report.points == pytest.approx(100 * share, abs=0.01)


def check(situation: Situation, report: Report | Exception) -> None:
    if isinstance(report, Exception):
        raise report
    missing = [each.name for each in report.protections
               if each.name in situation.needs and not each.on]
    if missing:
        pytest.skip(f"this machine has no {missing[0]}")
    wrong = list(differences(situation, report))
    if wrong:
        rows = [f"    {row.name} {row.status}: {row.message or row.failure.got}"
                for row in report.tests]
        pytest.fail("\n".join([situation.tries, *wrong,
                               f"Report: {report.verdict} {report.message}", *rows]), pytrace=False)
    check_laws(report)


def differences(situation: Situation, report: Report) -> Iterator[str]:
    """Yield what differs from the Report that the situation must get."""
    if str(report.verdict) not in situation.verdict.split("|"):
        yield f"verdict {report.verdict}, not {situation.verdict}"
    told = situation.tests or {}
    if report.tests and (unknown := set(told) - {row.name for row in report.tests}):
        yield f"no such test: {unknown}"
    spoiled = any(row.status is not Status.PASSED for row in report.tests
                  if row.group is Group.CORRECTNESS)
    for row in report.tests:
        usual = "NOT_RUN" if spoiled and row.group is Group.PERF else situation.others
        if str(row.status) not in told.get(row.name, usual).split("|"):
            yield f"{row.name}: {row.status}, not {told.get(row.name, usual)}"
    first = report.first_failure
    shown = [report.message, *((first.message, first.output, str(first.failure)) if first else ())]
    for said in situation.says:
        if said not in "\n".join(shown):
            yield f"does not say {said!r}"


# -- the tests -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store")
    with Judge(store, jobs=2, use_cache=False, store=store) as judge:
        yield judge


@pytest.fixture(scope="module")
def reports(judge: Judge, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """All of them, two at a time, by one warm engine."""
    together = [each for each in SITUATIONS if each.max_wall_s is None]
    return judged(judge, together, tmp_path_factory.mktemp("submissions"))


@pytest.fixture(scope="module")
def portable_reports(tmp_path_factory: pytest.TempPathFactory) -> Reports:
    store = tmp_path_factory.mktemp("portable")
    situations = [each for each in SITUATIONS if "subprocess" in each.engines]
    with Judge(store, jobs=2, use_cache=False, store=store, engine="subprocess") as judge:
        return judged(judge, situations, tmp_path_factory.mktemp("submissions"))


@pytest.mark.parametrize("situation", [each for each in SITUATIONS if each.max_wall_s is None],
                         ids=lambda each: each.name)
def test_gets_its_report(situation: Situation, reports: Reports) -> None:
    check(situation, reports[situation.name])


@pytest.mark.parametrize("situation", [each for each in SITUATIONS if each.max_wall_s],
                         ids=lambda each: each.name)
def test_gets_its_report_in_time(situation: Situation, judge: Judge, tmp_path: Path) -> None:
    began_s = time.monotonic()
    report = judged(judge, [situation], tmp_path)[situation.name]
    spent_s = time.monotonic() - began_s
    check(situation, report)
    assert situation.max_wall_s is not None
    assert spent_s < situation.max_wall_s


@pytest.mark.parametrize("situation", [each for each in SITUATIONS if "subprocess" in each.engines],
                         ids=lambda each: each.name)
def test_gets_the_same_report_of_the_subprocess_engine(
    situation: Situation, portable_reports: Reports
) -> None:
    check(situation, portable_reports[situation.name])


# The judge's words alone: no suite and no learner has a part in what they begin with.
_JUDGES = (Status.NOT_RUN, Status.CRASHED, Status.TIME_LIMIT, Status.OUTPUT_LIMIT)


def judges_words(report: Report) -> Iterator[str]:
    yield report.message
    for row in report.tests:
        yield row.failure.where
        if row.status in _JUDGES or row.message.startswith(("returned ", "used ", "uses ")):
            yield row.message


def test_what_the_judge_says_is_told_in_chinese_too(
    reports: Reports, portable_reports: Reports
) -> None:
    told = {text for report in [*reports.values(), *portable_reports.values()]
            if isinstance(report, Report) for text in judges_words(report) if text}
    words.use("zh")
    try:
        english = {text for text in told if not re.search(r"[\u4e00-\u9fff]", words.tell(text))}
    finally:
        words.use("en")
    assert len(told) > 30
    assert english == set()


def alive(pid: int) -> list[psutil.Process]:
    """Return what runs below `pid`; zombies only wait for their parent to look."""
    return [each for each in psutil.Process(pid).children(recursive=True)
            if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


def test_nothing_is_left_and_the_next_judgement_is_right(
    reports: Reports, judge: Judge, tmp_path: Path
) -> None:
    engine = judge.engine
    assert isinstance(engine, ForkEngine)
    deadline_s = time.monotonic() + 5
    stay = {each.pid for each in psutil.Process(engine.pid).children()}  # nursery and templates
    while len(alive(engine.pid)) > len(stay) and time.monotonic() < deadline_s:
        time.sleep(0.05)  # the last Init is about to leave
    assert {each.pid for each in alive(engine.pid)} == stay
    assert len(stay) <= 1 + KEPT
    accepted = next(each for each in SITUATIONS if each.name == "accepted")
    check(accepted, judged(judge, [accepted], tmp_path)["accepted"])


def test_nothing_of_the_subprocess_engine_is_left(portable_reports: Reports) -> None:
    left = [each for each in alive(os.getpid()) if "graders.judge.portable" in " ".join(
        each.cmdline())]
    assert portable_reports
    assert left == []
