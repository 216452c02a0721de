"""Replaces the kit's threads by calls one after the other."""

# target: threads
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import ops

ops.OPS["run_threads"] = lambda target, calls, *rest: [
    ([target(*args) for args in each], []) for each in calls]
