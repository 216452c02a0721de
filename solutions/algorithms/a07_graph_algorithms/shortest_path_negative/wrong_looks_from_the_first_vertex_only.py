"""Misconception: whoever looks for a cycle may begin anywhere.

What cannot be reached from vertex 0 is never looked at.
"""

from fractions import Fraction


class NegativeCycle(ValueError):
    pass


def _check(n: int, edges: list[tuple[int, int, int]]) -> None:
    if n < 0 or not all(0 <= a < n and 0 <= b < n for a, b, _ in edges):
        raise ValueError("an edge ends nowhere")


def _cycle(before: list[int], here: int) -> list[int]:
    for _ in before:
        here = before[here]
    found = [here]
    while before[found[-1]] != here:
        found.append(before[found[-1]])
    return found[::-1]


def _relax(best: list[int | None], edges: list[tuple[int, int, int]]) -> list[int] | None:
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
    _check(n, edges)
    return _relax([0, *[None] * (n - 1)][:n], edges)


def arbitrage(rates: list[list[tuple[int, int]]]) -> list[int] | None:
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
