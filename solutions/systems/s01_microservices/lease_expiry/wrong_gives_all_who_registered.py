"""Misconception: whoever registered is there, until it says that it leaves."""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    return sorted(expires_ms)
