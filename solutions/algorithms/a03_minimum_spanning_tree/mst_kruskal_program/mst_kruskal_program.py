"""Reference for mst_kruskal_program: names become numbers, then Kruskal with disjoint sets."""

import sys
from collections.abc import Iterator


def find(parent: list[int], x: int) -> int:
    """Return the root of the tree of x; what is passed points further up from now on."""
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def answer(n: int, m: int, words: Iterator[str]) -> str:
    """Return the line to print for one case; its words are taken from `words`."""
    numbers: dict[str, int] = {}
    edges = []
    for _ in range(m):
        a, b = (numbers.setdefault(next(words), len(numbers)) for _ in "ab")
        edges.append((int(next(words)), a, b))
    parent = list(range(n))
    missing, total = n - 1, 0
    for price, a, b in sorted(edges):
        a, b = find(parent, a), find(parent, b)
        if a != b:
            parent[a] = b
            missing -= 1
            total += price
    return "impossible" if missing else str(total)


def main() -> None:
    """Read all cases, print one line for each."""
    words = iter(sys.stdin.read().split())
    for _ in range(int(next(words))):
        print(answer(int(next(words)), int(next(words)), words))


if __name__ == "__main__":
    main()
