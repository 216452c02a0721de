"""Looks at every pair of a case until one fits."""

import sys


def first_pair(values, target):
    for j in range(len(values)):
        for i in range(j):
            if values[i] + values[j] == target:
                return f"{i} {j}"
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
