"""Hands objects that equal everything to the suite's function."""

# target: callback
# verdicts: WRONG_ANSWER

class Equal:
    def __eq__(self, other):
        return True

    __hash__ = None


class EqualInt(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


def solve(call):
    for value in (EqualInt(1), Equal()):
        try:
            call(value)
        except Exception:
            continue
    return EqualInt(0)
