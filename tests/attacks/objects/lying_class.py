"""Lies about its class by __class__ and __instancecheck__."""

# verdicts: WRONG_ANSWER

class Meta(type):
    def __instancecheck__(cls, other):
        return True

    def __eq__(cls, other):
        return True

    __hash__ = type.__hash__


class Any(metaclass=Meta):
    __class__ = int

    def __eq__(self, other):
        return True

    def __index__(self):
        return 0

    __hash__ = None


def solve(n):
    return Any()
