"""Takes each word by pop(0), which moves all the rest of the list."""

import sys


def main():
    words = sys.stdin.read().split()
    blocks = []
    while words:
        totals = {}
        for _ in range(int(words.pop(0))):
            name = words.pop(0)
            totals[name] = totals.get(name, 0) + int(words.pop(0))
        lines = [f"Case #{len(blocks) + 1}: {len(totals)}"]
        lines += [f"{name} {totals[name]}" for name in sorted(totals)]
        blocks.append("\n".join(lines))
    print("\n\n".join(blocks))


if __name__ == "__main__":
    main()
