"""What the gateway must do. Clients and backends are the suite's: it decides who answers when."""

from collections import Counter
from contextlib import ExitStack, contextmanager, suppress

import pytest

from async_gateway import AsyncGateway
from graders.kit import client, free_port, listener, probe

LONG_MS = 60_000  # never over in a test


@contextmanager
def running(gateway):
    """Start the gateway, give its port, and stop it."""
    port = gateway.start()
    try:
        yield port
    finally:
        gateway.stop()


@contextmanager
def gateway_to(count, timeout_ms=LONG_MS, max_inflight=100):
    """Give the port of a gateway, and its backends."""
    with ExitStack() as stack:
        backends = [stack.enter_context(listener()) for _ in range(count)]
        addresses = [("127.0.0.1", backend.port) for backend in backends]
        port = stack.enter_context(running(AsyncGateway(addresses, timeout_ms, max_inflight)))
        yield port, backends


def question(backend, line):
    """Wait until a backend is asked this; return the connection."""
    asked = backend.accept()
    assert asked.recv_line() == line
    return asked


def answer(asked, line):
    """Answer, and see that the gateway closes the connection."""
    with asked:
        asked.send_all(line)
        assert asked.recv() == b""


def nobody_comes(backend, port, other):
    """Return whether nobody comes to a backend while another gateway works."""
    with client(port) as peer:
        for _ in range(60):
            peer.send_all(b"x\n")
            answer(question(other, b"x\n"), b"y\n")
            assert peer.recv_line() == b"y\n"
            if backend.accept_now():
                return False
    return True


@pytest.mark.stage(1)
def test_all_backends_are_asked_before_any_has_answered():
    with gateway_to(3) as (port, backends), client(port) as peer:
        peer.send_all(b"how are you?\n")
        asked = [question(backend, b"how are you?\n") for backend in backends]
        for number in (2, 0, 1):
            answer(asked[number], b"I am %d\n" % number)
        assert peer.recv_line() == b"I am 0|I am 1|I am 2\n"


@pytest.mark.stage(1)
def test_lines_are_passed_on_as_they_are():
    with gateway_to(1) as (port, [backend]), client(port) as peer:
        for line, reply in [(b"\n", b"\n"), ("价格?\n".encode(), "一百\n".encode()),
                            (b" \xff\0 \n", b"\t\xfe \n"), (b"q" * 1_000 + b"\n",
                                                            b"a" * 1_000 + b"\n")]:  # fmt: skip
            peer.send_all(line)
            answer(question(backend, line), reply)
            assert peer.recv_line() == reply


@pytest.mark.stage(1)
def test_lines_and_answers_may_come_in_pieces():
    with gateway_to(1) as (port, [backend]), client(port) as peer:
        peer.send_all(b"one\ntwo\nth")
        answer(question(backend, b"one\n"), b"1\n")
        assert peer.recv_line() == b"1\n"
        asked = question(backend, b"two\n")
        peer.send_all(b"ree\n")
        asked.send_all(b"2")
        answer(asked, b"2\n")
        assert peer.recv_line() == b"22\n"
        answer(question(backend, b"three\n"), b"3\nand what nobody has asked for\n")
        assert peer.recv_line() == b"3\n"


@pytest.mark.stage(1)
def test_lines_of_one_client_are_answered_one_after_the_other():
    with gateway_to(2) as (port, backends), client(port) as peer:
        peer.send_all(b"one\ntwo\n")
        first = [question(backend, b"one\n") for backend in backends]
        answer(first[0], b"a\n")
        assert backends[0].accept_now() is None
        answer(first[1], b"b\n")
        for backend, line in zip(backends, (b"c\n", b"d\n"), strict=True):
            answer(question(backend, b"two\n"), line)
        assert [peer.recv_line(), peer.recv_line()] == [b"a|b\n", b"c|d\n"]


@pytest.mark.stage(1)
def test_a_client_whose_answer_takes_long_holds_up_nobody():
    with gateway_to(1) as (port, [backend]), client(port) as slow, client(port) as other:
        slow.send_all(b"slow\n")
        held = question(backend, b"slow\n")
        for number in range(5):
            other.send_all(b"%d\n" % number)
            answer(question(backend, b"%d\n" % number), b"fast\n")
            assert other.recv_line() == b"fast\n"
        answer(held, b"at last\n")
        assert slow.recv_line() == b"at last\n"


