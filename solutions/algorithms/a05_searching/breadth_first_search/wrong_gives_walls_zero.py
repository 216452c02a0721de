"""Misconception: a wall has no distance, and none is 0.

0 is an exit; and what is cut off would be one as well.
"""

from collections import deque


def _search(adj: list[list[int]], start: int) -> tuple[list[int], list[int]]:
    steps, found_from = [-1] * len(adj), [-1] * len(adj)
    steps[start] = 0
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for then in adj[here]:
            if steps[then] == -1:
                steps[then] = steps[here] + 1
                found_from[then] = here
                queue.append(then)
    return steps, found_from


def _check(adj: list[list[int]], *vertices: int) -> None:
    if not all(0 <= vertex < len(adj) for row in (vertices, *adj) for vertex in row):
        raise ValueError("not a vertex")


def hops(adj: list[list[int]], start: int) -> list[int]:
    _check(adj, start)
    return _search(adj, start)[0]


def fewest_steps(adj: list[list[int]], s: int, t: int) -> list[int] | None:
    _check(adj, s, t)
    steps, found_from = _search(adj, s)
    if steps[t] == -1:
        return None
    way = [t]
    while way[-1] != s:
        way.append(found_from[way[-1]])
    return way[::-1]


def nearest_exit(grid: list[str]) -> list[list[int]]:
    if len({len(row) for row in grid}) > 1:
        raise ValueError("rows of different lengths")
    steps = [[-1 if cell == "." else 0 for cell in row] for row in grid]
    queue = deque((y, x) for y, row in enumerate(grid) for x, cell in enumerate(row) if cell == "E")
    while queue:
        y, x = queue.popleft()
        for row, column in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            inside = 0 <= row < len(grid) and 0 <= column < len(grid[0])
            if inside and grid[row][column] != "#" and steps[row][column] == -1:
                steps[row][column] = steps[y][x] + 1
                queue.append((row, column))
    return steps
