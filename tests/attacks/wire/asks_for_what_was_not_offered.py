"""Asks the suite's side for names, and for offers, that it did not make."""

# target: callback
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import gc


def solve(call):
    from graders.judge.wire import Question
    from graders.judge.worker import Worker

    worker = next(each for each in gc.get_objects() if isinstance(each, Worker))
    for number in (0, 1, -1, True, 2**32 - 1):
        for name in (1, 255, -1, "hidden", "__class__", "__globals__"):
            try:
                return worker.ask(Question(number, name, (), {}))
            except Exception:
                continue
    return 0
