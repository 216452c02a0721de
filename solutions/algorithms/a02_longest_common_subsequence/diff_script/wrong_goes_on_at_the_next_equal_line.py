"""Misconception: at a difference, drop lines of `a` until the next one that `b` still has.

A line that `b` has only much later uses up all that stands before it.
"""


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
    return len(a) + len(b) - 2 * len(_kept(a, b))


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
    kept = []
    y = 0
    for x, line in enumerate(a):
        if line in b[y:]:
            y = b.index(line, y)
            kept.append((x, y))
            y += 1
    return kept
