"""Reads one case and stops."""

import sys


def main():
    words = iter(sys.stdin.read().split())
    blocks = []
    for count in words:
        totals = {}
        for _ in range(int(count)):
            name = next(words)
            totals[name] = totals.get(name, 0) + int(next(words))
        lines = [f"Case #{len(blocks) + 1}: {len(totals)}"]
        lines += [f"{name} {totals[name]}" for name in sorted(totals)]
        blocks.append("\n".join(lines))
        break
    print("\n\n".join(blocks))


if __name__ == "__main__":
    main()
