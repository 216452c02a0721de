"""Replaces the kit's worker halves of replay, call_many and checked."""

# target: replay
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

from graders.kit.inside import ops


class Equal(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


for name in ("replay", "call_many", "checked"):
    ops.OPS[name] = lambda *args: ([Equal(), None, Equal()], [])
