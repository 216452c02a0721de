"""What went wrong in one submission, told so that the learner knows where to look.

    WRONG_ANSWER: two_sum, 25 of 100 points, 2 of 8 tests passed

      test      test_finds_two_different_positions
      call      find_pair([3, 2, 4], 6)
      expected  (1, 2)
      got       (0, 0)

Always in this order: verdict, stage, the first failing test of the first unfinished stage.
"""

from __future__ import annotations

from rich.text import Text

from graders.model import GrowthRow, Kata, Report, StageResult, Status, TestResult, Verdict
from graders.report.screen import Screen

# The judge stops a test at 1.4 times its limit; what comes near that was stopped, not measured.
_STOPPED = 1.35
_LONG = 1000  # characters of a value beyond which only the part that differs is shown
_BEFORE = 200  # of them before the first difference
_AT_SIZE = 200  # characters of a call that was too slow or too large: its values explain nothing
_TOO_MUCH = (Status.TIME_LIMIT, Status.MEMORY_LIMIT, Status.OUTPUT_LIMIT)
_UNTOLD_FACTOR = 0.1  # a machine this near to the reference needs no word


def headline(report: Report, screen: Screen) -> Text:
    """Return the verdict, the kata, its points, and how many tests passed."""
    words = screen.words
    told = [report.kata]
    if report.verdict not in (Verdict.JUDGE_ERROR, Verdict.COMPILE_ERROR):
        passed = sum(test.status is Status.PASSED for test in report.tests)
        told.append(words("of_points", earned=f"{report.points:g}"))
        told.append(words("of_tests", passed=passed, tests=len(report.tests)))
    line = screen.verdict(report)
    return line.append(words("colon") + words("comma").join(told), style="not bold default")


def detail(kata: Kata, report: Report, screen: Screen) -> list[Text]:
    """Return headline and first failing case of a submission, ready to print."""
    words, lines = screen.words, [headline(report, screen)]
    if report.verdict is Verdict.JUDGE_ERROR:
        lines.append(Text(words("not_yours")))
    if report.message:
        lines += [Text(f"  {line}") for line in report.message.split("\n")]
    test = deciding(report)
    if test is None or report.message:
        return lines
    stage = report.stages[test.stage - 1] if test.stage <= len(report.stages) else None
    if stage is not None and len(report.stages) > 1:
        lines.append(_stage(test.stage, stage, len(report.stages), screen))
    if stage is not None and not stage.started:
        whole = len(report.stages) == 1
        lines.append(Text(words("all_untouched" if whole else "stage_untouched")))
    lines += [Text(), *screen.rows(_rows(kata, report, test, screen))]
    return [*lines, *_notes(report, test, screen)]


def deciding(report: Report) -> TestResult | None:
    """Return the failing test to look at first; None when no test failed.

    The first in suite order of the first stage that is not finished; one may have been started
    without the other.
    """
    failing = [t for t in report.tests if t.status not in (Status.PASSED, Status.NOT_RUN)]
    return min(failing, key=lambda test: test.stage, default=None)


def _stage(number: int, stage: StageResult, count: int, screen: Screen) -> Text:
    title = stage.title.get(screen.words.language)
    values = {"title": title, "earned": f"{stage.earned:g}", "points": stage.points}
    return Text(screen.words("stage", number=number, count=count, **values))


def _rows(kata: Kata, report: Report, test: TestResult, screen: Screen) -> list[tuple[str, str]]:
    failure = test.failure
    expected, got = _comparable(failure.expected, failure.got, screen)
    growth = _growth(report, test, screen)
    message = failure.message or ("" if expected or got else test.message)
    if message == growth or _said_by_numbers(test, message):
        message = ""
    most = _AT_SIZE if test.status in _TOO_MUCH else _LONG
    if test.status is Status.NOT_STARTED:
        got = ""  # the exception that every stub raises
    return [
        ("test", test.name),
        ("call", _middle_out(failure.call, most, screen)),
        ("expected", expected),
        ("got", got),
        ("message", message),
        ("where", failure.where),
        ("used", _cpu(test, screen)),
        ("memory", _memory(kata, report, test, screen)),
        ("growth", growth),
        ("printed", test.output.rstrip("\n")),
    ]


