"""Does its quadratic work in a thread that outlives the call."""

# target: growth
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import threading


def solve(items):
    found = []

    def work():
        found.append(sum(a > b for a in items for b in items))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(0.2 if len(items) > 100 else None)
    return found[0] if found else 0
