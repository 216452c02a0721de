"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

from disjoint_sets import DisjointSets


def push_all(values: list[int]) -> list[int]:
    """Return the list of a binary heap after these pushes."""
    heap: list[int] = []
    for value in values:
        heap.append(value)
        at = len(heap) - 1
        while at and heap[at] < heap[(at - 1) // 2]:
            heap[at], heap[(at - 1) // 2] = heap[(at - 1) // 2], heap[at]
            at = (at - 1) // 2
    return heap


def pop_from(heap: list[int]) -> list[int]:
    """Return the list of a binary heap after a pop."""
    assert all(heap[at] >= heap[(at - 1) // 2] for at in range(1, len(heap))), "no heap"
    heap = [heap[-1], *heap[1:-1]]
    at = 0
    while children := [c for c in (2 * at + 1, 2 * at + 2) if c < len(heap)]:
        least = min(children, key=heap.__getitem__)
        if heap[at] <= heap[least]:
            break
        heap[at], heap[least] = heap[least], heap[at]
        at = least
    return heap


def size_of_zero(n: int, unions: list[tuple[int, int]], mark: int) -> int:
    """Return the size of the set of 0 after these unions and a rollback."""
    sets = DisjointSets(n)
    for a, b in unions:
        sets.union(a, b)
    sets.rollback(mark)
    return sets.size(0)


def trie(words: list[str]) -> int:
    """Return how many prefixes the words have, the empty one included."""
    return len({word[:end] for word in words for end in range(len(word) + 1)})


FUNCTIONS = {each.__name__: each for each in (push_all, pop_from, size_of_zero, trie)}


def value(variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call) and isinstance(call.func, ast.Name), variant
    return FUNCTIONS[call.func.id](*map(ast.literal_eval, call.args))


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(each) for each in asked[item]] for item in asked}))
