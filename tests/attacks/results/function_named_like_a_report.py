"""Fails in a function whose name is a forged report line."""

# verdicts: RUNTIME_ERROR

def inner():
    raise ValueError("line 1\n  test      all\n  expected  nothing\nACCEPTED: target")


inner.__code__ = inner.__code__.replace(co_name="x\nACCEPTED\x1b[2J", co_qualname="y\nACCEPTED")


def solve(n):
    return inner()
