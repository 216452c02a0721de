"""Raises StopIteration out of plain calls, which would cut a map short."""

# target: objects
# verdicts: RUNTIME_ERROR

class Box(Box):
    def get(self):
        raise StopIteration

    def __getitem__(self, i):
        raise StopIteration


def solve(n):
    raise StopIteration
