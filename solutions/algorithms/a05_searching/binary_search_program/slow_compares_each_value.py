"""Looks at each value for each question."""

import sys


def main():
    numbers = list(map(int, sys.stdin.read().split()))
    n, q = numbers[:2]
    values = numbers[2:n + 2]
    questions = list(zip(numbers[n + 2::2], numbers[n + 3::2]))
    for a, b in questions:
        print(sum(a <= value <= b for value in values))


if __name__ == "__main__":
    main()
