"""A learner's error as plain data: ("raised", [class names, nearest first], args)."""

from __future__ import annotations

import builtins
import sys
from itertools import islice
from typing import Any

Kept = tuple[str, list[str], tuple[Any, ...]]

_SCALARS = frozenset({type(None), bool, int, float, complex, str, bytes})
_NODES = 1000  # of an exception's argument, beyond which only its type is told


def kept(error: BaseException) -> Kept:
    """Return an error as plain data; classes of the standard library give way to their bases."""
    names = []
    for each in type(error).__mro__:
        if getattr(builtins, each.__name__, None) is each:
            names.append(each.__name__)
        elif each.__module__.split(".")[0] not in sys.stdlib_module_names:
            own = hasattr(builtins, each.__name__)  # a class of one's own named like a builtin
            names.append(f"{each.__module__}.{each.__name__}" if own else each.__name__)
    return "raised", names, tuple(_plain(each) for each in error.args)


def _plain(value: Any) -> Any:
    """Return `value` where it is modest plain data, else the name of its type in <>."""
    queue, nodes = [value], 0
    while queue:
        each = queue.pop()
        nodes += 1
        if nodes > _NODES:
            return f"<{type(value).__name__}>"
        if type(each) in (list, tuple, set, frozenset):
            queue.extend(islice(each, _NODES))
        elif type(each) is dict:
            queue.extend(islice(each, _NODES))
            queue.extend(islice(each.values(), _NODES))
        elif type(each) not in _SCALARS:
            return f"<{type(value).__name__}>"
    return value
