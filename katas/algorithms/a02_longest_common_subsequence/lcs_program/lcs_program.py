"""Longest common subsequence as a program: pairs of lines until the input ends.

For each pair one line is printed: the length of its longest common subsequences. Every character
of a line counts, spaces too; an empty line is the empty string.
"""


def main() -> None:
    """Read all pairs of lines, print one number for each.

    `for line in sys.stdin` ends with the input; each line still has its newline then.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
