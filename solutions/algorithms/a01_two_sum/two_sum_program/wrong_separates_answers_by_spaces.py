"""Prints all answers on one line: a space is not a line end."""

import sys


def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return f"{positions[target - value]} {j}"
        positions.setdefault(value, j)
    return "none"


def main():
    numbers = map(int, sys.stdin.read().split())
    answers = []
    for _ in range(next(numbers)):
        size, target = next(numbers), next(numbers)
        answers.append(first_pair([next(numbers) for _ in range(size)], target))
    print(*answers)


if __name__ == "__main__":
    main()
