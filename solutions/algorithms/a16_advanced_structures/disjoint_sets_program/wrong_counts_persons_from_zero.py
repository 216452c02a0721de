"""Takes persons for 0 to n - 1, so that the last one has no place."""

import sys


def find(parent, x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


def main():
    words = iter(sys.stdin.read().split())
    answers = []
    while (n := int(next(words))):
        m = int(next(words))
        parent = list(range(n))
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
