"""Independent solution of line_splitter, written from statement and stub alone."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest.

    `rest` is what the call before left over, b"" at first.
    """
    *lines, new_rest = (rest + chunk).split(b"\n")
    return lines, new_rest
