"""What went wrong in one submission, told so that the learner knows where to look.

    WRONG_ANSWER: two_sum, 25 of 100 points, 2 of 8 tests passed

      test      test_finds_two_different_positions
      call      find_pair([3, 2, 4], 6)
      expected  (1, 2)
      got       (0, 0)

Always in this order: verdict, stages up to the first unfinished one, its first failing test.
"""

from __future__ import annotations

from rich.text import Text

from graders.model import (
    GrowthRow,
    Kata,
    Kind,
    Report,
    Status,
    TestResult,
    Verdict,
    first_failure,
)
from graders.report import stages
from graders.report.screen import Screen
from graders.words import say, tell

# The judge stops a test at 1.4 times its limit; what comes near that was stopped, not measured.
_STOPPED = 1.35
_LONG = 1000  # characters of a value beyond which only the part that differs is shown
_BEFORE = 200  # of them before the first difference
_LINE = 80  # characters of one of many calls that are shown in any case
_AT_SIZE = 200  # characters of a call that was too slow or too large: its values explain nothing
_TOO_MUCH = (Status.TIME_LIMIT, Status.MEMORY_LIMIT, Status.OUTPUT_LIMIT)
# How a value that came is told where the judge tells it; all others are the learner's own words.
_OURS = ("returned ", "(an empty line)", "RuntimeError: this kata forbids ",
         "ImportError: this kata forbids ")
_UNTOLD_FACTOR = 0.1  # a machine this near to the reference needs no word


def headline(report: Report, screen: Screen) -> Text:
    """Return the verdict, the kata, its points, and how many tests passed."""
    told = [report.kata]
    if report.verdict not in (Verdict.JUDGE_ERROR, Verdict.COMPILE_ERROR):
        passed = sum(test.status is Status.PASSED for test in report.tests)
        told.append(say("{earned} of 100 points", earned=f"{report.points:g}"))
        tests = len(report.tests)
        told.append(say("{passed} of {tests} tests passed", passed=passed, tests=tests))
    line = screen.verdict(report)
    return line.append(say(": ") + say(", ").join(told), style="not bold default")


def detail(kata: Kata, report: Report, screen: Screen, every: bool = False) -> list[Text]:
    """Return headline, stages and first failing case of a submission, ready to print.

    Of a kata with stages, those up to the first unfinished one; with `every` all of them, each
    with its first failing case.
    """
    lines = [headline(report, screen)]
    if report.verdict is Verdict.JUDGE_ERROR:
        told = say("The judge failed here. This is not a fault of your code, and it costs nothing.")
        lines.append(Text(told))
    if report.message:
        lines += [Text(f"  {line}") for line in tell(report.message).split("\n")]
    test = report.first_failure
    if test is None or report.message:
        return lines
    number = stages.unfinished(report)
    if number and every:
        return [*lines, *_each_stage(kata, report, screen)]
    lines += [stages.line(report, each) for each in range(1, number + 1)]
    lines += _case(kata, report, test, screen)
    return [*lines, *_notes(report, test), *stages.following(report, number)]


def _each_stage(kata: Kata, report: Report, screen: Screen) -> list[Text]:
    lines = []
    for number in range(1, len(report.stages) + 1):
        lines += [Text(), stages.line(report, number)]
        test = first_failure(each for each in report.tests if each.stage == number)
        if test is not None:
            lines += [*_case(kata, report, test, screen), *_notes(report, test)]
    return lines


def _case(kata: Kata, report: Report, test: TestResult, screen: Screen) -> list[Text]:
    lines = stages.waiting(report, test.stage)
    if test.status is Status.NOT_STARTED and not lines:
        told = say("Part of it is not written yet: this function still raises NotImplementedError.")
        lines = [Text(told)]
    return [*lines, Text(), *screen.rows(_rows(kata, report, test))]


def _rows(kata: Kata, report: Report, test: TestResult) -> list[tuple[str, str]]:
    failure = test.failure
    expected, got = _comparable(failure.expected, failure.got)
    growth = _growth(report, test)
    message = failure.message or ("" if expected or got else test.message)
    if message == growth or _said_by_numbers(test, message):
        message = ""
    most = _AT_SIZE if test.status in _TOO_MUCH else _LONG
    if test.status is Status.NOT_STARTED:
        got = ""  # the exception that every stub raises
    return [
        (say("test"), test.name),
        ((say("input"), _middle_out(failure.call, most)) if kata.kind is Kind.PROGRAM
         else (say("call"), _calls(failure.call, most))),
        (say("expected"), tell(expected)),
        (say("got"), tell(got) if failure.got.startswith(_OURS) else got),
        (say("message"), tell(message)),
        (say("where"), tell(failure.where)),
        (say("CPU"), _cpu(test)),
        (say("memory"), _memory(kata, report, test)),
        (say("growth"), tell(growth)),
        (say("printed"), test.output.rstrip("\n")),
    ]


