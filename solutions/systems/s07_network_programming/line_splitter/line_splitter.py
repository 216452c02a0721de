"""Lines out of a stream: what is complete, and what has to wait for more."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    *lines, rest = (rest + chunk).split(b"\n")
    return lines, rest
