"""Valid task order: does a proposed order contain every task once and keep every rule?"""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    """Return whether `order` lists each of the tasks 0 .. n-1 once and keeps all rules.

    An edge (a, b) is the rule that a comes before b. The numbers in `order` may be anything.
    `edges` and `order` are left as they were.
    """
    raise NotImplementedError
