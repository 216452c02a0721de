"""client and free_port."""

from __future__ import annotations

import socket
import threading

import pytest

from graders.kit import client, free_port


@pytest.fixture
def server():
    """Give a function that serves one connection with fixed bytes, and what it received."""
    listener = socket.create_server(("127.0.0.1", 0))
    received, threads = [], []

    def serve(*pieces, keep_open=False):
        def run():
            peer, _ = listener.accept()
            with peer:
                for piece in pieces:
                    peer.sendall(piece)
                if keep_open:
                    received.append(peer.recv(100))

        threads.append(threading.Thread(target=run, daemon=True))
        threads[0].start()
        return listener.getsockname()[1]

    serve.received, serve.threads = received, threads
    yield serve
    listener.close()


def test_lines_and_exact_counts_are_read(server):
    with client(server(b"one\ntw", b"o\n12345rest")) as peer:
        assert (peer.recv_line(), peer.recv_line()) == (b"one\n", b"two\n")
        assert peer.recv_exact(5) == b"12345"
        assert peer.recv_line() == b"rest"
        assert peer.recv() == b""


def test_bytes_are_sent_and_at_most_n_received(server):
    with client(server(b"abc", keep_open=True)) as peer:
        assert peer.recv(2) == b"ab"
        assert peer.recv(2) == b"c"
        peer.send_all(b"hello")
    server.threads[0].join(5)
    assert server.received == [b"hello"]


def test_a_silent_server_is_not_waited_for(server):
    with client(server(b"x", keep_open=True), timeout_s=0.05) as peer:
        assert peer.recv() == b"x"
        for read in (peer.recv, peer.recv_line, lambda: peer.recv_exact(1)):
            with pytest.raises(TimeoutError, match=r"no answer within 0\.05 s"):
                read()


def test_a_server_that_sends_too_much_is_cut_off(server):
    with (
        client(server(b"x" * 1000), cap=100) as peer,
        pytest.raises(ConnectionError, match="sent more than 100 bytes"),
    ):
        peer.recv_exact(1000)


def test_an_early_end_is_told(server):
    with client(server(b"abc")) as peer, pytest.raises(EOFError, match="after 3 of 4 bytes"):
        peer.recv_exact(4)


def test_a_free_port_can_be_bound_and_has_no_listener():
    port = free_port()
    with pytest.raises(ConnectionRefusedError):
        client(port)
    socket.create_server(("127.0.0.1", port)).close()


def test_misuse_is_told():
    with pytest.raises(ValueError, match="port is 0"):
        client(0)
    with pytest.raises(ValueError, match="above 0"):
        client(80, timeout_s=0)
