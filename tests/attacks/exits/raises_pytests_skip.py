"""Raises a class that is called like pytest's Skipped."""

# verdicts: RUNTIME_ERROR

class OutcomeException(BaseException):
    pass


class Skipped(OutcomeException):
    pass


def solve(n):
    raise Skipped("not today")
