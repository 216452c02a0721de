"""Reference for binary_search_program: two searches for each range, one print."""

import sys
from itertools import islice


def count_below(values: list[int], x: int) -> int:
    """Return how many of the ascending values are smaller than x."""
    low, high = 0, len(values)
    while low < high:  # all before low are smaller, none from high on
        middle = (low + high) // 2
        if values[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low


def main() -> None:
    """Read list and questions, print one number for each question."""
    numbers = map(int, sys.stdin.buffer.read().split())
    size, questions = next(numbers), next(numbers)
    values = list(islice(numbers, size))
    answers = []
    for _ in range(questions):
        a, b = next(numbers), next(numbers)
        answers.append(count_below(values, b + 1) - count_below(values, a) if a <= b else 0)
    print("\n".join(map(str, answers)))


if __name__ == "__main__":
    main()
