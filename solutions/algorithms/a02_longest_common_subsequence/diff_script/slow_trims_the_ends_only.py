"""Misconception: two versions differ in one place, so cutting off equal ends leaves little.

With one change near each end nothing is cut off, and the table is as large as before.
"""

from array import array
from itertools import count


class BadScript(ValueError):
    """The script does not fit the lines it is applied to."""


def apply_script(a: list[str], script: list[tuple[str, str]]) -> list[str]:
    result: list[str] = []
    done = 0
    for op, line in script:
        if op not in ("=", "-", "+"):
            raise BadScript(f"no op: {op!r}")
        if op != "+":
            if done == len(a) or a[done] != line:
                raise BadScript(f"line {done} is not {line!r}")
            done += 1
        if op != "-":
            result.append(line)
    if done < len(a):
        raise BadScript(f"{len(a) - done} lines are left over")
    return result


def distance(a: list[str], b: list[str]) -> int:
    return len(_frontiers(a, b)) - 1


def edit_script(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    script: list[tuple[str, str]] = []
    x = y = 0
    for kept_x, kept_y in _kept(a, b):
        script += _changes(a[x:kept_x], b[y:kept_y])
        script.append(("=", a[kept_x]))
        x, y = kept_x + 1, kept_y + 1
    return script + _changes(a[x:], b[y:])


def _changes(gone: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [("-", line) for line in gone] + [("+", line) for line in new]


def _frontiers(a: list[str], b: list[str]) -> list[dict[int, int]]:
    frontiers: list[dict[int, int]] = []
    before = {1: 0}
    for d in count():
        reached = {}
        for k in range(-d, d + 1, 2):
            x = before[k + 1] if _came_down(before, k, d) else before[k - 1] + 1
            y = x - k
            while x < len(a) and y < len(b) and a[x] == b[y]:
                x, y = x + 1, y + 1
            reached[k] = x
            if x >= len(a) and y >= len(b):
                return [*frontiers, reached]
        frontiers.append(reached)
        before = reached
    raise AssertionError("every pair of files has a distance")


def _came_down(before: dict[int, int], k: int, d: int) -> bool:
    return k == -d or (k != d and before[k - 1] < before[k + 1])


def _kept(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    front = 0
    while front < min(len(a), len(b)) and a[front] == b[front]:
        front += 1
    back = 0
    while back < min(len(a), len(b)) - front and a[-1 - back] == b[-1 - back]:
        back += 1
    middle = _walked_back(a[front : len(a) - back], b[front : len(b) - back])
    kept = [(at, at) for at in range(front)]
    kept += [(front + x, front + y) for x, y in middle]
    return kept + [(len(a) - at, len(b) - at) for at in range(back, 0, -1)]


def _table(a: list[str], b: list[str]) -> list[array]:
    rows = [array("H", range(len(b) + 1))]
    for i, line in enumerate(a, start=1):
        above, row = rows[-1], array("H", [i])
        for j, other in enumerate(b):
            row.append(above[j] if line == other else 1 + min(above[j + 1], row[j]))
        rows.append(row)
    return rows


def _walked_back(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    rows = _table(a, b)
    x, y = len(a), len(b)
    kept = []
    while x and y:
        if a[x - 1] == b[y - 1]:
            x, y = x - 1, y - 1
            kept.append((x, y))
        elif rows[x - 1][y] <= rows[x][y - 1]:
            x -= 1
        else:
            y -= 1
    return kept[::-1]
