"""The values of this topic's predict items, from the calls that learners read."""

import ast
import json
import sys

import binary_search

Graph = list[list[int]]


def asked_about(low: int, high: int, answer: int) -> list[int]:
    """Return the numbers that first_true asks about, in order."""
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number >= answer

    assert binary_search.first_true(low, high, holds) == answer
    return asked


def explore(adj: Graph) -> tuple[list[list[int]], int]:
    """Return the order of leaving for each root, and how many back edges there are."""
    path: list[int] = []
    done: set[int] = set()
    back = 0

    def visit(vertex: int, left: list[int]) -> None:
        nonlocal back
        path.append(vertex)
        for other in adj[vertex]:
            if other in path:
                back += 1
            elif other not in done:
                visit(other, left)
        done.add(path.pop())
        left.append(vertex)

    trees: list[list[int]] = []
    for root in range(len(adj)):
        if root not in done:
            trees.append([])
            visit(root, trees[-1])
    return trees, back


def hops(adj: Graph) -> list[int]:
    """Return the least number of edges from vertex 0, -1 where there is no way."""
    steps = [0] + [-1] * (len(adj) - 1)
    for distance in range(len(adj)):
        for vertex in [v for v, each in enumerate(steps) if each == distance]:
            for other in adj[vertex]:
                if steps[other] == -1:
                    steps[other] = distance + 1
    return steps


def value(item: str, variant: str) -> object:
    """Return what the call in a variant gives."""
    call = ast.parse(variant, mode="eval").body
    assert isinstance(call, ast.Call), variant
    arguments = [ast.literal_eval(each) for each in call.args]
    match item:
        case "questions_asked":
            return asked_about(*arguments)
        case "order_of_leaving":
            return explore(*arguments)[0][0]
        case "back_edges":
            return explore(*arguments)[1]
        case "hops_from_start":
            return hops(*arguments)
    raise KeyError(item)


asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [value(item, each) for each in asked[item]] for item in asked}))
