"""Replaces pytest's and unittest's functions in sys.modules."""

# verdicts: WRONG_ANSWER

import sys
import types


class Nothing(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: self


for name in ("pytest", "_pytest", "_pytest.runner", "_pytest.python", "_pytest.assertion",
             "unittest", "unittest.case", "graders.judge.plugin", "graders.judge.verdict"):
    sys.modules[name] = Nothing(name)
