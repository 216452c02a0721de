"""Misconception: a lease until 500 still holds at 500.

Then two holders may overlap for a moment: the next lease begins at 500.
"""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    return sorted(name for name, end_ms in expires_ms.items() if end_ms >= now_ms)
