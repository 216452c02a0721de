"""Reference for diff_script: Myers' greedy algorithm, diagonal by diagonal.

E. Myers, An O(ND) difference algorithm and its variations, Algorithmica 1, 1986. A point (x, y)
stands for x lines of a and y lines of b done with; it lies on the diagonal x - y.
"""

from itertools import count


class BadScript(ValueError):
    """The script does not fit the lines it is applied to."""


def apply_script(a: list[str], script: list[tuple[str, str]]) -> list[str]:
    """Return what the script makes of `a`; BadScript if it does not fit."""
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
    """Return the least number of deletions and insertions."""
    return len(_frontiers(a, b)) - 1


def edit_script(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """Return a shortest script: between two kept lines first what goes, then what comes."""
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
    """Return for d = 0, 1, ... the farthest x on each diagonal after d changes, up to the end."""
    frontiers: list[dict[int, int]] = []
    before = {1: 0}  # as if an insertion led from above to (0, 0)
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
    """Return whether the farthest way to diagonal k ends with an insertion, not a deletion."""
    return k == -d or (k != d and before[k - 1] < before[k + 1])


def _kept(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of positions that a shortest script keeps, ascending: walk back."""
    frontiers = _frontiers(a, b)
    x, y = len(a), len(b)
    kept = []
    for d in range(len(frontiers) - 1, 0, -1):
        before, k = frontiers[d - 1], x - y
        from_k = k + 1 if _came_down(before, k, d) else k - 1
        start_x = before[from_k]
        start_y = start_x - from_k
        while x > start_x and y > start_y:
            x, y = x - 1, y - 1
            kept.append((x, y))
        x, y = start_x, start_y
    kept += [(at, at) for at in reversed(range(x))]
    return kept[::-1]
