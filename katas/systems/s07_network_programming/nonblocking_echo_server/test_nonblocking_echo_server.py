"""What the echo server must do, over real connections on the loopback."""

from contextlib import ExitStack, contextmanager, suppress
from hashlib import pbkdf2_hmac

import pytest

from graders.kit import client, probe
from nonblocking_echo_server import EchoServer

SLACK = 65_536
PATTERN = bytes(range(256)) * 256
MOST = 64 << 20  # more than all buffers of two kernels' ends together


@contextmanager
def running(server):
    """Start the server, give its port, and stop it."""
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


def echo(peer, data):
    """Send and receive again; the server has then gone round its loop."""
    peer.send_all(data)
    assert peer.recv_exact(len(data)) == data


def flood(peer, other):
    """Send from a peer that does not read until nothing goes through; return how much did.

    Nothing waits for time to pass: between two attempts another client is answered.
    """
    sent = full = 0
    while full < 5:
        now = peer.send_some(PATTERN[sent % len(PATTERN) :])
        sent += now
        full = 0 if now else full + 1
        assert sent < MOST, "the server takes in all that a client sends which does not read"
        if not now:
            echo(other, b"and you?")
    return sent


def eventually(holds, other):
    """Return whether it holds before another client has been answered 300 times."""
    for _ in range(300):
        if holds():
            return True
        echo(other, b"?")
    return holds()


def settled(server, other):
    """Return how much is buffered, once it is the same whenever another client is answered."""
    before, same = -1, 0
    while same < 5:
        echo(other, b"and now?")
        now = server.buffered()
        before, same = now, same + 1 if now == before else 0
    return before


def cpu_while_the_suite_works():
    """Return the server's CPU seconds during a calculation of the suite's own."""
    before = probe()
    pbkdf2_hmac("sha256", b"the suite is busy", b"and the server is not", 250_000)
    return probe().cpu_s - before.cpu_s


@pytest.mark.stage(1)
def test_what_a_client_sends_comes_back():
    with running(EchoServer()) as port, client(port) as peer:
        echo(peer, b"hello")
        echo(peer, b"\0\xff\n\r")
        echo(peer, PATTERN)


@pytest.mark.stage(1)
def test_pieces_come_back_in_order():
    with running(EchoServer()) as port, client(port) as peer:
        for number in range(300):
            peer.send_all(b"%d," % number)
        expected = b"".join(b"%d," % number for number in range(300))
        assert peer.recv_exact(len(expected)) == expected


@pytest.mark.stage(1)
def test_a_silent_client_does_not_hold_up_others():
    with running(EchoServer()) as port, client(port) as silent, client(port) as other:
        echo(other, b"first")
        with client(port) as third:
            echo(third, b"second")
            echo(other, b"third")
        echo(silent, b"at last")


@pytest.mark.stage(1)
def test_one_thread_serves_all():
    before = probe()
    server = EchoServer()
    with running(server) as port, ExitStack() as stack:
        peers = [stack.enter_context(client(port)) for _ in range(30)]
        for number, peer in enumerate(peers):
            echo(peer, b"%d" % number)
        assert probe().threads == before.threads + 1


@pytest.mark.stage(1)
def test_connections_are_counted():
    server = EchoServer()
    with running(server) as port, client(port) as other:
        echo(other, b"x")
        assert server.connections() == 1
        with client(port) as second, client(port) as third:
            echo(second, b"x")
            echo(third, b"x")
            assert server.connections() == 3
        assert eventually(lambda: server.connections() == 1, other)


