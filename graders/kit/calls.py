"""Many calls of learner's code in one round trip, and what a call does to its arguments."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graders.kit import remote
from graders.kit.side import of_kata, run, run_by_value
from graders.phrases import phrase

_BUILTINS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that was kept instead of raised; compares by class name and args."""

    name: str
    args: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not isinstance(self.args, tuple):
            raise TypeError('Raised: write Raised("KeyError", ("key",)): a name, a tuple of args')


def replay(obj: Any, ops: Iterable[Sequence[Any]], errors: str = "raise") -> list[Any]:
    """Call `(method, *args)` of `obj` one after the other in one round trip; return the results.

    With errors="keep" an error becomes a Raised in its place and the series goes on; a
    NotImplementedError or MemoryError leaves all the same. No operation: an empty list.
    """
    series, named = [], set()
    for index, each in enumerate(ops):
        if type(each) is not tuple or not each or type(each[0]) is not str or each[0] not in named:
            each = _operation(index, each)
            named.add(each[0])
        series.append(each)
    link = of_kata("replay", obj)
    return _with_kept(link, run_by_value(link, "replay", obj, series, _keeps("replay", errors)))


def _operation(index: int, given: Any) -> tuple[Any, ...]:
    """Return an operation of `replay` as a tuple. TypeError or ValueError for what is none."""
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise TypeError(f"replay: operation {index} is {given!r}; write (method, *args)")
    method = given[0]
    if not isinstance(method, str):
        raise TypeError(f"replay: operation {index} names its method by {method!r}, not a str")
    if method.startswith("_") and not (method.startswith("__") and method.endswith("__")):
        raise ValueError(f"replay: operation {index}: {method} is private")
    return tuple(given)


def call_many(
    function: Callable[..., Any], calls: Iterable[Sequence[Any]], errors: str = "raise"
) -> list[Any]:
    """Call `function` with each tuple of arguments in one round trip; return the results.

    Errors as in `replay`.
    """
    series = []
    for index, each in enumerate(calls):
        if not isinstance(each, (tuple, list)):
            raise TypeError(
                f"call_many: entry {index} is a {type(each).__name__}; write a tuple of arguments, "
                "(value,) for a single one"
            )
        series.append(tuple(each))
    keep = _keeps("call_many", errors)
    link = _callable("call_many", function)
    return _with_kept(link, run_by_value(link, "call_many", function, series, keep))


def checked(function: Callable[..., Any], *args: Any) -> tuple[Any, tuple[Any, ...]]:
    """Call `function`; return its result and the arguments as they are afterwards.

    What the suite holds stays as it was in both modes.
    """
    link = _callable("checked", function)
    result, after = run_by_value(link, "checked", function, args)
    return result, tuple(after)


def take(iterator: Iterator[Any], n: int) -> list[Any]:
    """Return the next `n` items of a result iterator, fewer at its end."""
    if not isinstance(n, int) or n < 0:
        raise ValueError(f"take: n is {n!r}; it is a number of items, 0 or more")
    link = of_kata("take", iterator)
    if link is None and not isinstance(iterator, Iterator):
        kind = type(iterator).__name__
        raise TypeError(phrase("take: expected an iterator, got {kind}", kind=kind))
    items: list[Any] = run(link, "take", iterator, n)
    return items


def raised(link: remote.Link | None, kept: tuple[str, list[str], tuple[Any, ...]]) -> Raised:
    """Make a Raised of what a worker half kept.

    Its name is the nearest class that is builtin or declared in the kata; in plain pytest, which
    does not know the declared ones, the class's own.
    """
    _, names, args = kept
    if link is None:
        return Raised(names[0], tuple(args))
    declared = link.exceptions()
    name = next((name for name in names if name in declared or name in _BUILTINS), "Exception")
    return Raised(name, tuple(args))


def _callable(word: str, function: Any) -> remote.Link | None:
    if not callable(function):
        raise TypeError(f"{word}: needs a function, got {type(function).__name__}")
    return of_kata(word, function)


def _keeps(word: str, errors: str) -> bool:
    if errors not in ("raise", "keep"):
        raise ValueError(f'{word}: errors is {errors!r}; it is "raise" or "keep"')
    return errors == "keep"


def _with_kept(link: remote.Link | None, outcome: Any) -> list[Any]:
    """Return the results with a Raised in the place of each kept error."""
    results, errors = list(outcome[0]), outcome[1]
    for index, kept in errors:
        results[index] = raised(link, kept)
    return results
