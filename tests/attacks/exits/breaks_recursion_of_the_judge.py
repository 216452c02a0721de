"""Raises an exception that is its own cause and context."""

# verdicts: RUNTIME_ERROR

def solve(n):
    error = ValueError("round")
    other = ValueError("about")
    error.__cause__, other.__context__ = other, error
    raise error
