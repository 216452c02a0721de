"""Chinese remainder: one number from its remainders, whatever the moduli have in common."""


class NoSolution(ValueError):
    """No integer leaves all of these remainders."""


def crt(residues: list[int], moduli: list[int]) -> tuple[int, int]:
    """Return (r, step): the integers that fit are r, r + step, r - step, …, and 0 <= r < step.

    x fits if x - residue is divisible by modulus for each pair at the same position. `step` is
    the least common multiple of the moduli; (0, 1) for empty lists. Raises NoSolution if nothing
    fits, ValueError if the lists differ in length or a modulus is less than 1.
    """
    raise NotImplementedError


def garner(residues: list[int], moduli: list[int]) -> list[int]:
    """Return digits d with x == d[0] + d[1]*m[0] + d[2]*m[0]*m[1] + …, 0 <= d[i] < m[i].

    x is the smallest number from 0 on that leaves all the remainders. Raises ValueError if any
    two moduli have a common factor, if the lists differ in length, or if a modulus is below 1.
    """
    raise NotImplementedError
