"""Shortest paths with negative weights by Bellman-Ford, and the cycle that round n proves."""

from fractions import Fraction


class NegativeCycle(ValueError):
    """There is no shortest way; `args[0]` lists the vertices of a cycle of negative weight."""


def _check(n: int, edges: list[tuple[int, int, int]]) -> None:
    """Raise ValueError for edges that end nowhere."""
    if n < 0 or not all(0 <= a < n and 0 <= b < n for a, b, _ in edges):
        raise ValueError("an edge ends nowhere")


def _cycle(before: list[int], here: int) -> list[int]:
    """Return the cycle that one meets walking back from here; n steps lead onto it."""
    for _ in before:
        here = before[here]
    found = [here]
    while before[found[-1]] != here:
        found.append(before[found[-1]])
    return found[::-1]


def _relax(best: list[int | None], edges: list[tuple[int, int, int]]) -> list[int] | None:
    """Lower `best` until nothing improves; return a cycle if round n still improves something."""
    before = list(range(len(best)))
    for _ in best:
        improved = None
        for a, b, weight in edges:
            far, known = best[a], best[b]
            if far is not None and (known is None or far + weight < known):
                best[b] = far + weight
                before[b] = a
                improved = b
        if improved is None:
            return None
    return _cycle(before, improved) if best else None


def distances(n: int, edges: list[tuple[int, int, int]], source: int) -> list[int | None]:
    """Return the distances from the source, None where no way leads."""
    _check(n, edges)
    if not 0 <= source < n:
        raise ValueError("the source is no vertex")
    best: list[int | None] = [None] * n
    best[source] = 0
    cycle = _relax(best, edges)
    if cycle is not None:
        raise NegativeCycle(cycle)
    return best


def find_negative_cycle(n: int, edges: list[tuple[int, int, int]]) -> list[int] | None:
    """Return a cycle of negative weight, or None: as if one more vertex led to all."""
    _check(n, edges)
    return _relax([0] * n, edges)


def arbitrage(rates: list[list[tuple[int, int]]]) -> list[int] | None:
    """Return a cycle of currencies that gains, or None: the same rounds, multiplying fractions."""
    n = len(rates)
    if any(len(row) != n for row in rates) or any(min(pair) < 1 for row in rates for pair in row):
        raise ValueError("no square of rates")
    trades = [(a, b, Fraction(*rates[a][b])) for a in range(n) for b in range(n) if a != b]
    worth = [Fraction(1)] * n
    before = list(range(n))
    improved = None
    for _ in range(n):
        improved = None
        for a, b, rate in trades:
            if worth[a] * rate > worth[b]:
                worth[b] = worth[a] * rate
                before[b] = a
                improved = b
    return None if improved is None else _cycle(before, improved)
