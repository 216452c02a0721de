"""The AMQP broker beside a submission. The broker itself has its tests in tests/services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import dedent

import pytest

from graders.model import Report, Status, TestResult, Verdict
from tests.judge.conftest import Lab

LEARNER = """
import pika
def solve(url, *bodies):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.queue_declare("q", durable=True)
        channel.confirm_delivery()
        for body in bodies:
            channel.basic_publish("", "q", body, pika.BasicProperties(delivery_mode=2))
def other(url):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        found = []
        while True:
            method, _, body = channel.basic_get("q")
            if method is None:
                return found
            found.append((body, method.redelivered))
            channel.basic_ack(method.delivery_tag)
"""


class AmqpLab:
    """The laboratory's kata with `services = ["amqp"]`."""

    def __init__(self, lab: Lab) -> None:
        self.lab = lab
        # pika resolves names in a thread.
        lab.kata = replace(lab.kata, services=("amqp",), threads=2)

    def run(self, suite: str, submission: str = "") -> Report:
        return self.lab.run(suite, dedent(LEARNER) + dedent(submission))

    def one(self, suite: str, submission: str = "") -> TestResult:
        report = self.run(suite, submission)
        assert len(report.tests) == 1, report
        return report.tests[0]


@pytest.fixture
def beside(lab: Lab) -> Iterator[AmqpLab]:
    yield AmqpLab(lab)


def test_state_messages_and_faults(beside: AmqpLab) -> None:
    report = beside.run("""
        def test_state(amqp):
            solve(amqp.url, b"a", b"b")
            assert amqp.state()["queues"]["q"]["ready"] == 2
            assert [each["body"] for each in amqp.messages("q")] == [b"a", b"b"]
            assert [each["method"] for each in amqp.log].count("Basic.Publish") == 2
            amqp.restart()
            assert other(amqp.url) == [(b"a", False), (b"b", False)]
            with pytest.raises(ServiceError, match="there is no queue"):
                amqp.messages("nothing")
        def test_nothing_is_left_and_a_cut(amqp):
            assert amqp.state()["queues"] == {}
            amqp.cut_after(2)
            with pytest.raises(Exception):
                solve(amqp.url, b"a")
        """)
    assert report.verdict is Verdict.ACCEPTED, [each.failure for each in report.tests]


def test_a_crash_before_each_method(beside: AmqpLab) -> None:
    row = beside.one("""
        def test_it(amqp):
            with crash_after(10**6) as count:
                solve(amqp.url, b"a")
            assert count.effects >= 4
            for k in range(1, count.effects + 1):
                with crash_after(k) as crash:
                    solve(amqp.url, b"b")
                assert crash.fired
            found = [body for body, _ in other(amqp.url)]
            assert found[0] == b"a" and set(found) == {b"a", b"b"}
        """)
    assert row.status is Status.PASSED, row
