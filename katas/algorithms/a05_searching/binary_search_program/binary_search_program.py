"""Binary search as a program: how many values of a sorted list lie in each of many ranges.

The input holds n and q, the n values in ascending order, and q lines "a b". For each of these one
line is printed: how many values lie from a to b, both included. The module bisect is forbidden.
"""


def main() -> None:
    """Read list and questions, print one number for each question.

    sys.stdin.buffer.read().split() gives the whole input as words, print writes a line.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
