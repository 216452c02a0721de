"""Independent solution of overlapping_hits: shift-and, all open beginnings as bits of a number."""


def hits(text: str, pattern: str) -> list[int]:
    """Return all positions of `pattern`, not empty, in `text`, ascending; they may overlap.

    Bit k of `alive` says that the last k + 1 characters read are the first k + 1 of the pattern.
    """
    masks: dict[str, int] = {}
    for place, character in enumerate(pattern):
        masks[character] = masks.get(character, 0) | 1 << place
    complete = 1 << len(pattern) - 1
    found: list[int] = []
    alive = 0
    for place, character in enumerate(text):
        alive = (alive << 1 | 1) & masks.get(character, 0)
        if alive & complete:
            found.append(place - len(pattern) + 1)
    return found
