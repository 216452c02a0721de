"""Remembers what it is compared with and answers that the next time."""

# target: objects
# verdicts: WRONG_ANSWER

seen = []


class Box(Box):
    def get(self):
        return seen[-1] if seen else self

    def __getitem__(self, i):
        return self

    def __eq__(self, other):
        seen.append(other)
        return True


def solve(n):
    return seen[-1] if seen else Box()
