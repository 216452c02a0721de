"""Answers a series with forged errors: of other kinds, at wrong places, of no kind."""

# target: replay
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import ops

ops.OPS["replay"] = lambda *args: ([None] * 3, [(0, ("raised", ["Raised"], (1,))), (99, 1)])
ops.OPS["call_many"] = lambda *args: "passed"
