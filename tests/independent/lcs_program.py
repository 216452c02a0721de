"""Independent solution of lcs_program: bit-parallel, a whole row of the table in one integer.

Neighbouring entries of a row differ by 0 or 1. Bit i of `row` is 0 where entry i + 1 is greater
than entry i; one addition moves all of them on to the next row.
"""

import sys


def common_length(first: str, second: str) -> int:
    """Return the length of the longest common subsequences of two strings."""
    places: dict[str, int] = {}
    for i, character in enumerate(first):
        places[character] = places.get(character, 0) | 1 << i
    full = (1 << len(first)) - 1
    row = full
    for character in second:
        hits = row & places.get(character, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(first) - row.bit_count()


def main() -> None:
    """Read all pairs of lines, print one number for each."""
    lines = sys.stdin.read().split("\n")
    if lines[-1] == "":
        lines.pop()
    for first, second in zip(lines[::2], lines[1::2], strict=True):
        print(common_length(first, second))


if __name__ == "__main__":
    main()
