"""Recurses without end in C: comparisons and representations of nested objects."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(n):
    held = []
    for _ in range(200_000):
        held = [held]
    return repr(held) == str(held)
