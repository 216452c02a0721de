"""Independent solution of diff_script: a band around the diagonal, doubled until it is wide enough.

A script is a list of entries (op, line): ("=", line) keeps the next line of `a`, ("-", line)
deletes it, ("+", line) inserts a line. Lines are strings and may be equal to one another.

A way through the table of prefixes that leaves the band with `pad` diagonals on either side costs
at least 2 * (pad + 1) more than the difference in length. A result in the band that costs less is
therefore the least of all.
"""


class BadScript(ValueError):
    """The script does not fit the lines it is applied to."""


def apply_script(a: list[str], script: list[tuple[str, str]]) -> list[str]:
    """Return what the script makes of `a`; it may mix "-" and "+" in any order.

    Raise BadScript for an op other than the three, for a "=" or "-" whose line is not the next
    line of `a`, and for lines of `a` that no entry has kept or deleted.
    """
    result: list[str] = []
    position = 0
    for op, line in script:
        if op not in ("=", "-", "+"):
            raise BadScript(f"unknown op {op!r}")
        if op != "+":
            if position >= len(a):
                raise BadScript(f"{op!r} comes after the last line")
            if a[position] != line:
                raise BadScript(f"{op!r} expects {line!r}, the next line is {a[position]!r}")
            position += 1
        if op != "-":
            result.append(line)
    if position < len(a):
        raise BadScript(f"{a[position]!r} is left over")
    return result


def _fill(a: list[int], b: list[int], low: int, width: int) -> list[list[int]]:
    """Return the rows of the band: row i has the cells j from i + low on, `width` of them."""
    columns = len(b)
    never = len(a) + columns + 1
    rows: list[list[int]] = []
    above = [never] * (width + 1)
    for i in range(len(a) + 1):
        row = [never] * (width + 1)
        left = never
        line = a[i - 1] if i else -1
        first = max(0, -(i + low))
        for offset in range(first, min(width, columns - i - low + 1)):
            j = i + low + offset
            if i and j and b[j - 1] == line:
                left = above[offset]
            elif i or j:
                up = above[offset + 1]
                left = (up if up < left else left) + 1
            else:
                left = 0
            row[offset] = left
        rows.append(row)
        above = row
    return rows


def _solve(a: list[str], b: list[str]) -> tuple[int, list[str]]:
    """Return the distance and the ops of a shortest script, from last to first."""
    numbers: dict[str, int] = {}
    p = [numbers.setdefault(line, len(numbers)) for line in a]
    q = [numbers.setdefault(line, len(numbers)) for line in b]
    longer = len(q) - len(p)
    pad = 2
    while True:
        low = min(0, longer) - pad
        width = abs(longer) + 2 * pad + 1
        rows = _fill(p, q, low, width)
        cost = rows[-1][longer - low]
        if cost < abs(longer) + 2 * (pad + 1):
            break
        pad *= 2
    ops: list[str] = []
    i, j = len(p), len(q)
    while i or j:
        offset = j - i - low
        if i and j and p[i - 1] == q[j - 1]:
            ops.append("=")
            i -= 1
            j -= 1
        elif i and rows[i - 1][offset + 1] + 1 == rows[i][offset]:
            ops.append("-")
            i -= 1
        else:
            ops.append("+")
            j -= 1
    return cost, ops


def distance(a: list[str], b: list[str]) -> int:
    """Return the least number of "-" and "+" with which a script makes `b` of `a`.

    Up to 200 lines each, or up to 10,000 lines each if the distance is at most 20.
    """
    return _solve(a, b)[0]


def edit_script(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """Return a script that makes `b` of `a` with distance(a, b) entries "-" and "+".

    Between two "=" (and before the first, after the last) every "-" comes before every "+".
    Sizes are those of distance.
    """
    script: list[tuple[str, str]] = []
    added: list[tuple[str, str]] = []
    i = j = 0
    for op in reversed(_solve(a, b)[1]):
        if op == "+":
            added.append(("+", b[j]))
            j += 1
            continue
        if op == "=":
            script += added
            added = []
            j += 1
        script.append((op, a[i]))
        i += 1
    return script + added
