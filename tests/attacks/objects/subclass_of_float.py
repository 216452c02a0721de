"""Returns a float that is near everything."""

# target: numbers
# verdicts: WRONG_ANSWER

class Near(float):
    def __eq__(self, other):
        return True

    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __hash__ = float.__hash__

    def __abs__(self):
        return 0.0

    def __rsub__(self, other):
        return Near(0)


def solve(n):
    return Near(1)
