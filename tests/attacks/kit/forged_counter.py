"""Replaces the counter's state in its memory."""

# target: counts
# guard: yes
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import ops

ops.OPS["state"] = lambda built: {"calls": 100, "reads": 1, "peak_live": 1}
