r"""Uses splitlines, which drops whether the last line was complete, and ends lines at \r too."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest."""
    lines = (rest + chunk).splitlines()
    if lines and not chunk.endswith(b"\n"):
        return lines[:-1], lines[-1]
    return lines, b""
