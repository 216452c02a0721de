"""Reading and printing in contests: cases until the input ends, an empty line between answers.

A case is n and then n lines "name points". Its answer is "Case #k: m" and, for each of the m
names in alphabetical order, a line "name total".
"""


def main() -> None:
    """Read all cases to the end of the input, print all answers.

    sys.stdin.read().split() gives the whole input as words; print and sys.stdout.write print.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
