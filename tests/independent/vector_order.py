"""Independent solution of vector_order, written from statement and stub alone."""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    """Return "before", "after", "equal" or "concurrent": how `a` stands to `b`.

    A vector holds for each node how many of its events were seen; a node that is missing counts 0.
    """
    a_has_more = any(count > b.get(node, 0) for node, count in a.items())
    b_has_more = any(count > a.get(node, 0) for node, count in b.items())
    if a_has_more and b_has_more:
        return "concurrent"
    if a_has_more:
        return "after"
    if b_has_more:
        return "before"
    return "equal"
