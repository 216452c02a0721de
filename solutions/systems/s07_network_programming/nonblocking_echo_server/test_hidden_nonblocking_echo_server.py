"""The echo server under clients that do as they please."""

from contextlib import ExitStack, contextmanager

import pytest

from graders.kit import client, probe
from nonblocking_echo_server import EchoServer

SLACK = 65_536


@contextmanager
def running(server):
    """Start the server, give its port, and stop it."""
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


@pytest.mark.stage(1)
def test_random_pieces_from_many_clients(rng):
    with running(EchoServer()) as port, ExitStack() as stack:
        peers = [stack.enter_context(client(port)) for _ in range(8)]
        owed = [b""] * len(peers)
        for _ in range(400):
            place = rng.randrange(len(peers))
            if owed[place] and rng.random() < 0.5:
                count = rng.randint(1, len(owed[place]))
                assert peers[place].recv_exact(count) == owed[place][:count]
                owed[place] = owed[place][count:]
            else:
                piece = rng.randbytes(rng.choice([1, 2, 100, 3_000]))
                peers[place].send_all(piece)
                owed[place] += piece
        for peer, rest in zip(peers, owed, strict=True):
            assert peer.recv_exact(len(rest)) == rest


@pytest.mark.stage(2)
def test_slow_readers_get_every_byte(rng):
    high_water = rng.choice([1, 5_000, 70_000])
    server = EchoServer(high_water)
    with running(server) as port, ExitStack() as stack:
        peers = [stack.enter_context(client(port, cap=1 << 26)) for _ in range(4)]
        data = rng.randbytes(6 << 20)
        sent, got, ended = [0] * 4, [0] * 4, [False] * 4
        while not all(ended):
            for place, peer in enumerate(peers):
                if sent[place] < len(data):
                    sent[place] += peer.send_some(data[sent[place] : sent[place] + 300_000])
                    if sent[place] == len(data):
                        peer.end()
                if got[place] < sent[place]:
                    count = min(rng.randint(1, 400_000), sent[place] - got[place])
                    assert peer.recv_exact(count) == data[got[place] : got[place] + count]
                    got[place] += count
                elif got[place] == len(data):
                    ended[place] = ended[place] or peer.recv() == b""
            assert server.buffered() <= 4 * (high_water + SLACK)


@pytest.mark.stage(3)
def test_clients_come_and_go(rng):
    before = probe()
    server = EchoServer()
    with running(server) as port, client(port) as other:
        for number in range(120):
            peer = client(port)
            peer.send_all(b"x" * rng.randint(0, 5_000))
            rng.choice([peer.close, peer.reset, peer.end])()
            peer.close()
            other.send_all(b"%03d" % number)
            assert other.recv_exact(3) == b"%03d" % number
        for _ in range(300):
            if (server.connections(), server.buffered()) == (1, 0):
                break
            other.send_all(b"?")
            assert other.recv_exact(1) == b"?"
        else:
            assert (server.connections(), server.buffered()) == (1, 0)
    assert probe().open_files == before.open_files


@pytest.mark.stage(3)
def test_two_servers_share_nothing():
    first, second = EchoServer(), EchoServer()
    with running(first) as one, running(second) as two:
        assert one != two
        with client(one) as peer, client(two) as other:
            for each in (peer, other):
                each.send_all(b"x")
                assert each.recv_exact(1) == b"x"
            first.stop()
            other.send_all(b"y")
            assert other.recv_exact(1) == b"y"
            assert [first.connections(), second.connections()] == [0, 1]
