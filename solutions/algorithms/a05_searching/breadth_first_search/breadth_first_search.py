"""Breadth-first search: a queue, and a mark on everything that enters it."""

from collections import deque


def _search(adj: list[list[int]], start: int) -> tuple[list[int], list[int]]:
    """Return for each vertex its distance and the vertex it was found from, -1 for none."""
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
    """Raise ValueError unless these and all neighbours are vertices."""
    if not all(0 <= vertex < len(adj) for row in (vertices, *adj) for vertex in row):
        raise ValueError("not a vertex")


def hops(adj: list[list[int]], start: int) -> list[int]:
    """Return the fewest edges from `start` to each vertex, -1 if there is no way."""
    _check(adj, start)
    return _search(adj, start)[0]


def fewest_steps(adj: list[list[int]], s: int, t: int) -> list[int] | None:
    """Return a way with the fewest edges: from t back to s, turned round."""
    _check(adj, s, t)
    steps, found_from = _search(adj, s)
    if steps[t] == -1:
        return None
    way = [t]
    while way[-1] != s:
        way.append(found_from[way[-1]])
    return way[::-1]


def nearest_exit(grid: list[str]) -> list[list[int]]:
    """Return the fewest steps from each cell to an exit: one search from all exits at once."""
    if len({len(row) for row in grid}) > 1:
        raise ValueError("rows of different lengths")
    steps = [[0 if cell == "E" else -1 for cell in row] for row in grid]
    queue = deque((y, x) for y, row in enumerate(grid) for x, cell in enumerate(row) if cell == "E")
    while queue:
        y, x = queue.popleft()
        for row, column in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
            inside = 0 <= row < len(grid) and 0 <= column < len(grid[0])
            if inside and grid[row][column] != "#" and steps[row][column] == -1:
                steps[row][column] = steps[y][x] + 1
                queue.append((row, column))
    return steps
