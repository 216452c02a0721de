"""Returns the lines with their line feeds."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    *lines, rest = (rest + chunk).split(b"\n")
    return [line + b"\n" for line in lines], rest
