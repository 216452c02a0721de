"""Independent solution of subsequence_check: jump to the next place of each character by find."""


def is_subsequence(a: str, b: str) -> bool:
    """Return whether striking out characters of `b`, none or all included, can leave `a`.

    The order stays. Up to 100,000 characters each; the empty string is left by every string.
    """
    place = -1
    for character in a:
        place = b.find(character, place + 1)
        if place < 0:
            return False
    return True
