"""Independent solution of valid_task_order: do the tasks in order, counting what is still owed."""


def respects(n: int, edges: list[tuple[int, int]], order: list[int]) -> bool:
    """Return whether `order` lists each of the tasks 0 .. n-1 once and keeps all rules.

    An edge (a, b) is the rule that a comes before b. The numbers in `order` may be anything.
    `edges` and `order` are left as they were.
    """
    if len(order) != n:
        return False
    owed = [0] * n  # rules that still keep a task from being done
    later: list[list[int]] = [[] for _ in range(n)]
    for first, second in edges:
        owed[second] += 1
        later[first].append(second)
    done = [False] * n
    for task in order:
        if not 0 <= task < n or done[task] or owed[task]:
            return False
        done[task] = True
        for second in later[task]:
            owed[second] -= 1
    return True
