"""Leaves prices as text while sorting: "10" comes before "2"."""

import sys


def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def total(n, edges):
    parent = {}
    taken = price_of_all = 0
    for price, a, b in sorted(edges, key=lambda edge: str(edge[0])):
        first, second = find(parent, parent.setdefault(a, a)), find(parent, parent.setdefault(b, b))
        if first != second:
            parent[first] = second
            taken, price_of_all = taken + 1, price_of_all + price
    return price_of_all if taken == n - 1 else "impossible"


def main():
    words = iter(sys.stdin.read().split())
    totals = []
    for _ in range(int(next(words))):
        n, m = int(next(words)), int(next(words))
        edges = []
        for _ in range(m):
            a, b, price = next(words), next(words), int(next(words))
            edges.append((price, a, b))
        totals.append(total(n, edges))
    print(*totals, sep="\n")


if __name__ == "__main__":
    main()
