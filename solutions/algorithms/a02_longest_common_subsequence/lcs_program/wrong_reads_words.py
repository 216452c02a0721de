"""Splits the input into words: spaces and empty lines are lost."""

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
    words = sys.stdin.read().split()
    for a, b in zip(words[::2], words[1::2]):
        print(lcs_length(a, b))


if __name__ == "__main__":
    main()
