"""Prints all counts at once, as Python shows a list."""

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
    numbers = list(map(int, sys.stdin.read().split()))
    n, q = numbers[:2]
    values = numbers[2:n + 2]
    questions = list(zip(numbers[n + 2::2], numbers[n + 3::2]))
    print([max(0, lower_bound(values, b + 1) - lower_bound(values, a)) for a, b in questions])


if __name__ == "__main__":
    main()
