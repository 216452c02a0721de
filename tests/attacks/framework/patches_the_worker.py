"""Replaces the methods of the worker that answer requests."""

# verdicts: RUNTIME_ERROR

import gc


def solve(n):
    from graders.judge.worker import Worker

    Worker._reply = lambda self, value, is_iterator: ("passed", "passed")
    Worker._describe = lambda self, error: ("ok", True)
    return 0
