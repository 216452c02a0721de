"""Minimum spanning tree as a program: lines between named places, the least total price.

The input holds the number of cases; a case is n and m and then m lines "from to price". For each
case one line is printed: the least total price that connects all n places, or impossible.
"""


def main() -> None:
    """Read all cases, print one line for each.

    iter(sys.stdin.read().split()) gives the whole input word by word, print writes a line.
    """
    raise NotImplementedError


if __name__ == "__main__":
    main()
