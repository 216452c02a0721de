"""Length-prefixed frames in a stream: 4 bytes of length, big-endian, then so many bytes."""


class FrameTooLarge(ValueError):
    """A header announces more than the decoder accepts."""


class FrameDecoder:
    """Find frames in a stream that may be cut anywhere.

    A header that announces more than max_frame makes the decoder fail for good, as soon as its
    four bytes are there.
    """

    def __init__(self, max_frame: int) -> None:
        """Start with nothing pending; payloads have at most max_frame bytes (0 to 2**32 - 1)."""
        raise NotImplementedError

    def feed(self, data: bytes) -> list[bytes]:
        """Return the payloads of the frames that are complete with `data`, in order.

        A header that announces too much: if frames before it were completed by this call, they
        are returned; if none were, FrameTooLarge is raised. All later calls raise it too.
        """
        raise NotImplementedError

    def pending(self) -> int:
        """Return how many bytes were fed and belong to no frame returned yet; 0 once it failed."""
        raise NotImplementedError

    def eof(self) -> None:
        """Take in that the stream has ended: EOFError if that is within a frame.

        FrameTooLarge if the decoder has failed.
        """
        raise NotImplementedError


def encode(payload: bytes) -> bytes:
    """Return the frame of a payload."""
    raise NotImplementedError
