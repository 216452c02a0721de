"""Reference for acm_io: all words at once, a block of text for each case, one print."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice


def answers(words: Iterator[str]) -> Iterator[str]:
    """Yield the answer of each case; a case begins where the one before it ended."""
    for number, count in enumerate(words, start=1):
        totals: defaultdict[str, int] = defaultdict(int)
        records = islice(words, 2 * int(count))
        for name in records:
            totals[name] += int(next(records))
        lines = [f"{name} {total}" for name, total in sorted(totals.items())]
        yield "\n".join([f"Case #{number}: {len(totals)}", *lines])


def main() -> None:
    """Read all cases to the end of the input, print all answers."""
    words = iter(sys.stdin.read().split())
    print("\n\n".join(answers(words)))


if __name__ == "__main__":
    main()
