"""Looks at the new chunk alone."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    *lines, rest = chunk.split(b"\n")
    return lines, rest
