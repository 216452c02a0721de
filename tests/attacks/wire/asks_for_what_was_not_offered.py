"""Asks the suite's side for names that it did not offer."""

# target: callback
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import gc


def solve(call):
    from graders.judge.worker import Worker

    worker = next(each for each in gc.get_objects() if isinstance(each, Worker))
    for number in (0, 1, -1, True):
        for name in ("hidden", "secret", "__class__", "__init__", "__globals__"):
            try:
                return worker.ask("offer", number, name, (), {})
            except Exception:
                continue
    return 0
