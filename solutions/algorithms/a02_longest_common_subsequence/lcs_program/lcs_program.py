"""Reference for lcs_program: lines until there are no more, one row of the table at a time."""

import sys


def lcs_length(a: str, b: str) -> int:
    """Return the length of the longest common subsequences of two strings."""
    above = [0] * (len(b) + 1)
    for letter in a:
        left, row = 0, [0]
        for diagonal, up, other in zip(above, above[1:], b, strict=False):
            if letter == other:
                left = diagonal + 1
            elif up > left:
                left = up
            row.append(left)
        above = row
    return above[-1]


def main() -> None:
    """Read all pairs of lines, print one number for each."""
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2], strict=True):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
