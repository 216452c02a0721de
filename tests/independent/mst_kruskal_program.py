"""Independent solution of mst_kruskal_program: Boruvka, rounds of contraction.

In each round every part of the forest builds its cheapest line to another part, parts that hang
together become one, and lines inside of a part are dropped. The number of parts halves at least,
so there are at most log2(n) rounds over the lines.
"""

import sys

Line = tuple[int, int, int, int]  # price, number (decides between equal prices), from, to


def cheapest(places: int, lines: list[Line]) -> int | None:
    """Return the least total that connects the places 0 .. places-1, None if nothing does."""
    total = 0
    while places > 1:
        best: list[Line | None] = [None] * places
        for line in lines:
            for end in line[2:]:
                known = best[end]
                if known is None or line < known:
                    best[end] = line
        # Each part points to the part at the other end of its line.
        target = list(range(places))
        for part, line in enumerate(best):
            if line is None:
                return None
            other = line[2] + line[3] - part
            if best[other] is line and part < other:
                continue  # both chose this line; the lesser part is the root
            target[part] = other
            total += line[0]
        # Pointers are doubled until all of them show at a root.
        while True:
            further = [target[t] for t in target]
            if further == target:
                break
            target = further
        number = {root: i for i, root in enumerate(sorted(set(target)))}
        renamed = [number[root] for root in target]
        lines = [
            (price, i, renamed[a], renamed[b])
            for price, i, a, b in lines
            if renamed[a] != renamed[b]
        ]
        places = len(number)
    return total


def main() -> None:
    """Read all cases, print one line for each."""
    words = iter(sys.stdin.buffer.read().split())
    for _ in range(int(next(words))):
        n, m = int(next(words)), int(next(words))
        index: dict[bytes, int] = {}
        lines: list[Line] = []
        for i in range(m):
            a = index.setdefault(next(words), len(index))
            b = index.setdefault(next(words), len(index))
            price = int(next(words))
            if a != b:
                lines.append((price, i, a, b))
        # A place without a name has no line; it is connected only if it is the only place.
        total = cheapest(n, lines) if len(index) == n else 0 if n == 1 else None
        print("impossible" if total is None else total)


if __name__ == "__main__":
    main()
