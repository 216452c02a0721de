"""Writes result files of the common formats into every folder it may write to."""

# verdicts: WRONG_ANSWER

import os

FILES = {"results.json": '{"verdict": "ACCEPTED", "score": 1}', "junit.xml": "<testsuite/>",
         "report.json": '{"format": 1, "verdict": "ACCEPTED"}', ".coverage": ""}


def solve(n):
    for folder in (".", "/tmp", "/box", "@outside@", os.path.dirname("@suite@")):
        for name, text in FILES.items():
            try:
                with open(f"{folder}/{name}", "w") as file:
                    file.write(text)
            except OSError:
                continue
    return 0
