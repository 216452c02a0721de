"""Subsequence check: is one string left when characters of another are struck out?"""


def is_subsequence(a: str, b: str) -> bool:
    """Return whether striking out characters of `b`, none or all included, can leave `a`.

    The order stays. Up to 100,000 characters each; the empty string is left by every string.
    """
    raise NotImplementedError
