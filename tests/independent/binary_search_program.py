"""Independent solution of binary_search_program: offline sweep over all range ends at once.

No question is searched for by itself. Every question "a b" wants two ranks: how many values are
less than a, and how many are at most b, that is, less than b + 1. All wanted bounds are put in
order, and one walk through the values answers them all.
"""

import sys


def ranks_below(values: list[int], bounds: list[int]) -> dict[int, int]:
    """Return for each bound how many of the ascending `values` are less than it."""
    ranks: dict[int, int] = {}
    position = 0
    size = len(values)
    for bound in sorted(set(bounds)):
        while position < size and values[position] < bound:
            position += 1
        ranks[bound] = position
    return ranks


def main() -> None:
    """Read list and questions, print one number for each question."""
    words = list(map(int, sys.stdin.buffer.read().split()))
    n, q = words[0], words[1]
    values = words[2 : 2 + n]
    lows = words[2 + n : 2 + n + 2 * q : 2]
    ends = [high + 1 for high in words[3 + n : 2 + n + 2 * q : 2]]
    ranks = ranks_below(values, lows + ends)
    answers = [max(0, ranks[end] - ranks[low]) for low, end in zip(lows, ends, strict=True)]
    sys.stdout.write("".join(f"{answer}\n" for answer in answers))


if __name__ == "__main__":
    main()
