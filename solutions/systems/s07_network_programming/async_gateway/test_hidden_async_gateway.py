"""The gateway under clients and backends that do as they please."""

from contextlib import ExitStack, contextmanager

import pytest

from async_gateway import AsyncGateway
from graders.kit import client, listener, probe


@contextmanager
def gateway_to(count, max_inflight=100):
    """Give the port of a gateway, and its backends."""
    with ExitStack() as stack:
        backends = [stack.enter_context(listener()) for _ in range(count)]
        addresses = [("127.0.0.1", each.port) for each in backends]
        gateway = AsyncGateway(addresses, 60_000, max_inflight)
        port = gateway.start()
        try:
            yield port, backends
        finally:
            gateway.stop()


@pytest.mark.stage(2)
def test_backends_answer_in_any_order_and_some_fail(rng):
    with gateway_to(3) as (port, backends), ExitStack() as stack:
        peers = [stack.enter_context(client(port)) for _ in range(5)]
        for turn in range(8):
            held, expected = [], {}
            for place, peer in enumerate(peers):
                line = b"%d of %d\n" % (place, turn)
                peer.send_all(line)
                expected[line] = [b"-"] * len(backends)
                for number, backend in enumerate(backends):
                    asked = backend.accept()
                    assert asked.recv_line() == line
                    held.append((asked, number, line))
            rng.shuffle(held)
            for asked, number, line in held:
                way = rng.choice(["answer", "answer", "answer", "close", "reset", "half"])
                if way == "answer":
                    reply = b"%d:%d" % (number, rng.randint(0, 10**9))
                    expected[line][number] = reply
                    asked.send_all(reply + b"\n")
                elif way == "half":
                    asked.send_all(b"half a line")
                if way == "reset":
                    asked.reset()
                asked.close()
            for peer, answers in zip(peers, expected.values(), strict=True):
                assert peer.recv_line() == b"|".join(answers) + b"\n"


@pytest.mark.stage(2)
def test_many_lines_at_once_are_answered_in_order(rng):
    with gateway_to(2) as (port, backends), client(port) as peer:
        lines = [b"%d\n" % rng.randint(0, 10**9) for _ in range(60)]
        sent = b"".join(lines)
        peer.send_all(sent)
        for line in lines:
            for backend in backends:
                with backend.accept() as asked:
                    assert asked.recv_line() == line
                    asked.send_all(line)
            assert peer.recv_line() == line[:-1] + b"|" + line


@pytest.mark.stage(3)
def test_turns_are_given_back_however_a_question_ends(rng):
    before = probe()
    with gateway_to(2, max_inflight=2) as (port, backends):
        for number in range(20):
            peer = client(port)
            peer.send_all(b"%d\n" % number)
            asked = [backend.accept() for backend in backends]
            for each in asked:
                assert each.recv_line() == b"%d\n" % number
            rng.choice([peer.close, peer.reset, asked[0].reset, asked[1].close])()
            for each in asked:
                each.close()
            peer.close()
        with client(port) as peer:
            peer.send_all(b"last\n")
            for backend in backends:
                with backend.accept() as asked:
                    assert asked.recv_line() == b"last\n"
                    asked.send_all(b"yes\n")
            assert peer.recv_line() == b"yes|yes\n"
    after = probe()
    assert after.open_files == before.open_files
    assert "never retrieved" not in after.stderr
