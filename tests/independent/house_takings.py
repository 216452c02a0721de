"""Independent solution of house_takings: stretches of the street are merged two by two."""

# The best of a stretch where its (first, last) house may be taken or must not be:
# (neither may, last may, first may, both may).
Stretch = tuple[int, int, int, int]


def _merge(near: Stretch, far: Stretch) -> Stretch:
    """Return the best of two stretches in a row: where they meet, one house must not be taken."""
    return (
        max(near[0] + far[2], near[1] + far[0]),
        max(near[0] + far[3], near[1] + far[1]),
        max(near[2] + far[2], near[3] + far[0]),
        max(near[2] + far[3], near[3] + far[1]),
    )


def best_takings(amounts: list[int]) -> int:
    """Return the largest total of amounts of which no two stand next to each other.

    Amounts are 0 or more; taking none is allowed and gives 0. `amounts` is left as it was.
    """
    street: list[Stretch] = [(0, 0, 0, amount) for amount in amounts]
    while len(street) > 1:
        merged = [_merge(street[i], street[i + 1]) for i in range(0, len(street) - 1, 2)]
        if len(street) % 2:
            merged.append(street[-1])
        street = merged
    return street[0][3] if street else 0
