"""Prints all lengths on one line."""

import sys


def lcs_length(a, b):
    row = [0] * (len(b) + 1)
    for letter in a:
        diagonal = 0
        for j, other in enumerate(b, start=1):
            above = row[j]
            row[j] = diagonal + 1 if letter == other else max(above, row[j - 1])
            diagonal = above
    return row[-1]


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2]):
        print(lcs_length(a, b), end=" ")


if __name__ == "__main__":
    main()
