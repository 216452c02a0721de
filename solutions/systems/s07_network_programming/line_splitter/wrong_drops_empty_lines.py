"""Takes an empty line for nothing."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    *lines, rest = (rest + chunk).split(b"\n")
    return [line for line in lines if line], rest
