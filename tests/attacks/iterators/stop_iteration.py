"""Raises StopIteration where no iterator was asked."""

# target: iterator
# verdicts: WRONG_ANSWER

class Stops:
    def __iter__(self):
        return self

    def __next__(self):
        raise StopIteration


def count(n):
    return Stops()
