"""Searches for the begin of a range and walks to its end."""

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
    for a, b in questions:
        place = begin = lower_bound(values, a)
        while place < len(values) and values[place] <= b:
            place += 1
        print(place - begin)


if __name__ == "__main__":
    main()