def _notes(report: Report, test: TestResult, screen: Screen) -> list[Text]:
    words, notes = screen.words, []
    if test.hidden and not test.message:
        notes.append(words("hidden_failed"))
    factor = report.machine.factor
    if test.cpu_s > test.limit_s and abs(factor - 1) > _UNTOLD_FACTOR:
        notes.append(words("reference_seconds", factor=f"{factor:.2f}"))
    skipped = [each for each in report.tests if each.status is Status.NOT_RUN]
    if skipped and test.status is not Status.NOT_STARTED:
        notes.append(words("not_run", count=len(skipped), why=skipped[0].message))
    return [Text(), *map(Text, notes)] if notes else []


def _said_by_numbers(test: TestResult, message: str) -> bool:
    """Whether the judge's words only repeat what the rows for CPU and memory say."""
    return test.status in (Status.TIME_LIMIT, Status.MEMORY_LIMIT) and message.startswith("used")


def _cpu(test: TestResult, screen: Screen) -> str:
    if test.status is not Status.TIME_LIMIT or not test.limit_s or "loading" in test.message:
        return ""
    stopped = test.cpu_s >= _STOPPED * test.limit_s
    values = {"used": f"{test.cpu_s:.2f}", "limit": f"{test.limit_s:g}"}
    return screen.words("stopped_cpu" if stopped else "used_cpu", **values)


def _memory(kata: Kata, report: Report, test: TestResult, screen: Screen) -> str:
    limit_mib = kata.limits.memory_mib
    if test.status is not Status.MEMORY_LIMIT or report.peak_mib <= limit_mib:
        return ""
    return screen.words("used_memory", peak=f"{report.peak_mib:.0f}", limit=limit_mib)


def _growth(report: Report, test: TestResult, screen: Screen) -> str:
    """Return what was measured of growth: the words of the growth test that failed, or a curve.

    A test over its time limit is explained by a growth test that failed as well; one that passed
    may have measured another function.
    """
    rows = {row.name: row for row in report.growth if row.sizes}
    failing = [test, *(each for each in report.tests if each is not test)]
    failing = [t for t in failing if t.name in rows and t.status is not Status.PASSED]
    if test.name not in rows and test.status is not Status.TIME_LIMIT:
        return ""
    for each in failing:
        words = each.failure.message or each.message
        if words and not _said_by_numbers(each, words):
            return words
    return "\n".join(_curve(rows[each.name], screen) for each in failing)


def _curve(row: GrowthRow, screen: Screen) -> str:
    values = {"first": f"{row.sizes[0]:,}", "last": f"{row.sizes[-1]:,}"}
    return screen.words("curve", label=row.label, exponent=f"{row.exponent:.2f}", **values)


def _comparable(expected: str, got: str, screen: Screen) -> tuple[str, str]:
    """Return both values whole, or, of long ones, the part where they begin to differ."""
    if max(len(expected), len(got)) <= _LONG or not expected or not got:
        return expected, got
    pairs = enumerate(zip(expected, got, strict=False))
    shorter = min(len(expected), len(got))
    differs = next((at for at, (one, other) in pairs if one != other), shorter)
    start = max(0, differs - _BEFORE)
    note = screen.words("first_difference", position=f"{differs + 1:,}")
    return _window(expected, start, screen), f"{_window(got, start, screen)}\n({note})"


def _middle_out(text: str, most: int, screen: Screen) -> str:
    """Return the begin and the end of a longer text; of a very short rest only the begin."""
    if len(text) <= most:
        return text
    tail = most // 4 if most == _LONG else 0
    mark = screen.words("shortened", count=f"{len(text) - most:,}")
    return f"{text[: most - tail]} {mark} {text[len(text) - tail :]}".rstrip()


def _window(text: str, start: int, screen: Screen) -> str:
    end = start + _LONG
    cut = [screen.words("shortened", count=f"{n:,}") for n in (start, max(0, len(text) - end))]
    return "".join(
        [f"{cut[0]} " if start else "", text[start:end], f" {cut[1]}" if len(text) > end else ""]
    )
