"""Misconception: whoever finds a lease that has ended should take it out.

The dict belongs to the caller; asking about a later moment changed the answer for an earlier one.
"""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    for name in [name for name, end_ms in expires_ms.items() if end_ms <= now_ms]:
        del expires_ms[name]
    return sorted(expires_ms)
