"""client, listener and free_port."""

from __future__ import annotations

import socket
import threading
import time

import pytest

import graders.kit.net as net
from graders.kit import client, free_port, listener


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """Have each test begin with all of it."""
    monkeypatch.setattr(net, "_patience", net._Patience())


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


def test_nothing_more_can_be_said_and_the_answer_still_heard(server):
    with client(server(b"abc", keep_open=True)) as peer:
        peer.send_all(b"bye")
        peer.end()
        assert peer.recv_exact(3) == b"abc"
        assert peer.recv() == b""
    assert server.received == [b"bye"]


def test_only_what_there_is_room_for_is_sent():
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        client(listener.getsockname()[1]) as peer,
        listener.accept()[0] as other,
    ):
        block, sent, full = b"x" * 65536, 0, 0
        while full < 3:  # the kernel may still move bytes from one side to the other
            now = peer.send_some(block)
            sent, full = sent + now, full + (not now)
        got = bytearray()
        while len(got) < sent:
            got += other.recv(1 << 20)
        assert peer.send_some(b"y") == 1
        peer.send_all(b"z")
        assert bytes(got) == b"x" * sent
        assert other.recv(1) + other.recv(1) == b"yz"


def test_a_reset_is_an_error_for_the_server():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        peer = client(listener.getsockname()[1])
        other, _ = listener.accept()
        peer.reset()
        with other, pytest.raises(ConnectionResetError):
            other.recv(1)
        peer.close()


def test_a_large_answer_is_received_in_time_proportional_to_its_size(server):
    size = 32 << 20
    with client(server(b"x" * size), timeout_s=60, cap=size) as peer:
        began_s = time.process_time()
        assert len(peer.recv_exact(size)) == size
        assert time.process_time() - began_s < 1  # copying what came for each piece takes 5 s


def test_more_clients_than_files_are_usually_allowed():
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    if before[1] < 300:
        pytest.skip("this machine allows very few files")
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, before[1]))
        with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
            peers = [client(listener.getsockname()[1]) for _ in range(100)]
            for peer in peers:
                peer.close()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == min(4096, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_free_port_can_be_bound_and_has_no_listener():
    port = free_port()
    with pytest.raises(ConnectionRefusedError):
        client(port)
    socket.create_server(("127.0.0.1", port)).close()


def test_a_listener_takes_those_who_have_come():
    with listener() as gate:
        assert gate.accept_now() is None
        with client(gate.port) as one, gate.accept() as theirs:
            one.send_all(b"hello\n")
            assert theirs.recv_line() == b"hello\n"
            theirs.send_all(b"you")
            assert one.recv_exact(3) == b"you"
            with client(gate.port) as two:
                two.send_all(b"x")
                other = gate.accept_now()
                assert other is not None and other.recv_exact(1) == b"x"
                other.close()
                assert two.recv() == b""
    with pytest.raises(ConnectionRefusedError):
        client(gate.port)


def test_a_listener_does_not_wait_for_ever():
    with listener(timeout_s=0.05) as gate:
        with pytest.raises(TimeoutError, match=r"nobody connected within 0\.05 s"):
            gate.accept()
        with (
            client(gate.port),
            gate.accept() as theirs,
            pytest.raises(TimeoutError, match=r"no answer within 0\.05 s"),
        ):
            theirs.recv()


def test_whoever_kept_a_suite_waiting_twice_is_not_waited_for_as_long_again():
    with listener(timeout_s=60) as gate, client(gate.port, timeout_s=60) as peer:
        for _ in range(2):
            with listener(timeout_s=0.05) as short, pytest.raises(TimeoutError):
                short.accept()
        began_s = time.monotonic()
        with pytest.raises(TimeoutError, match="no answer within 60 s"):
            peer.recv()
        while peer.send_some(b"x" * 65536):
            pass
        with pytest.raises(TimeoutError, match="took no data for 60 s"):
            peer.send_all(b"x" * (1 << 24))
        assert time.monotonic() - began_s < 30


def test_misuse_is_told():
    with pytest.raises(ValueError, match="port is 0"):
        client(0)
    with pytest.raises(ValueError, match="client: timeout_s and cap are above 0"):
        client(80, timeout_s=0)
    with pytest.raises(ValueError, match="listener: timeout_s and cap are above 0"):
        listener(cap=0)
