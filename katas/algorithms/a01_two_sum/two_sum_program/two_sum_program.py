"""Two sum as a program: read cases from standard input, print one answer for each.

A case is a line with n and target and a line with n values. Its answer is a line with the
positions i j of the pair with the smallest j, then the smallest i; or none.
"""


def main() -> None:
    """Read all cases, print all answers.

    sys.stdin.buffer.read().split() gives the whole input as words, print writes a line.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
