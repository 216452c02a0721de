"""Independent solution of disjoint_sets_program: group labels, the smaller ring is renamed.

There is no tree. Each person carries the name of the group, so a question is one comparison. The
members of a group form a ring; a merge renames the smaller ring and splices the two by exchanging
two successors. Nobody is renamed more than log2(n) times.
"""

import sys


def main() -> None:
    """Read all cases up to the line "0 0", print all answers."""
    words = iter(sys.stdin.buffer.read().split())
    answers: list[str] = []
    while True:
        n, m = int(next(words)), int(next(words))
        if n == 0:
            break
        group = list(range(n + 1))
        successor = list(range(n + 1))
        size = [1] * (n + 1)
        groups = n
        for _ in range(m):
            kind, a, b = next(words), int(next(words)), int(next(words))
            keep, drop = group[a], group[b]
            if kind == b"Q":
                answers.append("yes" if keep == drop else "no")
                continue
            if keep == drop:
                continue
            if size[keep] < size[drop]:
                keep, drop = drop, keep
                a, b = b, a
            size[keep] += size[drop]
            groups -= 1
            member = b
            while group[member] != keep:
                group[member] = keep
                member = successor[member]
            successor[a], successor[b] = successor[b], successor[a]
        answers.append(str(groups))
    sys.stdout.write("".join(f"{answer}\n" for answer in answers))


if __name__ == "__main__":
    main()
