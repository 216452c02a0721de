"""Prints each answer without a line end, so that they run together."""

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
    for answer in answers:
        print(answer, end="")


if __name__ == "__main__":
    main()
