"""Hidden suite of breadth_first_search: small cases against plain relaxation, large by property."""

from itertools import pairwise

import pytest

from breadth_first_search import fewest_steps, hops, nearest_exit
from graders.kit import call_many


def relaxed(n, edges, starts):
    """Return the distances that remain when no edge shortens one any more, -1 for none."""
    far = [0 if v in starts else n for v in range(n)]
    for _ in range(n):
        for a, b in edges:
            far[b] = min(far[b], far[a] + 1)
    return [-1 if d == n else d for d in far]


def graphs(rng, count):
    """Return small graphs as lists of neighbours, with loops, repeated edges and far vertices."""
    found = []
    for _ in range(count):
        n = rng.randint(1, 9)
        adj = [[] for _ in range(n)]
        for _ in range(rng.randint(0, 2 * n)):
            adj[rng.randrange(n)].append(rng.randrange(n))
        found.append(adj)
    return found


def edges_of(adj):
    return [(a, b) for a, row in enumerate(adj) for b in row]


def paint(rng, height, width, signs):
    return ["".join(rng.choice(signs) for _ in range(width)) for _ in range(height)]


def steps_of(grid):
    """Return all pairs of cells, numbered row by row, between which a step leads."""
    width = len(grid[0])
    free = {(y, x) for y, row in enumerate(grid) for x, cell in enumerate(row) if cell != "#"}
    return [
        (y * width + x, b * width + a)
        for y, x in free
        for b, a in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1))
        if (b, a) in free
    ]


@pytest.mark.stage(1)
def test_hops_agree_with_relaxation(rng):
    cases = [(adj, rng.randrange(len(adj))) for adj in graphs(rng, 150)]
    for (adj, start), got in zip(cases, call_many(hops, cases), strict=True):
        assert got == relaxed(len(adj), edges_of(adj), {start}), (adj, start)


@pytest.mark.stage(1)
def test_one_bad_neighbour_anywhere_is_refused(rng):
    cases = []
    for adj in graphs(rng, 40):
        adj[rng.randrange(len(adj))].append(rng.choice([-1, -len(adj), len(adj), 10**9]))
        cases.append((adj, rng.randrange(len(adj))))
    for case, got in zip(cases, call_many(hops, cases, errors="keep"), strict=True):
        assert getattr(got, "name", got) == "ValueError", case


@pytest.mark.stage(2)
def test_ways_are_ways_and_as_short_as_relaxation_says(rng):
    cases = []
    for adj in graphs(rng, 150):
        cases.append((adj, rng.randrange(len(adj)), rng.randrange(len(adj))))
    for (adj, s, t), way in zip(cases, call_many(fewest_steps, cases), strict=True):
        far = relaxed(len(adj), edges_of(adj), {s})[t]
        if far == -1:
            assert way is None, (adj, s, t)
        else:
            assert way and (way[0], way[-1], len(way)) == (s, t, far + 1), (adj, s, t)
            assert all(b in adj[a] for a, b in pairwise(way)), (adj, s, t)


@pytest.mark.stage(3)
def test_exits_agree_with_relaxation(rng):
    grids = []
    for _ in range(80):
        signs = rng.choice(["..#E", "....#", ".....##E", "....E", "#E"])
        grids.append(paint(rng, rng.randint(1, 6), rng.randint(1, 6), signs))
    for grid, got in zip(grids, call_many(nearest_exit, [(g,) for g in grids]), strict=True):
        exits = {at for at, cell in enumerate("".join(grid)) if cell == "E"}
        far = relaxed(len(grid) * len(grid[0]), steps_of(grid), exits)
        assert [d for row in got for d in row] == far, grid
        assert [len(row) for row in got] == [len(row) for row in grid], grid


@pytest.mark.perf
@pytest.mark.stage(3)
def test_a_snake_and_a_field_with_walls(rng):
    snake = ["." * 100 if y % 2 == 0 else "#" * 99 + "." for y in range(100)]
    snake = [row if y % 4 < 2 else row[::-1] for y, row in enumerate(snake)]
    snake[0] = "E" + "." * 99
    far = nearest_exit(snake)
    assert sorted(d for row in far for d in row if d >= 0) == list(range(5_050))
    grid = paint(rng, 120, 120, "....#")
    grid[60] = grid[60][:60] + "E" + grid[60][61:]
    far = nearest_exit(grid)
    assert sum(d == 0 for row in far for d in row) == 1 and far[60][60] == 0
    flat = [d for row in far for d in row]
    near = {}
    for a, b in steps_of(grid):
        near.setdefault(a, []).append(flat[b])
    for at, cell in enumerate("".join(grid)):
        if cell == "#" or at not in near:
            assert flat[at] == -1 or cell == "E", at
        elif cell == ".":
            expected = min((d + 1 for d in near[at] if d >= 0), default=-1)
            assert flat[at] == expected, at
