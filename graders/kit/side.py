"""Where a kit word's worker half runs: beside the learner's code, or here in plain pytest.

Refuses to know what the halves do. Under the judge a word whose target is not of the kata is a
mistake of the suite and says so.
"""

from __future__ import annotations

from typing import Any

from graders.kit import remote
from graders.kit.inside.ops import OPS

_SCALARS = frozenset({type(None), bool, int, float, complex, str, bytes})
_DEPTH = 64  # as on the wire


def of_kata(word: str, target: Any) -> remote.Link | None:
    """Return the link to `target`'s worker, None in plain pytest.

    Raises TypeError where the judge runs and `target` is the suite's own object.
    """
    link = remote.link_of(target)
    if link is None and remote.current() is not None:
        raise TypeError(
            f"{word}: needs a function, class, method or object of the kata, "
            f"not the suite's own {type(target).__name__}"
        )
    return link


def run(link: remote.Link | None, name: str, *args: Any) -> Any:
    """Run the worker half `name` over `link`, or here where there is none."""
    return OPS[name](*args) if link is None else link.op(name, *args)


def run_by_value(link: remote.Link | None, name: str, target: Any, *args: Any) -> Any:
    """Run the worker half with arguments that the learner's code cannot hand back changed.

    Over a link they are copies anyway; here they are copied, so that both modes agree.
    """
    if link is None:
        args = tuple(by_value(each) for each in args)
    return run(link, name, target, *args)


def by_value(value: Any, depth: int = 0) -> Any:
    """Return a copy of plain data; anything else in it stays the same object.

    Raises ValueError for data nested deeper than the wire allows.
    """
    if depth > _DEPTH:
        raise ValueError(f"arguments are nested deeper than {_DEPTH} levels, or contain themselves")
    kind = type(value)
    if kind is list or kind is tuple:
        if _SCALARS.issuperset(map(type, value)):
            return kind(value)
        return kind(by_value(each, depth + 1) for each in value)
    if kind is dict:
        return {by_value(k, depth + 1): by_value(v, depth + 1) for k, v in value.items()}
    if kind is set or kind is frozenset:
        return kind(value)
    return value
