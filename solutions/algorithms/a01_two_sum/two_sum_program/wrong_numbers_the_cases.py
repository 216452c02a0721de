"""Prints "Case 1:" in front of each answer, as other problems ask for."""

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
    for number, answer in enumerate(answers, 1):
        print(f"Case {number}: {answer}")


if __name__ == "__main__":
    main()
