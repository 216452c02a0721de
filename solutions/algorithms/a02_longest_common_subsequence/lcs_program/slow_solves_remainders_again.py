"""Solves the same pair of remainders again and again."""

import sys


def lcs_length(a, b):
    if not a or not b:
        return 0
    if a[0] == b[0]:
        return 1 + lcs_length(a[1:], b[1:])
    return max(lcs_length(a[1:], b), lcs_length(a, b[1:]))


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2]):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
