"""Reads to the end of the file: the line 0 0 becomes a case without persons."""

import sys


def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def main():
    words = iter(sys.stdin.read().split())
    answers = []
    for count in words:
        n, m = int(count), int(next(words))
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
