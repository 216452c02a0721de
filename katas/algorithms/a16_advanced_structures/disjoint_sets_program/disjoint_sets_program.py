"""Disjoint sets as a program: friendships and questions, case after case, until a line "0 0".

A case is n and m and then m lines "U a b" or "Q a b", persons counted from 1. For each Q a line
yes or no is printed, and after each case a line with the number of its groups.
"""


def main() -> None:
    """Read all cases up to the line "0 0", print all answers.

    iter(sys.stdin.read().split()) gives the whole input word by word, print writes a line.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
