"""Reference for two_sum_program: the whole input as numbers, one walk for each case."""

import sys
from itertools import islice


def first_pair(values: list[int], target: int) -> str:
    """Return the positions of the pair with the smallest j, then the smallest i, or "none"."""
    first_position: dict[int, int] = {}
    for j, value in enumerate(values):
        i = first_position.get(target - value)
        if i is not None:
            return f"{i} {j}"
        first_position.setdefault(value, j)
    return "none"


def main() -> None:
    """Read all cases, print all answers."""
    numbers = map(int, sys.stdin.buffer.read().split())
    answers = []
    for _ in range(next(numbers)):
        size, target = next(numbers), next(numbers)
        answers.append(first_pair(list(islice(numbers, size)), target))
    print("\n".join(answers))


if __name__ == "__main__":
    main()
