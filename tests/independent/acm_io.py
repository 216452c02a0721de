"""Independent solution of acm_io: order the records of a case, then sum runs of equal names.

A case is n and then n lines "name points". Its answer is "Case #k: m" and, for each of the m
names in alphabetical order, a line "name total".
"""

import sys
from collections.abc import Iterator
from itertools import groupby, islice
from operator import itemgetter


def read_cases(words: Iterator[str]) -> Iterator[list[tuple[str, int]]]:
    """Yield the records of one case after the other, until the words end."""
    for count in words:
        flat = islice(words, 2 * int(count))
        yield [(name, int(points)) for name, points in zip(flat, flat, strict=True)]


def answer(number: int, records: list[tuple[str, int]]) -> str:
    """Return the lines that are printed for one case, without the last newline."""
    by_name = itemgetter(0)
    lines = [
        f"{name} {sum(points for _, points in run)}"
        for name, run in groupby(sorted(records, key=by_name), key=by_name)
    ]
    return "\n".join([f"Case #{number}: {len(lines)}", *lines])


def main() -> None:
    """Read all cases to the end of the input, print all answers."""
    words = iter(sys.stdin.read().split())
    answers = [answer(number, case) for number, case in enumerate(read_cases(words), 1)]
    if answers:
        sys.stdout.write("\n\n".join(answers) + "\n")


if __name__ == "__main__":
    main()
