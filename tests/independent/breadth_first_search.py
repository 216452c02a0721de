"""Independent solution of breadth_first_search, written from statement and stub alone."""

from collections import deque


def _check(adj: list[list[int]], *vertices: int) -> None:
    n = len(adj)
    for v in vertices:
        if not 0 <= v < n:
            raise ValueError(f"{v} is not a vertex")
    for row in adj:
        for w in row:
            if not 0 <= w < n:
                raise ValueError(f"neighbour {w} is not a vertex")


def hops(adj: list[list[int]], start: int) -> list[int]:
    """Return for each vertex the fewest edges of a way from `start`, -1 if there is no way."""
    _check(adj, start)
    dist = [-1] * len(adj)
    dist[start] = 0
    queue = deque([start])
    while queue:
        v = queue.popleft()
        for w in adj[v]:
            if dist[w] < 0:
                dist[w] = dist[v] + 1
                queue.append(w)
    return dist


def fewest_steps(adj: list[list[int]], s: int, t: int) -> list[int] | None:
    """Return the vertices of a way from s to t with the fewest edges, both included; None if none.

    Any such way is right. From a vertex to itself it is the vertex alone.
    """
    _check(adj, s, t)
    parent = [-1] * len(adj)
    parent[s] = s
    queue = deque([s])
    while queue and parent[t] < 0:
        v = queue.popleft()
        for w in adj[v]:
            if parent[w] < 0:
                parent[w] = v
                queue.append(w)
    if parent[t] < 0:
        return None
    way = [t]
    while way[-1] != s:
        way.append(parent[way[-1]])
    way.reverse()
    return way


def nearest_exit(grid: list[str]) -> list[list[int]]:
    """Return for each cell the fewest steps to an exit, -1 for walls and where there is no way.

    '#' is a wall, 'E' an exit, '.' a free cell; a step leads up, down, left or right, within the
    grid. Rows of different lengths raise ValueError.
    """
    if not grid:
        return []
    height, width = len(grid), len(grid[0])
    if any(len(row) != width for row in grid):
        raise ValueError("rows of different lengths")
    dist = [[-1] * width for _ in range(height)]
    queue = deque()
    for r, row in enumerate(grid):
        for c, cell in enumerate(row):
            if cell == "E":
                dist[r][c] = 0
                queue.append((r, c))
    while queue:
        r, c = queue.popleft()
        step = dist[r][c] + 1
        for y, x in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if 0 <= y < height and 0 <= x < width and grid[y][x] != "#" and dist[y][x] < 0:
                dist[y][x] = step
                queue.append((y, x))
    return dist
