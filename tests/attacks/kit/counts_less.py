"""Lets the counter that lives beside it count less."""

# target: counts
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(less, items):
    for a in items:
        for b in items:
            a < b
    for _ in range(9):
        less(1, 2)
    return len(items)
