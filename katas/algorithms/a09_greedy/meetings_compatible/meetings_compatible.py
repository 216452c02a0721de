"""Compatible meetings: can one person attend all of them?"""


def compatible(meetings: list[tuple[int, int]]) -> bool:
    """Return whether no two meetings overlap.

    A meeting (start, end), start < end, occupies the time from start up to, but not including,
    end. The meetings come in any order; `meetings` is left as it was.
    """
    raise NotImplementedError
