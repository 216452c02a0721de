"""Misconception: the search for the next character begins where the last one was found.

It has to begin one behind; otherwise equal neighbours in `a` share a character of `b`.
"""


def is_subsequence(a: str, b: str) -> bool:
    position = 0
    for letter in a:
        position = b.find(letter, position)
        if position < 0:
            return False
    return True
