"""Looks for functions of the test framework by the garbage collector and replaces their code."""

# verdicts: WRONG_ANSWER

import gc


def nothing(*args, **kwargs):
    return None


def solve(n):
    words = ("pytest", "runtest", "assert", "makereport", "decide", "judge", "status_of")
    for each in gc.get_objects():
        name = getattr(each, "__qualname__", "")
        if type(each) is type(nothing) and any(word in name.lower() for word in words):
            try:
                each.__code__ = nothing.__code__
            except ValueError:
                continue
    return 0
