"""Answers calls on objects of an earlier test with values that it kept."""

# target: objects
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import builtins

kept = getattr(builtins, "kept", [])
builtins.kept = kept


class Box(Box):
    def __init__(self, *items):
        kept.extend(items)

    def get(self):
        return kept[-1] if kept else 0
