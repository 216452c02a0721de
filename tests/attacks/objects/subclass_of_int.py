"""Returns an int that compares and subtracts as it likes."""

# target: numbers
# verdicts: WRONG_ANSWER

class Fits(int):
    def __sub__(self, other):
        return 0

    __rsub__ = __sub__

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def solve(n):
    return Fits(1)
