"""Independent solution of frame_buffer, written from statement and stub alone."""

HEADER = 4
LARGEST = 2**32 - 1


class FrameTooLarge(ValueError):
    """A header announces more than the decoder accepts."""


class FrameDecoder:
    """Find frames in a stream that may be cut anywhere.

    A header that announces more than max_frame makes the decoder fail for good, as soon as its
    four bytes are there.
    """

    def __init__(self, max_frame: int) -> None:
        """Start with nothing pending; payloads have at most max_frame bytes (0 to 2**32 - 1)."""
        if not 0 <= max_frame <= LARGEST:
            raise ValueError(f"max_frame must be in 0..{LARGEST}, not {max_frame}")
        self._max_frame = max_frame
        self._buffer = bytearray()
        self._failed = False

    def feed(self, data: bytes) -> list[bytes]:
        """Return the payloads of the frames that are complete with `data`, in order.

        A header that announces too much: if frames before it were completed by this call, they
        are returned; if none were, FrameTooLarge is raised. All later calls raise it too.
        """
        self._check()
        self._buffer += data
        frames: list[bytes] = []
        done = 0  # so many bytes of the buffer belong to complete frames
        with memoryview(self._buffer) as view:
            size = len(view)
            while size - done >= HEADER:
                start = done + HEADER
                length = int.from_bytes(view[done:start], "big")
                if length > self._max_frame:
                    self._failed = True
                    break
                if size - start < length:
                    break
                done = start + length
                frames.append(bytes(view[start:done]))
        if self._failed:
            self._buffer = bytearray()
            if not frames:
                self._check()
        elif done:
            del self._buffer[:done]
        return frames

    def pending(self) -> int:
        """Return how many bytes were fed and belong to no frame returned yet; 0 once it failed."""
        return len(self._buffer)

    def eof(self) -> None:
        """Take in that the stream has ended: EOFError if that is within a frame.

        FrameTooLarge if the decoder has failed.
        """
        self._check()
        if self._buffer:
            raise EOFError(f"the stream ended within a frame, after {len(self._buffer)} bytes")

    def _check(self) -> None:
        if self._failed:
            raise FrameTooLarge(f"a frame is larger than {self._max_frame} bytes")


def encode(payload: bytes) -> bytes:
    """Return the frame of a payload."""
    if len(payload) > LARGEST:
        raise FrameTooLarge(f"a payload of {len(payload)} bytes fits in no frame")
    return len(payload).to_bytes(HEADER, "big") + payload
