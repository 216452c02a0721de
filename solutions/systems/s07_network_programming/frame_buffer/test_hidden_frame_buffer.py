"""The decoder on streams that are cut at random."""

import pytest

from frame_buffer import FrameDecoder, FrameTooLarge, encode
from graders.kit import Raised, replay


def cut(rng, stream):
    """Return the stream in chunks, some of them empty."""
    chunks, at = [], 0
    while at < len(stream):
        size = rng.choice([0, 1, 1, 2, 3, rng.randint(0, 30), rng.randint(0, 400)])
        chunks.append(stream[at : at + size])
        at += size
    return chunks


def framed(payload):
    """Return what a frame is by its definition."""
    return bytes([len(payload) >> shift & 255 for shift in (24, 16, 8, 0)]) + payload


def test_any_chunks_give_the_same_frames(rng):
    for _ in range(20):
        payloads = [rng.randbytes(rng.choice([0, 1, 3, 4, 5, 60, 300])) for _ in range(25)]
        stream = b"".join(map(framed, payloads))
        decoder, ends, seen = FrameDecoder(300), [], 0
        for payload in payloads:
            ends.append((ends[-1] if ends else 0) + 4 + len(payload))
        for chunk in cut(rng, stream):
            before, seen = seen, seen + len(chunk)
            got, pending = replay(decoder, [("feed", chunk), ("pending",)])
            due = [end for end in ends if before < end <= seen]
            assert got == [payloads[ends.index(end)] for end in due]
            assert pending == seen - max([end for end in ends if end <= seen], default=0)
        assert decoder.eof() is None


def test_encoding_is_undone_by_decoding(rng):
    payloads = [rng.randbytes(rng.choice([0, 1, 255, 256, 70_000])) for _ in range(20)]
    assert FrameDecoder(70_000).feed(b"".join(map(encode, payloads))) == payloads
    assert [encode(payload) for payload in payloads] == list(map(framed, payloads))


def test_a_bad_header_after_any_cut(rng):
    for _ in range(20):
        good = [rng.randbytes(rng.randint(0, 9)) for _ in range(rng.randint(0, 3))]
        bad = rng.choice([10, 11, 256, 2**31, 2**32 - 1]).to_bytes(4, "big")
        begin = b"".join(map(framed, good))
        stream = begin + bad + b"\0\0\0\1x"
        chunks = [*cut(rng, stream), b""]
        got = replay(FrameDecoder(9), [("feed", chunk) for chunk in chunks], errors="keep")
        frames = [frame for each in got if not isinstance(each, Raised) for frame in each]
        assert frames == good
        seen = 0
        for chunk, each in zip(chunks, got, strict=True):
            seen += len(chunk)
            failed = isinstance(each, Raised)
            if seen < len(begin) + 4:
                assert not failed
            elif failed:
                assert each.name == "FrameTooLarge"
            else:
                assert each, "returns nothing although it has failed"
        assert isinstance(got[-1], Raised)


def test_two_decoders_share_nothing():
    first, second = FrameDecoder(5), FrameDecoder(9)
    assert first.feed(b"\0\0\0\3a") == []
    assert second.feed(b"\0\0\0\6worlds") == [b"worlds"]
    with pytest.raises(FrameTooLarge):
        second.feed(b"\0\0\0\x0a")
    assert first.feed(b"bc") == [b"abc"]


def test_too_large_is_a_value_error():
    with pytest.raises(ValueError) as caught:
        FrameDecoder(1).feed(b"\0\0\0\2")
    assert isinstance(caught.value, FrameTooLarge)
