"""Returns objects of its own where a protocol wants numbers and truths."""

# target: objects
# verdicts: WRONG_ANSWER

class Yes(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


class Box(Box):
    size = Yes(1)

    def get(self):
        return Yes(1)

    def __len__(self):
        return Yes(1)

    def __getitem__(self, i):
        return Yes(1)

    def __eq__(self, other):
        return Yes(1)
