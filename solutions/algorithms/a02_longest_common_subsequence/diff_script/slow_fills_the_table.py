"""Misconception: the table of the longest common subsequence is good enough for files.

Two files of 10,000 lines have 100 million entries, however few lines differ.
"""

from array import array


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
    row = list(range(len(b) + 1))
    for i, line in enumerate(a, start=1):
        above, row = row, [i]
        for j, other in enumerate(b):
            row.append(above[j] if line == other else 1 + min(above[j + 1], row[j]))
    return row[-1]


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


def _kept(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    return _walked_back(a, b)


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