@pytest.mark.stage(1)
def test_one_thread_does_all_the_work():
    before = probe()
    with gateway_to(2) as (port, backends), ExitStack() as stack:
        peers = [stack.enter_context(client(port)) for _ in range(20)]
        for number, peer in enumerate(peers):
            peer.send_all(b"%d\n" % number)
        asked = [backend.accept() for backend in backends for _ in peers]
        assert probe().threads == before.threads + 1
        for each in asked:
            answer(each, each.recv_line())
        for number, peer in enumerate(peers):
            assert peer.recv_line() == b"%d|%d\n" % (number, number)


@pytest.mark.stage(2)
def test_a_backend_that_is_not_there_is_a_dash():
    with listener() as there:
        addresses = [("127.0.0.1", port) for port in (free_port(), there.port)]
        with running(AsyncGateway(addresses, LONG_MS, 10)) as port, client(port) as peer:
            for _ in range(2):
                peer.send_all(b"hello\n")
                answer(question(there, b"hello\n"), b"hi\n")
                assert peer.recv_line() == b"-|hi\n"


@pytest.mark.stage(2)
def test_a_backend_that_says_nothing_is_a_dash_in_time_and_is_left():
    with gateway_to(2, 800) as (port, backends), client(port, timeout_s=10) as peer:
        peer.send_all(b"hello\nagain\n")
        with question(backends[0], b"hello\n") as silent:
            silent.send_all(b"half a li")
            answer(question(backends[1], b"hello\n"), b"hi\n")
            assert peer.recv_line() == b"-|hi\n"
            assert silent.recv() == b""
        # it has come long ago, and its time begins now
        for backend in backends:
            answer(question(backend, b"again\n"), b"hi\n")
        assert peer.recv_line() == b"hi|hi\n"


@pytest.mark.stage(2)
def test_the_time_is_that_of_the_client_and_not_of_each_backend():
    # one after the other, each of these thirty would be waited for, longer than the client waits
    with gateway_to(30, 200, 1) as (port, _), client(port, timeout_s=4) as peer:
        peer.send_all(b"hello\n")
        assert peer.recv_line() == b"|".join([b"-"] * 30) + b"\n"


@pytest.mark.stage(2)
@pytest.mark.parametrize("reply", [b"", b"half a line", b"x" * 1_001 + b"\n", b"a|b\n"])
def test_what_is_no_answer_is_a_dash(reply):
    with gateway_to(2) as (port, backends), client(port) as peer:
        for end in ("close", "reset"):
            peer.send_all(b"hello\n")
            wrong = question(backends[0], b"hello\n")
            wrong.send_all(reply)
            getattr(wrong, end)()
            answer(question(backends[1], b"hello\n"), b"hi\n")
            assert peer.recv_line() == b"-|hi\n"


@pytest.mark.stage(2)
@pytest.mark.parametrize("leave", ["close", "reset", "end"])
def test_when_a_client_leaves_its_questions_are_taken_back(leave):
    with gateway_to(2, LONG_MS, 2) as (port, backends):
        peer = client(port)
        peer.send_all(b"hello\nand then\n")
        asked = [question(backend, b"hello\n") for backend in backends]
        getattr(peer, leave)()
        for each in asked:
            with each:
                assert each.recv() == b""
        with client(port) as other:
            other.send_all(b"my turn\n")
            for backend in backends:
                answer(question(backend, b"my turn\n"), b"yes\n")
            assert other.recv_line() == b"yes|yes\n"
        peer.close()


@pytest.mark.stage(2)
def test_a_line_that_is_too_long_ends_its_client():
    with gateway_to(1) as (port, [backend]), client(port) as other:
        with client(port) as peer:
            peer.send_all(b"x" * 5_000)
            with suppress(ConnectionResetError):  # what it had not read makes it a reset
                assert peer.recv() == b""
        other.send_all(b"hello\n")
        answer(question(backend, b"hello\n"), b"hi\n")
        assert other.recv_line() == b"hi\n"


