"""Leaves empty lines out while reading, so that a case without values takes the next line."""

import sys


def first_pair(values, target):
    positions = {}
    for j, value in enumerate(values):
        if target - value in positions:
            return f"{positions[target - value]} {j}"
        positions.setdefault(value, j)
    return "none"


def main():
    lines = [line for line in sys.stdin.read().split("\n") if line]
    for number in range(1, 2 * int(lines[0]), 2):
        size, target = map(int, lines[number].split())
        values = lines[number + 1].split() if number + 1 < len(lines) else []
        print(first_pair(list(map(int, values))[:size], target))


if __name__ == "__main__":
    main()
