"""Misconception: to know that no two overlap, each two must be compared.

Right, but 20,000 meetings are 200 million pairs.
"""


def compatible(meetings: list[tuple[int, int]]) -> bool:
    for at, (start, end) in enumerate(meetings):
        for other in range(at):
            if meetings[other][0] < end and start < meetings[other][1]:
                return False
    return True
