"""Takes each number by pop(0), which moves all the rest of the list."""

import sys


def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return f"{positions[target - value]} {j}"
        positions.setdefault(value, j)
    return "none"


def main():
    numbers = list(map(int, sys.stdin.read().split()))
    answers = []
    for _ in range(numbers.pop(0)):
        size, target = numbers.pop(0), numbers.pop(0)
        answers.append(first_pair([numbers.pop(0) for _ in range(size)], target))
    print("\n".join(answers))


if __name__ == "__main__":
    main()
