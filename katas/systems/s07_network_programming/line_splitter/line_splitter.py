"""Lines out of a stream that knows no lines."""


def feed(rest: bytes, chunk: bytes) -> tuple[list[bytes], bytes]:
    r"""Return the lines that are complete with `chunk`, without b"\n", and the new rest.

    `rest` is what the call before left over, b"" at first.
    """
    raise NotImplementedError
