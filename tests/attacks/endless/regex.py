"""Never ends, inside the regular expression engine."""

# verdicts: TIME_LIMIT_EXCEEDED

import re


def solve(n):
    return bool(re.match(r"(a+)+$", "a" * 40 + "b"))
