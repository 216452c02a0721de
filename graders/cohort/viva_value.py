"""What a learner's own code gives for one call, asked through the judge.

What a suite compares need not be what the call returns (it may ask whether the pair is None), so
the call is put before a suite of one line that no value satisfies, and the judge tells what came.
"""

from __future__ import annotations

import ast
import tempfile
from dataclasses import replace
from pathlib import Path

from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Kata, Status, Submission

_NO_VALUE = "no such value"  # of a function that returns texts, none returns this one


def plain_call(kata: Kata, call: str) -> bool:
    """Whether a suite of one line can make this call: a function of the kata, plain arguments."""
    try:
        read = ast.parse(call, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return (isinstance(read, ast.Call) and isinstance(read.func, ast.Name)
            and read.func.id in kata.api.functions
            and all(_is_plain(each) for each in (*read.args, *(k.value for k in read.keywords))))


def value(judge: Judge, kata: Kata, source: bytes, call: str) -> str:
    """Return what `source` gives for a plain call, as Python writes it; "" where it gives none.

    Raises JudgeError when no engine starts.
    """
    functions = ", ".join(kata.api.functions)
    with tempfile.TemporaryDirectory(prefix="kata40-viva-") as folder:
        asked = replace(kata, folder=Path(folder))
        asked.suite.write_text(f"from {kata.slug} import {functions}\n\n\ndef test_value():\n"
                               f"    assert {call} == {_NO_VALUE!r}\n", encoding="utf-8")
        report = judge.judge(Request(asked, Submission(kata.slug, source)))
    for test in report.tests:
        if test.status is Status.FAILED and test.failure.call == call:
            return test.failure.got
    return ""


def _is_plain(argument: ast.expr) -> bool:
    try:
        ast.literal_eval(argument)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True
