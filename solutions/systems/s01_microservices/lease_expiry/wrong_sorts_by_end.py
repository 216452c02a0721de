"""Misconception: the instances come in the order in which their leases end."""


def alive(expires_ms: dict[str, int], now_ms: int) -> list[str]:
    return sorted((name for name in expires_ms if expires_ms[name] > now_ms), key=expires_ms.get)
