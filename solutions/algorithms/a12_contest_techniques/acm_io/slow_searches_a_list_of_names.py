"""Keeps the names in a list and searches it for every record."""

import sys


def main():
    words = iter(sys.stdin.read().split())
    blocks = []
    for count in words:
        names, sums = [], []
        for _ in range(int(count)):
            name = next(words)
            if name not in names:
                names.append(name)
                sums.append(0)
            sums[names.index(name)] += int(next(words))
        totals = dict(zip(names, sums))
        lines = [f"Case #{len(blocks) + 1}: {len(totals)}"]
        lines += [f"{name} {totals[name]}" for name in sorted(totals)]
        blocks.append("\n".join(lines))
    print("\n\n".join(blocks))


if __name__ == "__main__":
    main()
