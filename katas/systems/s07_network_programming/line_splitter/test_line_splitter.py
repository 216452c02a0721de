"""What feed must do: every line once, whole, whatever the pieces."""

from graders.kit import call_many
from line_splitter import feed


def fed(chunks):
    """Feed the chunks one after the other; return all lines and the last rest."""
    lines, rest = [], b""
    for chunk in chunks:
        more, rest = feed(rest, chunk)
        lines += more
    return lines, rest


def test_a_chunk_may_hold_several_lines_and_the_begin_of_another():
    assert feed(b"", b"one\ntwo\nthr") == ([b"one", b"two"], b"thr")
    assert feed(b"", b"one\n") == ([b"one"], b"")
    assert feed(b"", b"one") == ([], b"one")


def test_the_rest_comes_before_the_chunk():
    assert feed(b"thr", b"ee\nfour\n") == ([b"three", b"four"], b"")
    assert feed(b"thr", b"ee") == ([], b"three")
    assert feed(b"three", b"\n") == ([b"three"], b"")
    assert feed(b"three", b"") == ([], b"three")


def test_empty_lines_are_lines():
    assert feed(b"", b"\n\na\n\n") == ([b"", b"", b"a", b""], b"")
    assert feed(b"", b"") == ([], b"")


def test_only_a_line_feed_ends_a_line_and_nothing_else_is_changed():
    assert feed(b"", b" a\r\n b\rc\x0bd \n") == ([b" a\r", b" b\rc\x0bd "], b"")
    assert feed(b"\xe4\xbb", b"\xb7\n\0\xff\n") == ([b"\xe4\xbb\xb7", b"\0\xff"], b"")


def test_any_cut_gives_the_same_lines():
    stream = b"GET 1\n\nGET 22\r\nrest"
    want = ([b"GET 1", b"", b"GET 22\r"], b"rest")
    for cut in range(len(stream) + 1):
        assert fed([stream[:cut], stream[cut:]]) == want, f"cut at {cut}"
    assert fed([bytes([byte]) for byte in stream]) == want


def test_nothing_is_remembered_between_calls():
    calls = [(b"a", b"b\nc"), (b"", b"d\n"), (b"", b"e\n"), (b"a", b"b\nc")]
    want = [([b"ab"], b"c"), ([b"d"], b""), ([b"e"], b""), ([b"ab"], b"c")]
    assert call_many(feed, calls) == want
