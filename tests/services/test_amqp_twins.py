"""Random programs, carried out on our broker, on RabbitMQ and through the relay of the real lane.

The transcripts are the same.

Every step waits for its own answers, so that nothing depends on how fast either one is. More
programs than the tests run, for an afternoon:

    python -m tests.services.test_amqp_twins 1000
"""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest
from pamqp import commands

from tests.services.amqp_lanes import URL, Bare, Names, Served, cleaned, publish
from tests.services.conftest import answers

B, Channel, E, Q = commands.Basic, commands.Channel, commands.Exchange, commands.Queue
QUEUES, EXCHANGES = ("q0", "q1", "q2"), {"e0": "fanout", "e1": "topic", "e2": "direct"}
KEYS = ("a", "a.b", "b", "a.b.c", "", "*", "#", "a.#", "*.b")
STEPS = 40


class Play:
    """One program on one broker. Two connections with two channels each; queues by name."""

    def __init__(self, url: str, names: Names, seed: int) -> None:
        self._random, self._names = random.Random(seed), names
        self._clients = [Bare(url, names) for _ in range(2)]
        self.lines: list[str] = []
        self._got: dict[tuple[int, int], int] = {}
        for client in self._clients:
            for number in (1, 2):
                client.send(number, Channel.Open(), commands.Confirm.Select())
                self._read(client, "Confirm.SelectOk")
        self._prepare()

    def _prepare(self) -> None:
        arguments: dict[str, Any] = {
            "q0": {}, "q1": {"x-max-length": 3, "x-dead-letter-exchange": self._names("e0")},
            "q2": {"x-dead-letter-exchange": "", "x-dead-letter-routing-key": self._names("q0")}}
        first = self._clients[0]
        for name, kind in EXCHANGES.items():
            first.send(1, E.Declare(0, self._names(name), kind))
            self._read(first, "Exchange.DeclareOk")
        for name in QUEUES:
            first.send(1, Q.Declare(0, self._names(name), arguments=arguments[name]))
            self._read(first, "Queue.DeclareOk")

    def _read(self, client: Bare, last: str) -> str:
        """Read up to a line that has one of the names in `last`; a closed channel opens again."""
        while True:
            self.lines.append(client.line())
            channel, _, rest = self.lines[-1].partition(" ")
            if rest.startswith("Channel.Close "):
                number = int(channel)
                client.send(number, Channel.CloseOk(), Channel.Open(), commands.Confirm.Select())
                self._got.pop((self._clients.index(client), number), None)
                self._read(client, "Confirm.SelectOk")
                return rest
            if rest.split(" ")[0] in last.split("|") or self.lines[-1] == "end":
                return rest

    def run(self) -> list[str]:
        """Do all steps; return the transcript."""
        for _ in range(STEPS):
            index, number = self._random.randrange(2), self._random.choice((1, 2))
            step = self._random.choices(
                (self._publish, self._get, self._settle, self._bind, self._unbind, self._purge,
                 self._reopen), (8, 8, 8, 3, 1, 0.3, 1))[0]
            step(self._clients[index], index, number)
        for name in QUEUES:
            self._empty(name)
        for client in self._clients:
            client.close()
        return self.lines

    def _pick(self) -> tuple[str, str, str]:
        queue = self._names(self._random.choice(QUEUES))
        exchange = self._names(self._random.choice(tuple(EXCHANGES)))
        return queue, exchange, self._random.choice(KEYS)

    def _publish(self, client: Bare, index: int, number: int) -> None:
        queue, exchange, key = self._pick()
        exchange, key = self._random.choice((("", queue), (exchange, key)))
        client.send(number, *publish(exchange, key, str(len(self.lines)), mandatory=True))
        self._read(client, "Basic.Ack")

    def _get(self, client: Bare, index: int, number: int) -> None:
        queue, _, _ = self._pick()
        no_ack = self._random.random() < 0.2
        client.send(number, B.Get(0, queue, no_ack))
        if self._read(client, "Basic.GetOk|Basic.GetEmpty").startswith("Basic.GetOk"):
            self._got[index, number] = self._got.get((index, number), 0) + 1
            self.lines.append(client.line().split("'x-death'")[0])  # it tells the time
            self.lines.append(client.line())

    def _settle(self, client: Bare, index: int, number: int) -> None:
        top = self._got.get((index, number), 0)
        tag = self._random.randint(0, top + (self._random.random() < 0.1))
        multiple, requeue = self._random.random() < 0.4, self._random.random() < 0.5
        client.send(number, self._random.choice((
            B.Ack(tag, multiple), B.Nack(tag, multiple, requeue), B.Reject(tag, requeue))),
            B.Qos(0, 0))
        self._read(client, "Basic.QosOk")

    def _bind(self, client: Bare, index: int, number: int) -> None:
        client.send(number, Q.Bind(0, *self._pick()))
        self._read(client, "Queue.BindOk")

    def _unbind(self, client: Bare, index: int, number: int) -> None:
        client.send(number, Q.Unbind(0, *self._pick()))
        self._read(client, "Queue.UnbindOk")

    def _purge(self, client: Bare, index: int, number: int) -> None:
        client.send(number, Q.Purge(0, self._pick()[0]))
        self._read(client, "Queue.PurgeOk")

    def _reopen(self, client: Bare, index: int, number: int) -> None:
        client.send(number, Channel.Close(200, "", 0, 0))
        self._read(client, "Channel.CloseOk")
        client.send(number, Channel.Open(), commands.Confirm.Select())
        self._read(client, "Confirm.SelectOk")
        self._got.pop((index, number), None)

    def _empty(self, name: str) -> None:
        client = self._clients[0]
        while True:
            client.send(1, B.Get(0, self._names(name), True))
            if not self._read(client, "Basic.GetOk|Basic.GetEmpty").startswith("Basic.GetOk"):
                return
            self.lines.append(client.line().split("'x-death'")[0])
            self.lines.append(client.line())


def transcript(url: str, seed: int) -> list[str]:
    with cleaned(url) as names:
        return Play(url, names, seed).run()


@pytest.mark.parametrize("seed", range(25))
def test_a_random_program_has_the_same_transcript_on_all(
        shared: Served, request: pytest.FixtureRequest, seed: int) -> None:
    ours = transcript(shared.url, seed)
    assert "end" not in ours
    if answers():
        assert ours == transcript(URL, seed)
        assert ours == transcript(request.getfixturevalue("relayed"), seed)


if __name__ == "__main__":
    served = Served()
    for each in range(1000, 1000 + int(sys.argv[1])):
        if transcript(served.url, each) != transcript(URL, each):
            print("seed", each)  # noqa: T201
    served.stop()
