"""AMQP in the real lane: the same tests as with our broker, and nothing stays in RabbitMQ."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from graders.errors import JudgeError
from graders.judge.judge import Judge
from graders.model import Status, Verdict
from graders.services import amqp_books, lanes, sweep
from graders.services.amqp_client import Client, Refusal
from tests.judge.conftest import Lab
from tests.services.amqp_lanes import rabbitmq_answers
from tests.services.real_servers import real_url

LEARNER = """
import pika
held = []
def solve(url, *bodies, mode=2):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.exchange_declare("x", "fanout", durable=True)
        channel.queue_declare("q", durable=True)
        channel.queue_bind("q", "x")
        channel.confirm_delivery()
        for body in bodies:
            channel.basic_publish("x", "k", body, pika.BasicProperties(delivery_mode=mode))
def other(url, what):
    return get(url, what) if what in ("ack", "leave") else globals()[what](url)
def get(url, outcome):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        method, _, body = channel.basic_get("q")
        if method is None:
            return None
        if outcome == "ack":
            channel.basic_ack(method.delivery_tag)
        return body, method.redelivered
def hold(url):
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    channel.queue_declare("mine", exclusive=True)
    channel.basic_publish("", "mine", b"in")
    channel.basic_publish("", "mine", b"out")
    channel.basic_consume("mine", lambda *_: None)
    channel.basic_qos(prefetch_count=1)
    got = channel.basic_get("q")[2]
    held.append(connection)
    return got
def nameless(url):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        name = channel.queue_declare("").method.queue
        channel.basic_publish("", name, b"x")
        return name[:8], channel.basic_get(name, auto_ack=True)[2]
def dies(url):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.queue_declare("grave", durable=True)
        channel.queue_declare("short", arguments={
            "x-message-ttl": 50, "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": "grave"})
        channel.basic_publish("", "short", b"x")
def refused(url):
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        try:
            channel.queue_bind("q", "nowhere")
        except pika.exceptions.ChannelClosedByBroker as closed:
            return closed.reply_code, closed.reply_text
