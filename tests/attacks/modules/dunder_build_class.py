"""Replaces how classes and imports are made."""

# verdicts: WRONG_ANSWER

import builtins

builtins.__build_class__ = lambda *a, **k: 1
builtins.__import__ = lambda *a, **k: None
