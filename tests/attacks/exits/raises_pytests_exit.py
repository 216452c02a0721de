"""Raises a class that is called like pytest's Exit, which ends a session with a code of its choice."""

# verdicts: RUNTIME_ERROR

class Exit(Exception):
    returncode = 0


def solve(n):
    raise Exit("done")
