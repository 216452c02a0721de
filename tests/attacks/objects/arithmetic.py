"""Answers arithmetic, order and rounding itself."""

# target: numbers
# verdicts: WRONG_ANSWER

class Fits:
    def __sub__(self, other):
        return 0.0

    __rsub__ = __abs__ = __float__ = __sub__

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __eq__ = __lt__
    __hash__ = None

    def __int__(self):
        return 0


def solve(n):
    return Fits()
