"""Takes the questions from the third line on, empty lines left out: without values one is lost."""

import sys


def lower_bound(values, x):
    low, high = 0, len(values)
    while low < high:
        middle = (low + high) // 2
        if values[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low


def main():
    lines = [line for line in sys.stdin.read().split("\n") if line]
    values = list(map(int, lines[1].split()))
    for line in lines[2:]:
        a, b = map(int, line.split())
        print(max(0, lower_bound(values, b + 1) - lower_bound(values, a)))


if __name__ == "__main__":
    main()
