"""Looks back from each pair of equal letters over all earlier pairs."""

import sys


def lcs_length(a, b):
    best = {}
    for i, letter in enumerate(a):
        for j, other in enumerate(b):
            if letter == other:
                earlier = (n for (x, y), n in best.items() if x < i and y < j)
                best[i, j] = 1 + max(earlier, default=0)
    return max(best.values(), default=0)


def main():
    lines = [line.rstrip("\n") for line in sys.stdin]
    for a, b in zip(lines[::2], lines[1::2]):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