def _notes(report: Report, test: TestResult) -> list[Text]:
    notes = []
    if test.hidden and not test.message:
        notes.append(
            say(
                "A hidden test did not pass. What it checks stays hidden; the statement says "
                "everything that a test can fail on."
            )
        )
    factor = report.machine.factor
    if test.cpu_s > test.limit_s and abs(factor - 1) > _UNTOLD_FACTOR:
        notes.append(
            say(
                "Seconds are those of the reference machine; this one takes {factor} times as "
                "long.",
                factor=f"{factor:.2f}",
            )
        )
    skipped = [each for each in report.tests if each.status is Status.NOT_RUN]
    if skipped and test.status is not Status.NOT_STARTED:
        why = tell(skipped[0].message)
        notes.append(say("Tests that were not run: {count} ({why}).", count=len(skipped), why=why))
    return [Text(), *map(Text, notes)] if notes else []


def _said_by_numbers(test: TestResult, message: str) -> bool:
    """Whether the judge's words only repeat what the rows for CPU and memory say."""
    return test.status in (Status.TIME_LIMIT, Status.MEMORY_LIMIT) and message.startswith("used")


def _cpu(test: TestResult) -> str:
    if test.status is not Status.TIME_LIMIT or not test.limit_s or "loading" in test.message:
        return ""
    values = {"used": f"{test.cpu_s:.2f}", "limit": f"{test.limit_s:g}"}
    if test.cpu_s >= _STOPPED * test.limit_s:
        return say("stopped after {used} s CPU; the limit is {limit} s", **values)
    return say("{used} s CPU; the limit is {limit} s", **values)


def _memory(kata: Kata, report: Report, test: TestResult) -> str:
    limit_mib = kata.limits.memory_mib
    if test.status is not Status.MEMORY_LIMIT or report.peak_mib <= limit_mib:
        return ""
    peak = f"{report.peak_mib:.0f}"
    return say("peak {peak} MiB; the limit is {limit} MiB", peak=peak, limit=limit_mib)


def _growth(report: Report, test: TestResult) -> str:
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
    return "\n".join(_curve(rows[each.name]) for each in failing)


def _curve(row: GrowthRow) -> str:
    return say(
        "{label}: exponent {exponent} from size {first} to {last}",
        label=tell(row.label),
        exponent=f"{row.exponent:.2f}",
        first=f"{row.sizes[0]:,}",
        last=f"{row.sizes[-1]:,}",
    )


def _comparable(expected: str, got: str) -> tuple[str, str]:
    """Return both values whole, or, of long ones, the part where they begin to differ."""
    if max(len(expected), len(got)) <= _LONG or not expected or not got:
        return expected, got
    pairs = enumerate(zip(expected, got, strict=False))
    shorter = min(len(expected), len(got))
    differs = next((at for at, (one, other) in pairs if one != other), shorter)
    start = max(0, differs - _BEFORE)
    note = say("(expected and got differ from character {position} on)",
               position=f"{differs + 1:,}")
    return _window(expected, start), f"{_window(got, start)}\n{note}"


def _middle_out(text: str, most: int) -> str:
    """Return the begin and the end of a longer text; of a very short rest only the begin."""
    if len(text) <= most:
        return text
    tail = most // 4 if most == _LONG else 0
    mark = _left_out(len(text) - most)
    return f"{text[: most - tail]} {mark} {text[len(text) - tail :]}".rstrip()


def _calls(text: str, most: int) -> str:
    """Return the calls, one on each line, shortened alike: the last is as telling as the first."""
    if len(text) <= most:
        return text
    lines = text.split("\n")
    return "\n".join(_middle_out(line, max(most // len(lines), _LINE)) for line in lines)


def _window(text: str, start: int) -> str:
    end = start + _LONG
    cut = [_left_out(count) for count in (start, max(0, len(text) - end))]
    return "".join(
        [f"{cut[0]} " if start else "", text[start:end], f" {cut[1]}" if len(text) > end else ""]
    )


def _left_out(count: int) -> str:
    return say("… {count} characters left out …", count=f"{count:,}")
