"""Reference for lcs_program: lines until there are no more, one row of the table at a time."""

import sys


def lcs_length(a: str, b: str) -> int:
    """Return the length of the longest common subsequences of two strings."""
    above = [0] * (len(b) + 1)
    for letter in a:
        row = [0]
        for j, other in enumerate(b):
            row.append(above[j] + 1 if letter == other else max(above[j + 1], row[j]))
        above = row
    return above[-1]


def main() -> None:
    """Read all pairs of lines, print one number for each."""
    lines = [line.rstrip("\n") for line in sys.stdin]
    for number in range(0, len(lines), 2):
        print(lcs_length(lines[number], lines[number + 1]))


if __name__ == "__main__":
    main()
