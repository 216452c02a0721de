"""What the pool server must do. Workers are held at a gate of the suite's, never by time."""

from contextlib import ExitStack, contextmanager, suppress

import pytest

from graders.kit import client, listener, probe
from worker_pool_server import PoolServer

BOTH = pytest.mark.parametrize(
    "mode",
    [pytest.param("thread", marks=pytest.mark.stage(1)),
     pytest.param("process", marks=pytest.mark.stage(2))],
)  # fmt: skip


@contextmanager
def running(server):
    """Start the server, give its port, and stop it."""
    port = server.start()
    try:
        yield port
    finally:
        server.stop()


class Gate:
    """A port to which workers come by WAIT, and where they stay until they are released."""

    def __init__(self):
        self._listener, self._held = listener(), []
        self.line = b"WAIT %d\n" % self._listener.port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Send away all who are held, and be there no more."""
        self._listener.close()
        for held in self._held:
            held.close()

    def hold(self, count):
        """Wait until so many more workers have come."""
        self._held += [self._listener.accept() for _ in range(count)]

    def nobody_comes(self, other):
        """Return whether no further worker comes while a client of another server is answered."""
        for _ in range(250):
            assert ask(other, b"SUM 4") == ["10"]
            if held := self._listener.accept_now():
                self._held.append(held)
                return False
        return True

    def release(self, count):
        """Let the first of those who are held go on."""
        for _ in range(count):
            with self._held.pop(0) as held:
                held.send_all(b"go\n")


def ask(peer, *lines):
    """Send the lines one by one; return the answers."""
    answers = []
    for line in lines:
        peer.send_all(line + b"\n")
        answers.append(peer.recv_line().decode().removesuffix("\n"))
    return answers


def ids_at_once(port, word, count):
    """Return what so many clients that are connected together get for an answer."""
    with ExitStack() as stack:
        peers = [stack.enter_context(client(port)) for _ in range(count)]
        return [ask(peer, word)[0] for peer in peers]


@BOTH
def test_lines_are_answered(mode):
    with running(PoolServer(mode, 2)) as port, client(port) as peer:
        assert ask(peer, b"SUM 4", b"SUM 0", b"SUM 100000") == ["10", "0", "5000050000"]
        pid, again = ask(peer, b"PID", b"PID")
        assert pid == again and pid.isdigit()
        tid, again = ask(peer, b"TID", b"TID")
        assert tid == again and tid.isdigit()


@BOTH
def test_what_is_no_command_is_an_error_and_costs_nothing(mode):
    with running(PoolServer(mode, 1)) as port, client(port) as peer:
        wrong = [b"", b"sum 4", b"SUM", b"SUM x", b"SUM -1", b"SUM 1 2", b"SUM 1.5", b"\xff\xfe",
                 b"WAIT", b"WAIT x", b"WAIT 0", b"PIDS"]  # fmt: skip
        assert ask(peer, *wrong) == ["ERR"] * len(wrong)
        assert ask(peer, b"SUM 4") == ["10"]


@BOTH
def test_lines_may_come_in_any_pieces(mode):
    with running(PoolServer(mode, 1)) as port:
        with client(port) as peer:
            peer.send_all(b"SUM 1\nSUM 2\nSUM 3\nSU")
            assert [peer.recv_line() for _ in range(3)] == [b"1\n", b"3\n", b"6\n"]
            peer.send_all(b"M ")
            peer.send_all(b"4\nSUM 5")
            assert peer.recv_line() == b"10\n"
            peer.end()
            assert peer.recv() == b""
        with client(port) as peer:
            assert ask(peer, b"SUM 4") == ["10"]


@BOTH
def test_as_many_clients_as_workers_are_served_at_once(mode):
    with (
        running(PoolServer(mode, 4)) as port, Gate() as gate, ExitStack() as stack,
        running(PoolServer("thread", 1)) as elsewhere, client(elsewhere) as other,
    ):  # fmt: skip
        peers = [stack.enter_context(client(port)) for _ in range(6)]
        for peer in peers:
            peer.send_all(gate.line)
        gate.hold(4)
        assert gate.nobody_comes(other)
        gate.release(1)
        # a worker stays with its client, also when that one says nothing
        assert gate.nobody_comes(other)
        gate.release(3)
        for peer in peers[:4]:
            assert peer.recv_line() == b"go\n"
            peer.close()
        gate.hold(2)
        gate.release(2)
        assert [peer.recv_line() for peer in peers[4:]] == [b"go\n"] * 2


@BOTH
def test_a_client_that_breaks_down_costs_no_worker(mode):
    with running(PoolServer(mode, 2)) as port, Gate() as gate:
        for _ in range(3):
            peers = [client(port), client(port)]
            for peer in peers:
                peer.send_all(gate.line)
            gate.hold(2)
            for peer in peers:
                peer.reset()
            gate.release(2)
        with client(port) as one, client(port) as two:
            assert ask(one, b"SUM 4") + ask(two, b"SUM 4") == ["10", "10"]


@BOTH
def test_a_wait_that_fails_is_an_error(mode):
    with running(PoolServer(mode, 1)) as port, client(port) as peer, Gate() as gate:
        peer.send_all(gate.line)
        gate.hold(1)
        gate.close()
        assert peer.recv_line() == b"ERR\n"
        assert ask(peer, gate.line.strip(), b"SUM 4") == ["ERR", "10"]


@BOTH
def test_stopping_ends_everything(mode):
    before = probe()
    server = PoolServer(mode, 2)
    server.stop()
    for _ in range(2):
        port = server.start()
        with pytest.raises(RuntimeError):
            server.start()
        with client(port) as idle, client(port) as busy, client(port) as late, Gate() as gate:
            assert ask(idle, b"SUM 4") == ["10"]
            busy.send_all(gate.line)
            gate.hold(1)
            late.send_all(b"SUM 4\n")
            server.stop()
            server.stop()
            with pytest.raises(ConnectionRefusedError):
                client(port)
            with suppress(ConnectionResetError):  # closed as well
                assert idle.recv() == b""
    after = probe()
    assert (after.children, after.open_files) == (before.children, before.open_files)
    # a thread that was joined is gone for the system a moment later
    assert any(probe().threads == before.threads for _ in range(1_000))


@pytest.mark.stage(1)
def test_threads_are_few_and_of_one_process():
    with running(PoolServer("thread", 3)) as port:
        tids = ids_at_once(port, b"TID", 3)
        assert len(set(tids)) == 3
        for _ in range(12):
            with client(port) as peer:
                assert ask(peer, b"TID")[0] in tids
        assert len(set(ids_at_once(port, b"PID", 3))) == 1


@pytest.mark.stage(1)
def test_a_thread_does_not_die():
    with running(PoolServer("thread", 1)) as port, client(port) as peer:
        assert ask(peer, b"DIE", b"SUM 4") == ["ERR", "10"]


@pytest.mark.stage(1)
def test_mode_and_number_are_checked():
    for mode, workers in [("threads", 1), ("", 1), ("thread", 0), ("process", 0), ("thread", -1)]:
        with pytest.raises(ValueError):
            PoolServer(mode, workers)
    with running(PoolServer("thread", 1)) as port, client(port) as peer:
        assert ask(peer, b"SUM 4") == ["10"]


@pytest.mark.stage(2)
def test_processes_are_others_than_ours():
    with running(PoolServer("thread", 1)) as ours, running(PoolServer("process", 3)) as port:
        pids = ids_at_once(port, b"PID", 3)
        assert len(set(pids)) == 3
        assert ids_at_once(ours, b"PID", 1)[0] not in pids
        for _ in range(20):
            with client(port) as peer:
                assert ask(peer, b"PID")[0] in pids


@pytest.mark.stage(2)
def test_a_worker_that_dies_is_replaced_and_others_go_on():
    with running(PoolServer("process", 3)) as port:
        with client(port) as one, client(port) as two, client(port) as three:
            pids = ask(one, b"PID") + ask(two, b"PID") + ask(three, b"PID")
            two.send_all(b"SUM 4\nDIE\nSUM 5\n")
            assert two.recv_line() == b"10\n"
            with suppress(ConnectionResetError):  # what it had not read yet makes it a reset
                assert two.recv() == b""
            assert ask(one, b"PID") + ask(three, b"PID") == [pids[0], pids[2]]
            with client(port) as four:
                assert ask(four, b"PID")[0] not in pids
        assert len(set(ids_at_once(port, b"PID", 3)) - {pids[1]}) == 3


@pytest.mark.stage(2)
def test_all_workers_may_die_again_and_again():
    with running(PoolServer("process", 2)) as port:
        for _ in range(3):
            with client(port) as one, client(port) as two:
                assert ask(one, b"SUM 4") + ask(two, b"SUM 4") == ["10", "10"]
                for peer in (one, two):
                    peer.send_all(b"DIE\n")
                    assert peer.recv() == b""
        assert len(set(ids_at_once(port, b"PID", 2))) == 2


@pytest.mark.stage(2)
def test_two_servers_do_not_hold_each_others_ports():
    first, second = PoolServer("process", 2), PoolServer("process", 2)
    with running(first) as one, running(second) as two, client(two) as peer:
        assert ask(peer, b"SUM 4") == ["10"]
        first.stop()
        with pytest.raises(ConnectionRefusedError):
            client(one)
        assert ask(peer, b"SUM 5") == ["15"]
    assert probe().children == 0


@pytest.mark.stage(3)
@pytest.mark.parametrize("mode", ["thread", "process"])
def test_a_thousand_clients_of_whom_most_wait(mode):
    with running(PoolServer(mode, 4)) as port, ExitStack() as stack:
        waiting = []
        for number in range(1_000):
            if len(waiting) == 60:
                expected, peer = waiting.pop(0)
                assert peer.recv_line() == expected
                peer.close()
            peer = stack.enter_context(client(port))
            peer.send_all(b"SUM %d\n" % number)
            waiting.append((b"%d\n" % (number * (number + 1) // 2), peer))
        for expected, peer in waiting:
            assert peer.recv_line() == expected
            peer.close()
