"""Uses what the kata forbids, under other names."""

# target: counts
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

hidden = getattr(__import__("built" + "ins"), "sor" + "ted")


def solve(less, items):
    hidden(items)
    for _ in range(100):
        less(1, 2)
    return len(items)
