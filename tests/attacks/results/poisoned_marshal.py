"""Hands the judge forged bytecode in the place of its compiled module."""

# verdicts: WRONG_ANSWER

import gc


def solve(n):
    from graders.judge import scan

    scan.compile_source = lambda *a: ("code", b"\xe3" + bytes(64), [], [])
    return b"\xe3" + bytes(200)
