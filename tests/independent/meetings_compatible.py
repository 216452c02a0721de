"""Independent solution of meetings_compatible: starts and ends, each ordered on its own."""


def compatible(meetings: list[tuple[int, int]]) -> bool:
    """Return whether no two meetings overlap.

    A meeting (start, end), start < end, occupies the time from start up to, but not including,
    end. The meetings come in any order; `meetings` is left as it was.

    Before the meeting number k may start, counted in the order of the starts, k must be over.
    """
    starts = sorted(start for start, _ in meetings)
    ends = sorted(end for _, end in meetings)
    return all(end <= start for end, start in zip(ends, starts[1:], strict=False))
