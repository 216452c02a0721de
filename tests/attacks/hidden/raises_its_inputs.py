"""Tells the hidden inputs in an exception and in what it prints."""

# target: hidden
# verdicts: RUNTIME_ERROR

def solve(n):
    print("called with", n)
    raise ValueError(f"called with {n!r}")
