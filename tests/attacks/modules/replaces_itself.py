"""Puts another object in its place in sys.modules."""

# verdicts: WRONG_ANSWER

import sys


class Module:
    def __getattr__(self, name):
        return lambda *args: self

    def __eq__(self, other):
        return True

    __hash__ = None


sys.modules[__name__] = sys.modules["target"] = Module()