"""
SUITE = """
    QUEUE = {"ready": 2, "unacked": 0, "consumers": 0, "durable": True, "exclusive": False,
             "auto_delete": False, "arguments": {}}
    EXCHANGE = {"type": "fanout", "durable": True, "auto_delete": False, "internal": False,
                "bindings": [("queue", "q", "q")]}
    def plain(found):
        return {**found, "bindings": [tuple(each) for each in found["bindings"]]}
    def told(amqp, queue="q"):
        return [(each["body"], each["redelivered"]) for each in amqp.messages(queue)]
    def test_state_and_log(amqp):
        solve(amqp.url, b"a", b"b")
        found = amqp.state()
        assert found["queues"] == {"q": QUEUE}
        assert plain(found["exchanges"]["x"]) == EXCHANGE
        assert (found["connections"], found["channels"], found["faults"]) == (0, 0, [])
        assert [each["method"] for each in amqp.log] == [
            "Channel.Open", "Exchange.Declare", "Queue.Declare", "Queue.Bind", "Confirm.Select",
            "Basic.Publish", "Basic.Publish", "Channel.Close"]
        assert amqp.log[3]["args"]["queue"] == "q" and amqp.log[5]["args"]["exchange"] == "x"
        with pytest.raises(ServiceError, match="there is no queue 'nothing'"):
            amqp.messages("nothing")
    def test_looks_change_nothing(amqp):
        assert amqp.state()["queues"] == {}
        solve(amqp.url, b"a", b"b")
        for _ in range(3):
            assert told(amqp) == [(b"a", False), (b"b", False)]
        found = amqp.messages("q")[0]
        assert found["properties"] == {"delivery_mode": 2}
        assert (found["exchange"], found["routing_key"]) == ("x", "k")
        assert other(amqp.url, "leave") == (b"a", False)
        assert told(amqp) == [(b"a", True), (b"b", False)]
        assert other(amqp.url, "ack") == (b"a", True)
        assert other(amqp.url, "ack") == (b"b", False)
        assert other(amqp.url, "ack") is None
    def test_a_restart_keeps_what_is_durable(amqp):
        solve(amqp.url, b"a")
        solve(amqp.url, b"b", mode=1)
        solve(amqp.url, b"c")
        assert other(amqp.url, "hold") == b"a"
        amqp.restart()
        assert set(amqp.state()["queues"]) == {"q"}
        assert [body for body, _ in told(amqp)] == [b"a", b"c"]
        assert amqp.state()["connections"] == 0
        solve(amqp.url, b"d")
        assert [body for body, _ in told(amqp)] == [b"a", b"c", b"d"]
    def test_what_a_connection_holds(amqp):
        solve(amqp.url, b"a", b"b")
        assert other(amqp.url, "hold") == b"a"
        found = amqp.state()
        assert (found["connections"], found["channels"]) == (1, 1)
        assert found["queues"]["q"]["unacked"] == 1 and found["queues"]["q"]["ready"] == 1
        mine = found["queues"]["mine"]
        assert mine["exclusive"] is True and mine["consumers"] == 1 and mine["unacked"] == 2
        assert amqp.messages("mine") == []
        assert amqp.drop_all() == 1
        assert set(amqp.state()["queues"]) == {"q"}
        assert told(amqp) == [(b"a", True), (b"b", False)]
    def test_cuts(amqp):
        solve(amqp.url)
        amqp.cut_after(5)
        with pytest.raises(Exception):
            solve(amqp.url, b"lost")
        assert told(amqp) == [] and amqp.state()["cuts"] == 1
        amqp.cut_after(6, lose_reply=True)
        with pytest.raises(Exception):
            solve(amqp.url, b"there")
        assert told(amqp) == [(b"there", False)] and amqp.state()["cuts"] == 2
    def test_crashes(amqp):
        with crash_after(10**6) as count:
            solve(amqp.url, b"a")
        for k in range(1, count.effects + 1):
            with crash_after(k) as crash:
                solve(amqp.url, b"a")
            assert crash.fired
            assert amqp.state()["connections"] == 0
        assert told(amqp) == [(b"a", False), (b"a", False)]  # the first, and the last before Close
    def test_names_and_deaths(amqp):
        assert other(amqp.url, "nameless") == ("amq.gen-", b"x")
        other(amqp.url, "dies")
        amqp.advance_ms(200)
        assert told(amqp, "short") == []
        [found] = amqp.messages("grave")
        assert (found["exchange"], found["routing_key"]) == ("", "grave")
        death = found["properties"]["headers"]["x-death"][0]
        assert (death["queue"], death["exchange"], death["reason"]) == ("short", "", "expired")
        assert death["routing-keys"] == ["short"]
        solve(amqp.url)
        assert other(amqp.url, "refused") == (404, "NOT_FOUND - no exchange 'nowhere' in vhost '/'")
"""


@pytest.fixture(params=["embedded", "real", "real-postgresql"])
def lane(request: pytest.FixtureRequest) -> str:
    if request.param != "embedded" and not rabbitmq_answers():
        pytest.skip("no RabbitMQ answers")
    return str(request.param)


@pytest.fixture
def lab(lane: str, tmp_path: Path) -> Iterator[Lab]:
    folder = tmp_path / "kata"
    folder.mkdir()
    tmp_path.chmod(0o755)
    with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path / "store", lane=lane) as judge:
        found = Lab(judge, folder)
        found.kata = replace(found.kata, services=("amqp",), threads=2)  # pika resolves in one
        yield found


def exists(kind: str, name: str) -> bool:
    """Look for a queue or an exchange in the real server."""
    client = Client(real_url("amqp"))
    try:
        with client.channel() as channel:
            if kind == "queue":
                amqp_books.declare(channel, name, passive=True)
            else:
                channel.ask("Exchange.Declare", "Exchange.DeclareOk", ticket=0, exchange=name,
                            exchange_type="direct", passive=True, durable=False,
                            auto_delete=False, internal=False, nowait=False, arguments={})
    except Refusal as refusal:
        return bool(refusal.args[0] != 404)
    finally:
        client.close()
    return True


def test_the_suite_gives_the_same_verdict_in_every_lane(lab: Lab, lane: str) -> None:
    report = lab.run(SUITE, dedent(LEARNER))
    assert report.verdict is Verdict.ACCEPTED, [
        (each.name, each.failure) for each in report.tests if each.status is not Status.PASSED]
    assert report.lane == lane


def test_a_server_that_does_not_answer_is_named(tmp_path: Path,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KATA_AMQP_URL", "amqp://127.0.0.1:1")
    with Judge(tmp_path, use_cache=False, store=tmp_path, lane="real") as judge:
        own = Lab(judge, tmp_path)
        own.kata = replace(own.kata, services=("amqp",))
        with pytest.raises(JudgeError, match=r"127\.0\.0\.1:1, KATA_AMQP_URL"):
            own.run("def test_it(amqp): pass", "")


def test_a_kata_is_proved_where_the_servers_that_it_needs_answer(
        monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        for scheme in ("redis", "mysql"):
            monkeypatch.setenv(f"KATA_{scheme.upper()}_URL", f"{scheme}://127.0.0.1:{port}")
        monkeypatch.setenv("KATA_POSTGRES_URL", f"postgresql://127.0.0.1:{port}")
        monkeypatch.setenv("KATA_AMQP_URL", "amqp://127.0.0.1:1")
        assert lanes.proving(()) == []
        assert lanes.proving(("redis",)) == ["real"]
        assert lanes.proving(("sql",)) == ["real", "real-postgresql"]
        assert lanes.proving(("redis", "sql")) == ["real", "real-postgresql"]
        assert lanes.proving(("amqp",)) == lanes.proving(("amqp", "redis")) == []


@pytest.mark.skipif(not rabbitmq_answers(), reason="no RabbitMQ answers")
class TestNothingIsLeft:
    def test_by_a_run_that_was_killed(self) -> None:
        code = """
