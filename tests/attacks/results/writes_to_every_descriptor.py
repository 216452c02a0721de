"""Writes forged results, as JSON, to every descriptor that is open."""

# verdicts: WRONG_ANSWER

import json
import os

PASSED = json.dumps({"outcome": {"name": "test_first", "phases": ["passed"] * 3, "fact": None}})


def solve(n):
    for number in range(1024):
        if number != 3:
            try:
                os.write(number, PASSED.encode() + b"\n")
            except OSError:
                continue
    return 0
