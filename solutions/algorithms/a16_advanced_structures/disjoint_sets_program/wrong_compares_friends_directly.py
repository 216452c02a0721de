"""Asks whether two are friends, not whether friends lead from one to the other."""

import sys


def main():
    words = iter(sys.stdin.read().split())
    answers = []
    while (n := int(next(words))):
        m = int(next(words))
        friends = {(k, k) for k in range(1, n + 1)}
        groups = n
        for _ in range(m):
            kind, a, b = next(words), int(next(words)), int(next(words))
            if kind == "Q":
                answers.append("yes" if (a, b) in friends else "no")
            elif (a, b) not in friends:
                friends |= {(a, b), (b, a)}
                groups -= 1
        answers.append(groups)
    print(*answers, sep="\n")


if __name__ == "__main__":
    main()