@pytest.mark.stage(3)
def test_only_so_many_questions_are_under_way_for_all_clients_together():
    with (
        gateway_to(1, LONG_MS, 3) as (port, [backend]), gateway_to(1) as (elsewhere, [other]),
        ExitStack() as stack,
    ):  # fmt: skip
        peers = [stack.enter_context(client(port)) for _ in range(5)]
        for peer in peers:
            peer.send_all(b"hello\n")
        asked = [question(backend, b"hello\n") for _ in range(3)]
        assert nobody_comes(backend, elsewhere, other)
        answer(asked.pop(), b"hi\n")
        asked.append(question(backend, b"hello\n"))
        asked.pop(0).reset()  # one that fails gives its turn to another as well
        asked.append(question(backend, b"hello\n"))
        for each in asked:
            answer(each, b"hi\n")
        assert sorted(peer.recv_line() for peer in peers) == [b"-\n"] + [b"hi\n"] * 4


@pytest.mark.stage(3)
def test_a_turn_comes_back_whatever_became_of_the_question():
    with gateway_to(2, LONG_MS, 2) as (port, backends), client(port) as peer:
        peer.send_all(b"one\n")
        failing, other = [question(backend, b"one\n") for backend in backends]
        answer(other, b"hi\n")
        failing.reset()
        assert peer.recv_line() == b"-|hi\n"
        with client(port) as leaving:
            leaving.send_all(b"two\n")
            asked = [question(backend, b"two\n") for backend in backends]
            peer.send_all(b"three\n")
        for each in asked:
            with each:
                assert each.recv() == b""
        for backend in backends:
            answer(question(backend, b"three\n"), b"yes\n")
        assert peer.recv_line() == b"yes|yes\n"


@pytest.mark.stage(3)
def test_stopping_ends_everything_quietly():
    before = probe()
    with listener() as backend:
        gateway = AsyncGateway([("127.0.0.1", backend.port)], LONG_MS, 1)
        gateway.stop()
        for _ in range(2):
            port = gateway.start()
            with pytest.raises(RuntimeError):
                gateway.start()
            with client(port) as idle, client(port) as asking, client(port) as waiting:
                asking.send_all(b"hello\n")
                asked = question(backend, b"hello\n")
                waiting.send_all(b"hello\n")
                idle.send_all(b"half a li")
                gateway.stop()
                gateway.stop()
                for each in (asked, asking, waiting, idle):
                    with suppress(ConnectionResetError):  # closed as well
                        assert each.recv() == b""
                with pytest.raises(ConnectionRefusedError):
                    client(port)
                asked.close()
    after = probe()
    assert after.open_files == before.open_files
    # a thread that was joined is gone for the system a moment later
    assert any(probe().threads == before.threads for _ in range(1_000))
    for complaint in ("was destroyed", "never retrieved", "never awaited"):
        assert complaint not in after.stderr


@pytest.mark.stage(3)
def test_a_gateway_needs_backends_and_room():
    there = [("127.0.0.1", 9)]
    for backends, timeout_ms, max_inflight in [
        ([], 1, 1), (there, 0, 1), (there, 1, 0), (there, -1, 1), (there, 1, -1),
    ]:  # fmt: skip
        with pytest.raises(ValueError):
            AsyncGateway(backends, timeout_ms, max_inflight)
    with gateway_to(1, LONG_MS, 1) as (port, [backend]), client(port) as peer:
        peer.send_all(b"hello\n")
        answer(question(backend, b"hello\n"), b"hi\n")
        assert peer.recv_line() == b"hi\n"


@pytest.mark.stage(3)
@pytest.mark.perf
def test_a_thousand_clients_at_once():
    # two questions each, one under way at a time: whoever waits for a turn must cost nothing
    with listener(timeout_s=30) as backend, ExitStack() as stack:
        gateway = AsyncGateway([("127.0.0.1", backend.port)] * 2, LONG_MS, 1)
        port = stack.enter_context(running(gateway))
        lines = [b"%d\n" % number for number in range(1_000)]
        peers = {line: stack.enter_context(client(port, timeout_s=30)) for line in lines}
        for line, peer in peers.items():
            peer.send_all(line)
        asked = Counter()
        for _ in range(350):
            with backend.accept() as held:
                line = held.recv_line()
                held.send_all(line)
            asked[line] += 1
        for line, count in asked.items():
            if count == 2:
                assert peers[line].recv_line() == line[:-1] + b"|" + line
