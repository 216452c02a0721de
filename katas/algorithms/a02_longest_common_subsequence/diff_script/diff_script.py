"""Minimal line diff: the fewest lines to delete and insert between two versions of a file.

A script is a list of entries (op, line): ("=", line) keeps the next line of `a`, ("-", line)
deletes it, ("+", line) inserts a line. Lines are strings and may be equal to one another.
"""


class BadScript(ValueError):
    """The script does not fit the lines it is applied to."""


def apply_script(a: list[str], script: list[tuple[str, str]]) -> list[str]:
    """Return what the script makes of `a`; it may mix "-" and "+" in any order.

    Raise BadScript for an op other than the three, for a "=" or "-" whose line is not the next
    line of `a`, and for lines of `a` that no entry has kept or deleted.
    """
    raise NotImplementedError


def distance(a: list[str], b: list[str]) -> int:
    """Return the least number of "-" and "+" with which a script makes `b` of `a`.

    Up to 200 lines each, or up to 10,000 lines each if the distance is at most 20.
    """
    raise NotImplementedError


def edit_script(a: list[str], b: list[str]) -> list[tuple[str, str]]:
    """Return a script that makes `b` of `a` with distance(a, b) entries "-" and "+".

    Between two "=" (and before the first, after the last) every "-" comes before every "+".
    Sizes are those of distance.
    """
    raise NotImplementedError
