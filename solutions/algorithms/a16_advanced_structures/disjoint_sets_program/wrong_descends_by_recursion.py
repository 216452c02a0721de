"""Calls find inside find for each link: too deep for a long chain."""

import sys


def find(parent, x):
    if parent[x] == x:
        return x
    parent[x] = find(parent, parent[x])
    return parent[x]


def main():
    words = iter(sys.stdin.read().split())
    answers = []
    while (n := int(next(words))):
        m = int(next(words))
        parent = list(range(n + 1))
        groups = n
        for _ in range(m):
            kind, a, b = next(words), int(next(words)), int(next(words))
            first, second = find(parent, a), find(parent, b)
            if kind == "Q":
                answers.append("yes" if first == second else "no")
            elif first != second:
                parent[first] = second
                groups -= 1
        answers.append(groups)
    print(*answers, sep="\n")


if __name__ == "__main__":
    main()
