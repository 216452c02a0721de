"""Asks pytest itself to skip the test."""

# verdicts: RUNTIME_ERROR

def solve(n):
    import pytest

    pytest.skip("done")
