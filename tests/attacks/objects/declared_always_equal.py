"""Returns an object of a declared class whose declared __eq__ is always true."""

# target: objects
# verdicts: WRONG_ANSWER

class Box(Box):
    size = property(lambda self: self)

    def get(self):
        return self

    def __getitem__(self, i):
        return self

    def __iter__(self):
        return iter([self, self])

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


def solve(n):
    return Box()