import os, signal
from graders.services import amqp_books, lanes
from graders.services.amqp_client import Client
lane = lanes.find("real")
client = Client(lane.url("amqp"))
amqp_books.enter(client, lane.run, "queue", lane.run)
with client.channel() as channel:
    amqp_books.declare(channel, lane.run)
print(lane.run, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                              check=False, cwd=Path(lanes.__file__).parents[2])
        run = done.stdout.strip()
        assert done.returncode == -signal.SIGKILL and lanes.is_dead(run)
        assert exists("queue", run)
        sweep.sweep(lanes.find("real"))
        assert not exists("queue", run)

    @pytest.mark.parametrize("is_ours", [True, False], ids=["of_this_process", "of_another"])
    def test_by_a_run_that_has_ended_but_by_no_other(self, is_ours: bool) -> None:
        found = lanes.find("real")
        client = Client(found.url("amqp"))
        mine, other = f"kata40-mine-{os.getpid()}", f"kata40-other-{os.getpid()}"
        host = "_".join(found.run.split("_")[:2])
        parent = f"{host}_{os.getppid()}_{lanes._born(os.getppid())}_1"
        another = lanes.run_name() if is_ours else parent
        for run, name in ((found.run, mine), (another, other)):
            amqp_books.enter(client, run, "queue", name)
            with client.channel() as channel:
                amqp_books.declare(channel, name)
        sweep.sweep(found)
        assert exists("queue", mine) and exists("queue", other)  # both are alive
        sweep.sweep(found, found.run)
        assert not exists("queue", mine) and exists("queue", other)
        sweep.sweep(found, another)
        assert not exists("queue", other)
        client.close()

    def test_by_a_test_of_a_submission(self, tmp_path: Path) -> None:
        folder = tmp_path / "kata"
        folder.mkdir()
        tmp_path.chmod(0o755)
        with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path / "store",
                   lane="real") as judge:
            own = Lab(judge, folder)
            own.kata = replace(own.kata, services=("amqp",), threads=2)
            report = own.run("def test_it(amqp): assert solve(amqp.url, b'a') is None",
                             dedent(LEARNER))
            assert report.verdict is Verdict.ACCEPTED, report.tests
        assert entries_of(judge.lane.run) == []


def entries_of(run: str) -> list[str]:
    """Return what stands in the books of a run."""
    client = Client(real_url("amqp"))
    found = []
    try:
        with client.channel() as channel:
            while (got := channel.ask("Basic.Get", ticket=0, queue="kata40_books",
                                      no_ack=False)).name == "Basic.GetOk":
                found.append(got.body.decode())
    except Refusal:
        return []  # no books at all
    finally:
        client.close()
    return [each for each in found if each.startswith(run)]
