"""Starts anew at each difference: the length of the longest common substring."""

import sys


def lcs_length(a, b):
    best, row = 0, [0] * (len(b) + 1)
    for letter in a:
        diagonal = 0
        for j, other in enumerate(b, start=1):
            above = row[j]
            row[j] = diagonal + 1 if letter == other else 0
            best = max(best, row[j])
            diagonal = above
    return best


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2]):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
