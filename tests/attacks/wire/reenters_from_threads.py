"""Calls back from many threads at once, and after the call has returned."""

# target: callback
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import threading


def solve(call):
    def work():
        for _ in range(50):
            try:
                call(1)
            except BaseException:
                return

    threads = [threading.Thread(target=work) for _ in range(3)]
    for each in threads:
        try:
            each.start()
        except RuntimeError:
            break
    return 0
