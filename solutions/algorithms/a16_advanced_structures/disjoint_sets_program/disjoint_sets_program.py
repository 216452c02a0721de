"""Reference for disjoint_sets_program: one parent for each person, ways halved while walked."""

import sys
from collections.abc import Iterator


def find(parent: list[int], x: int) -> int:
    """Return who speaks for the group of x; who is passed points further up from now on."""
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def answers(n: int, m: int, words: Iterator[str]) -> Iterator[str]:
    """Yield the lines to print for one case; its words are taken from `words`."""
    parent = list(range(n + 1))
    groups = n
    for _ in range(m):
        kind = next(words)
        a, b = find(parent, int(next(words))), find(parent, int(next(words)))
        if kind == "Q":
            yield "yes" if a == b else "no"
        elif a != b:
            parent[a] = b
            groups -= 1
    yield str(groups)


def main() -> None:
    """Read all cases up to the line "0 0", print all answers."""
    words = iter(sys.stdin.read().split())
    while n := int(next(words)):
        print("\n".join(answers(n, int(next(words)), words)))


if __name__ == "__main__":
    main()
