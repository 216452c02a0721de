"""Returns a string that equals everything."""

# verdicts: WRONG_ANSWER

class Same(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


def solve(n):
    return Same("x")
