"""Faults done to the judge itself, and what may come of them: `python -m tests.faults`."""
