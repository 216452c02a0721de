"""Prints what the function of two_sum returned, brackets and all."""

import sys


def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return positions[target - value], j
        positions.setdefault(value, j)
    return None


def main():
    numbers = map(int, sys.stdin.read().split())
    answers = []
    for _ in range(next(numbers)):
        size, target = next(numbers), next(numbers)
        answers.append(first_pair([next(numbers) for _ in range(size)], target))
    for answer in answers:
        print(answer)


if __name__ == "__main__":
    main()
