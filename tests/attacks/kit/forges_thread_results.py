"""Answers in the place of the kit's threads with what a right solution might return."""

# target: threads
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import ops

ops.OPS["run_threads"] = lambda target, calls, *rest: [
    (list(range(30 * at, 30 * at + 30)), []) for at, each in enumerate(calls)]
