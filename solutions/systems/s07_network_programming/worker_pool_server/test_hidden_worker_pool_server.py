"""The pool server under clients that do as they please."""

from contextlib import contextmanager

import pytest

from graders.kit import client, probe
from worker_pool_server import PoolServer


@contextmanager
def running(server):
    """Start the server, give its port, and stop it."""
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


def random_lines(rng, count):
    """Return lines and the answers that they must get."""
    lines, answers = [], []
    for _ in range(count):
        number = rng.choice([0, 1, rng.randint(0, 10**6), rng.randint(0, 10**6)])
        line, answer = rng.choice([
            (b"SUM %d" % number, b"%d" % sum(range(number % 1_000 + 1))),
            (b"SUM  %d " % (number % 1_000), b"%d" % sum(range(number % 1_000 + 1))),
            (b"NOTHING %d" % number, b"ERR"),
            (b"DIE now", b"ERR"),
        ])  # fmt: skip
        if line.startswith(b"SUM %d" % number):
            line = b"SUM %d" % (number % 1_000)
        lines.append(line)
        answers.append(answer)
    return lines, answers


@pytest.mark.parametrize(
    "mode",
    [pytest.param("thread", marks=pytest.mark.stage(1)),
     pytest.param("process", marks=pytest.mark.stage(2))],
)  # fmt: skip
def test_random_lines_in_random_pieces(rng, mode):
    with running(PoolServer(mode, 3)) as port:
        for _ in range(12):
            lines, answers = random_lines(rng, 30)
            sent = b"".join(line + b"\n" for line in lines)
            with client(port) as peer:
                while sent:
                    size = rng.choice([1, 2, 7, 40, 400])
                    peer.send_all(sent[:size])
                    sent = sent[size:]
                assert [peer.recv_line() for _ in answers] == [each + b"\n" for each in answers]


@pytest.mark.stage(2)
def test_clients_come_and_go_and_some_kill(rng):
    before = probe()
    server = PoolServer("process", 3)
    with running(server) as port:
        for number in range(25):
            peer = client(port)
            peer.send_all(rng.choice([b"DIE\n", b"SUM 3\n", b"SUM", b"", b"SUM 3\nDIE\n"]))
            rng.choice([peer.close, peer.reset, peer.end])()
            peer.close()
            with client(port) as other:
                other.send_all(b"SUM %d\n" % number)
                assert other.recv_line() == b"%d\n" % (number * (number + 1) // 2)
    after = probe()
    assert (after.children, after.open_files) == (before.children, before.open_files)


@pytest.mark.stage(1)
def test_threads_of_two_servers_are_their_own():
    with (
        running(PoolServer("thread", 2)) as one,
        running(PoolServer("thread", 2)) as two,
        client(one) as first,
        client(one) as second,
        client(two) as third,
    ):
        tids = []
        for peer in (first, second, third):
            peer.send_all(b"TID\n")
            tids.append(peer.recv_line())
        assert len(set(tids)) == 3
