"""What the frame decoder must do."""

import pytest

from frame_buffer import FrameDecoder, FrameTooLarge, encode
from graders.kit import call_many, replay

STREAM = b"\0\0\0\2hi" b"\0\0\0\0" b"\0\0\0\5world"


def feed(decoder, *chunks):
    """Return the frames that each chunk completes."""
    return replay(decoder, [("feed", chunk) for chunk in chunks])


def test_a_frame_is_a_length_and_its_payload():
    assert encode(b"hi") == b"\0\0\0\2hi"
    assert call_many(encode, [(b"",), (b"\0",), (b"x" * 258,)]) == [
        b"\0\0\0\0", b"\0\0\0\1\0", b"\0\0\1\2" + b"x" * 258,
    ]  # fmt: skip


def test_a_chunk_may_hold_several_frames():
    assert FrameDecoder(100).feed(STREAM) == [b"hi", b"", b"world"]


def test_a_chunk_may_be_one_byte():
    got = feed(FrameDecoder(100), *(bytes([byte]) for byte in STREAM))
    assert got == [[]] * 5 + [[b"hi"]] + [[]] * 3 + [[b""]] + [[]] * 8 + [[b"world"]]


def test_a_chunk_may_end_anywhere():
    for cut in range(len(STREAM) + 1):
        decoder = FrameDecoder(100)
        first, second = feed(decoder, STREAM[:cut], STREAM[cut:])
        assert first + second == [b"hi", b"", b"world"], f"cut at {cut}"
        assert decoder.pending() == 0


def test_an_empty_chunk_completes_nothing():
    assert feed(FrameDecoder(100), b"", b"\0\0", b"", b"\0\1x", b"") == [[], [], [], [b"x"], []]


def test_pending_counts_what_was_fed_and_not_returned():
    decoder = FrameDecoder(100)
    steps = []
    for chunk in (b"\0\0\0", b"\5", b"wo", b"rld" + b"\0\0\0\2h", b"i"):
        steps += [("feed", chunk), ("pending",)]
    assert replay(decoder, steps) == [[], 3, [], 4, [], 6, [b"world"], 5, [b"hi"], 0]


def test_payloads_may_be_anything_and_as_large_as_agreed():
    payload = bytes(range(256)) * 4
    assert FrameDecoder(1_024).feed(encode(payload)) == [payload]
    assert FrameDecoder(0).feed(b"\0\0\0\0" * 2) == [b"", b""]


def test_a_payload_that_is_too_large_is_refused_by_its_header():
    decoder = FrameDecoder(1_024)
    assert decoder.feed(b"\0\0\4") == []
    with pytest.raises(FrameTooLarge):
        decoder.feed(b"\1")
    with pytest.raises(FrameTooLarge):
        FrameDecoder(0).feed(b"\0\0\0\1")
    with pytest.raises(FrameTooLarge):
        FrameDecoder(100).feed(b"\x80\0\0\0")


def test_frames_before_the_bad_one_are_not_lost():
    decoder = FrameDecoder(5)
    assert decoder.feed(STREAM + b"\0\0\0\6worlds") == [b"hi", b"", b"world"]
    with pytest.raises(FrameTooLarge):
        decoder.feed(b"")


def test_a_decoder_that_failed_stays_so():
    decoder = FrameDecoder(5)
    with pytest.raises(FrameTooLarge):
        decoder.feed(b"\0\0\0\6worlds")
    assert decoder.pending() == 0
    for chunk in (STREAM, b"", b"\0\0\0\1x"):
        with pytest.raises(FrameTooLarge):
            decoder.feed(chunk)
    with pytest.raises(FrameTooLarge):
        decoder.eof()
    assert decoder.pending() == 0
    late = FrameDecoder(5)
    assert late.feed(b"\0\0\0\1x\0\0\0\6w") == [b"x"]
    assert late.pending() == 0
    with pytest.raises(FrameTooLarge):
        late.eof()


def test_the_stream_may_end_between_frames_only():
    decoder = FrameDecoder(100)
    decoder.eof()
    assert decoder.feed(STREAM) == [b"hi", b"", b"world"]
    decoder.eof()
    for rest in (b"\0", b"\0\0\0\2", b"\0\0\0\2h"):
        decoder = FrameDecoder(100)
        assert decoder.feed(rest) == []
        with pytest.raises(EOFError):
            decoder.eof()


def test_a_large_header_alone_takes_no_memory():
    decoder = FrameDecoder(2**32 - 1)
    assert decoder.feed(b"\xe0\0\0\0" + b"x" * 10) == []
    assert decoder.pending() == 14


@pytest.mark.perf
def test_sixty_thousand_small_frames_in_one_chunk():
    assert FrameDecoder(16).feed(encode(b"x" * 16) * 60_000) == [b"x" * 16] * 60_000


@pytest.mark.perf
def test_a_frame_of_eight_megabytes_in_small_chunks():
    payload = b"0123456789abcdef" * (1 << 19)
    stream = encode(payload)
    chunks = [stream[at : at + 1_024] for at in range(0, len(stream), 1_024)]
    got = feed(FrameDecoder(1 << 23), *chunks)
    assert got[:-1] == [[]] * (len(chunks) - 1)
    assert got[-1] == [payload]
