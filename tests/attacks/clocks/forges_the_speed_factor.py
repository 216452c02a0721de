"""Writes a slow machine's speed and forged verdicts into every store it can name."""

# verdicts: WRONG_ANSWER

import os


def solve(n):
    store = os.path.join(os.path.dirname("@suite@"), "store")
    try:
        names = os.listdir(store)
    except OSError:
        return 0
    for name in names:
        if name.endswith(".json"):
            with open(f"{store}/{name}", "w") as file:
                file.write('{"format": 1, "factor": 50.0}')
    os.makedirs(f"{store}/verdicts/00", exist_ok=True)
    with open(f"{store}/verdicts/00/00.json", "w") as file:
        file.write('{"format": 1, "verdict": "ACCEPTED"}')
    return 0
