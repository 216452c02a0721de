"""Independent solution of longest_increasing: ranks in a Fenwick tree of (length, count).

A subsequence keeps the order of a list and may leave out any of its elements. Values are replaced
by ranks that are all different: of equal values the later one ranks lower where they must not
follow each other, and higher where they may. What is left is a permutation.
"""


def _ranks(seq: list[int], strict: bool) -> list[int]:
    """Return the rank of each element, from 1 on."""
    positions = range(len(seq))
    order = sorted(reversed(positions) if strict else positions, key=seq.__getitem__)
    ranks = [0] * len(seq)
    for rank, position in enumerate(order, 1):
        ranks[position] = rank
    return ranks


def _lengths(ranks: list[int]) -> list[int]:
    """Return for each element the length of the longest subsequences that end there."""
    size = len(ranks)
    best = [0] * (size + 1)
    lengths: list[int] = []
    for rank in ranks:
        length = 0
        node = rank - 1
        while node:
            if best[node] > length:
                length = best[node]
            node &= node - 1
        length += 1
        lengths.append(length)
        node = rank
        while node <= size:
            if best[node] < length:
                best[node] = length
            node += node & -node
    return lengths


def lis_length(seq: list[int], strict: bool = True) -> int:
    """Return the length of the longest increasing subsequences, 0 for an empty list.

    Each element must be larger than the one before it; if `strict` is False it may be equal.
    """
    return max(_lengths(_ranks(seq, strict)), default=0)


def lis(seq: list[int], strict: bool = True) -> list[int]:
    """Return the values of a longest increasing subsequence in their order, any will do.

    `strict` means what it means for lis_length. `seq` is left as it was.
    """
    ranks = _ranks(seq, strict)
    lengths = _lengths(ranks)
    wanted = max(lengths, default=0)
    below = len(seq) + 1
    backwards: list[int] = []
    for position in reversed(range(len(seq))):
        if lengths[position] == wanted and ranks[position] < below:
            backwards.append(seq[position])
            below = ranks[position]
            wanted -= 1
    return backwards[::-1]


def count_lis(seq: list[int]) -> int:
    """Return how many strictly increasing subsequences have the greatest length.

    Subsequences that differ in a position are different, even if their values are equal. An
    empty list has 0.
    """
    if not seq:
        return 0
    size = len(seq)
    best = [0] * (size + 1)
    counts = [0] * (size + 1)
    for rank in _ranks(seq, True):
        length, count = _prefix(best, counts, rank - 1)
        length, count = length + 1, max(count, 1)
        node = rank
        while node <= size:
            if best[node] < length:
                best[node], counts[node] = length, count
            elif best[node] == length:
                counts[node] += count
            node += node & -node
    return _prefix(best, counts, size)[1]


def _prefix(best: list[int], counts: list[int], node: int) -> tuple[int, int]:
    """Return the greatest length among the lowest ranks, and how often it occurs."""
    length = count = 0
    while node:
        if best[node] > length:
            length, count = best[node], counts[node]
        elif best[node] == length:
            count += counts[node]
        node &= node - 1
    return length, count
