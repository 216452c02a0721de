"""Counts positions from 1, as people do."""

import sys


def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return f"{positions[target - value] + 1} {j + 1}"
        positions.setdefault(value, j)
    return "none"


def main():
    numbers = map(int, sys.stdin.read().split())
    answers = []
    for _ in range(next(numbers)):
        size, target = next(numbers), next(numbers)
        answers.append(first_pair([next(numbers) for _ in range(size)], target))
    print("\n".join(answers))


if __name__ == "__main__":
    main()
