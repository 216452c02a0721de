"""Returns the first line and leaves the others for later calls."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    line, end, left = (rest + chunk).partition(b"\n")
    return ([line], left) if end else ([], line)
