"""What the file server must do. The file is written by the suite, clients are its own."""

from contextlib import contextmanager

import pytest

from graders.kit import client, files, probe
from zero_copy_sender import FileServer

MOST = 1 << 29
MEGABYTE = 1 << 20


@contextmanager
def running(server):
    """Start the server, give its port, and stop it."""
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


@contextmanager
def serving(folder, data):
    """Give the port of a server of a file with these bytes."""
    path = f"{folder}/data"
    files.write(path, data)
    with running(FileServer(path)) as port:
        yield port


def count_of(peer):
    """Return the count that an answer begins with."""
    return int.from_bytes(peer.recv_exact(8), "big")


def get(peer, offset, length):
    """Ask for a range and return it."""
    peer.send_all(b"GET %d %d\n" % (offset, length))
    return peer.recv_exact(count_of(peer))


def test_a_range_is_a_count_and_its_bytes(workdir):
    with serving(workdir, b"0123456789") as port, client(port) as peer:
        peer.send_all(b"GET 3 4\n")
        assert peer.recv_exact(12) == b"\0\0\0\0\0\0\0\x043456"
        assert get(peer, 0, 10) == b"0123456789"
        assert get(peer, 9, 1) == b"9"


def test_a_range_ends_with_the_file(workdir):
    with serving(workdir, b"0123456789") as port, client(port) as peer:
        assert get(peer, 7, 100) == b"789"
        assert get(peer, 0, 10**18 - 1) == b"0123456789"
        assert [get(peer, 10, 5), get(peer, 11, 5), get(peer, 10**17, 5)] == [b""] * 3
        assert [get(peer, -1, 5), get(peer, 3, -1), get(peer, -3, -3), get(peer, 3, 0)] == [b""] * 4
        assert get(peer, 2, 3) == b"234"
    with serving(workdir, b"") as port, client(port) as peer:
        assert get(peer, 0, 5) == b""


def test_requests_may_come_in_any_pieces(workdir):
    with serving(workdir, b"0123456789") as port, client(port) as peer:
        peer.send_all(b"GET 0 2\nGET 2 2\nGET 20 1\nGET 4 2\nGE")
        for expected in (b"01", b"23", b"", b"45"):
            assert peer.recv_exact(count_of(peer)) == expected
        for piece in (b"T", b" 6", b" ", b"3\n"):
            peer.send_all(piece)
        assert peer.recv_exact(count_of(peer)) == b"678"


@pytest.mark.parametrize("wrong", [b"PUT 0 1\n", b"GET 1\n", b"GET a 1\n", b"GET 1 2 3\n", b"\n"])
def test_what_is_no_request_ends_the_connection(workdir, wrong):
    with serving(workdir, b"0123456789") as port, client(port) as other:
        with client(port) as peer:
            peer.send_all(b"GET 1 1\n" + wrong)
            assert peer.recv_exact(9) == b"\0\0\0\0\0\0\0\x011"
            assert peer.recv() == b""
        assert get(other, 1, 2) == b"12"


def test_a_client_may_read_as_late_as_it_likes(workdir, rng):
    data = rng.randbytes(24 * MEGABYTE)  # more than kernels usually take from the server at once
    with (
        serving(workdir, data) as port,
        client(port, cap=MOST) as late,
        client(port, cap=MOST) as other,
    ):
        late.send_all(b"GET 0 %d\nGET 5 3\n" % len(data))
        # nobody waits for the one who does not read
        assert get(other, 100, 50) == data[100:150]
        assert get(other, MEGABYTE, 2 * MEGABYTE) == data[MEGABYTE : 3 * MEGABYTE]
        assert count_of(late) == len(data)
        assert late.recv_exact(len(data)) == data
        assert late.recv_exact(count_of(late)) == data[5:8]


def test_each_client_has_its_own_place_in_the_file(workdir, rng):
    data = rng.randbytes(16 * MEGABYTE)
    with (
        serving(workdir, data) as port,
        client(port, cap=MOST) as one,
        client(port, cap=MOST) as two,
    ):
        one.send_all(b"GET 0 %d\n" % len(data))
        two.send_all(b"GET %d %d\n" % (MEGABYTE, len(data)))
        assert [count_of(one), count_of(two)] == [len(data), len(data) - MEGABYTE]
        step = 512 * 1024
        for at in range(0, len(data), step):
            assert one.recv_exact(step) == data[at : at + step]
            if at < len(data) - MEGABYTE:
                begin = at + MEGABYTE
                assert two.recv_exact(step) == data[begin : begin + step]


def test_a_file_that_becomes_shorter_ends_the_connection(workdir, rng):
    data = rng.randbytes(24 * MEGABYTE)
    with serving(workdir, data) as port, client(port) as other:
        with client(port, cap=MOST) as peer:
            peer.send_all(b"GET 0 %d\n" % len(data))
            assert count_of(peer) == len(data)
            files.truncate(f"{workdir}/data", 1_000)
            with pytest.raises((EOFError, ConnectionResetError)):
                peer.recv_exact(len(data))
        assert get(other, 990, 100) == data[990:1_000]
        files.write(f"{workdir}/data", b"longer again" * 100)
        assert get(other, 1_188, 100) == b"longer again"


def test_a_client_that_leaves_takes_nobody_along(workdir, rng):
    data = rng.randbytes(24 * MEGABYTE)
    before = probe()
    with serving(workdir, data) as port, client(port) as other:
        for leave in ("reset", "close", "end"):
            peer = client(port, cap=MOST)
            peer.send_all(b"GET 0 %d\n" % len(data))
            assert count_of(peer) == len(data)
            getattr(peer, leave)()
            peer.close()
            assert get(other, 7, 7) == data[7:14]
    assert probe().open_files == before.open_files


def test_stopping_leaves_nothing_behind(workdir):
    before = probe()
    files.write(f"{workdir}/data", b"x" * (20 * MEGABYTE))
    server = FileServer(f"{workdir}/data")
    server.stop()
    for _ in range(2):
        port = server.start()
        with pytest.raises(RuntimeError):
            server.start()
        with client(port) as idle, client(port) as busy:
            assert get(idle, 0, 3) == b"xxx"
            busy.send_all(b"GET 0 %d\n" % (20 * MEGABYTE))
            assert count_of(busy) == 20 * MEGABYTE
            server.stop()
            server.stop()
            with pytest.raises(ConnectionRefusedError):
                client(port)
            assert idle.recv() == b""
    assert probe().open_files == before.open_files
    # a thread that was joined is gone for the system a moment later
    assert any(probe().threads == before.threads for _ in range(1_000))


def test_a_file_that_is_not_there_is_told_at_the_start(workdir):
    before = probe()
    server = FileServer(f"{workdir}/data")
    with pytest.raises(FileNotFoundError):
        server.start()
    assert probe().open_files == before.open_files
    files.write(f"{workdir}/data", b"now it is")
    with running(server) as port, client(port) as peer:
        assert get(peer, 0, 3) == b"now"


@pytest.mark.perf
def test_three_hundred_and_twenty_megabytes(workdir):
    data = bytes(range(256)) * (32 * MEGABYTE // 256)
    with serving(workdir, data) as port, client(port, timeout_s=30, cap=MOST) as peer:
        for _ in range(10):
            assert get(peer, 0, len(data)) == data
