"""Takes it for granted that a chunk ends where a line ends."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    lines = (rest + chunk).split(b"\n")
    return [line for line in lines if line], b""
