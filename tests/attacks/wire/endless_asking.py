"""Calls back without end."""

# target: callback
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(call):
    while True:
        call(1)