@pytest.mark.stage(2)
def test_a_client_that_does_not_read_is_not_read_from():
    server = EchoServer(100_000)
    with running(server) as port, client(port, cap=MOST) as slow, client(port) as other:
        sent = flood(slow, other)
        assert 0 < server.buffered() <= 100_000 + SLACK
        echo(other, PATTERN)
        assert slow.recv_exact(sent) == (PATTERN * (sent // len(PATTERN) + 1))[:sent]
        assert eventually(lambda: server.buffered() == 0, other)
        echo(slow, b"again")


@pytest.mark.stage(2)
def test_the_high_water_mark_holds_for_each_client_alone():
    server = EchoServer(1)
    with running(server) as port, client(port) as other, ExitStack() as stack:
        slow = [stack.enter_context(client(port)) for _ in range(3)]
        for peer in slow:
            flood(peer, other)
        assert 0 < server.buffered() <= 3 * (1 + SLACK)


@pytest.mark.stage(2)
def test_whoever_has_ended_still_gets_the_rest():
    data, sent = PATTERN * 16, 0
    server = EchoServer(1 << 25)
    with running(server) as port, client(port) as other, client(port, cap=MOST) as peer:
        while settled(server, other) < 1 << 20:  # until kernels take no more of it: 2 to 40 MiB
            peer.send_all(data)
            sent += len(data)
            assert sent < MOST, "where is what a client sends which does not read?"
        peer.end()
        settled(server, other)  # the server knows of the end now
        assert peer.recv_exact(sent) == data * (sent // len(data))
        assert peer.recv() == b""
        assert eventually(lambda: server.connections() == 1, other)
    with running(server) as port, client(port) as peer:
        peer.end()
        assert peer.recv() == b""


@pytest.mark.stage(2)
def test_waiting_uses_no_processor():
    alone_s = cpu_while_the_suite_works()  # in plain pytest both are one process
    server = EchoServer()
    with running(server) as port, client(port) as slow, client(port) as other:
        flood(slow, other)
        assert cpu_while_the_suite_works() - alone_s < 0.05


@pytest.mark.stage(3)
def test_a_client_that_breaks_down_takes_nobody_along():
    server = EchoServer()
    with running(server) as port, client(port) as other:
        echo(other, b"x")
        idle, slow = client(port), client(port)
        echo(idle, b"x")
        flood(slow, other)
        idle.reset()
        slow.reset()
        assert eventually(lambda: (server.connections(), server.buffered()) == (1, 0), other)
        with client(port) as late:
            echo(late, b"x")


@pytest.mark.stage(3)
def test_stopping_closes_port_connections_thread_and_files():
    before = probe()
    server = EchoServer()
    port = server.start()
    with client(port) as idle, client(port, cap=MOST) as slow, client(port) as other:
        echo(idle, b"x")
        flood(slow, other)
        server.stop()
        with pytest.raises(ConnectionRefusedError):
            client(port)
        with suppress(ConnectionResetError):  # closed too
            assert idle.recv() == b""
    assert [server.connections(), server.buffered()] == [0, 0]
    assert probe().open_files == before.open_files
    # a thread that was joined is gone for the system a moment later
    assert any(probe().threads == before.threads for _ in range(1_000))


@pytest.mark.stage(3)
def test_a_server_can_be_stopped_twice_and_started_again():
    server = EchoServer()
    server.stop()
    with running(server) as port:
        with pytest.raises(RuntimeError):
            server.start()
        with client(port) as peer:
            echo(peer, b"x")
    server.stop()
    with running(server) as port, client(port) as peer:
        echo(peer, b"y")
        assert server.connections() == 1


@pytest.mark.stage(3)
def test_a_high_water_mark_of_nothing_is_refused():
    for high_water in (0, -1):
        with pytest.raises(ValueError):
            EchoServer(high_water)
    with running(EchoServer(1)) as port, client(port) as peer:
        echo(peer, PATTERN)


@pytest.mark.stage(3)
@pytest.mark.perf
def test_one_busy_client_among_a_thousand():
    server = EchoServer()
    with running(server) as port, ExitStack() as stack:
        peers = [stack.enter_context(client(port, timeout_s=30)) for _ in range(1_000)]
        for number, peer in enumerate(peers):
            peer.send_all(b"I am %d" % number)
        for number, peer in enumerate(peers):
            assert peer.recv_exact(len(b"I am %d" % number)) == b"I am %d" % number
        assert server.connections() == 1_000
        for number in range(1_500):
            echo(peers[700], b"%d" % number)


@pytest.mark.stage(3)
@pytest.mark.perf
def test_thirty_two_megabytes_wait_for_a_client():
    with running(EchoServer(1 << 26)) as port, client(port, timeout_s=30, cap=MOST) as peer:
        for _ in range(512):
            peer.send_all(PATTERN)
        assert peer.recv_exact(512 * len(PATTERN)) == PATTERN * 512
