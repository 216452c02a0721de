"""Vector order: happens-before is "nowhere larger", asked in both directions."""


def compare(a: dict[str, int], b: dict[str, int]) -> str:
    """Return "before", "after", "equal" or "concurrent": how `a` stands to `b`."""
    behind = any(a.get(node, 0) < count for node, count in b.items())
    ahead = any(b.get(node, 0) < count for node, count in a.items())
    if behind and ahead:
        return "concurrent"
    if behind:
        return "before"
    return "after" if ahead else "equal"
