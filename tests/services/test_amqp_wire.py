"""Frames in, lines out: errors to the letter, the same of our broker as of RabbitMQ."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from pamqp import body, commands, header

from tests.services.amqp_lanes import Bare, Names, publish

B, E, Q = commands.Basic, commands.Exchange, commands.Queue
CLOSE_OK, OPEN = commands.Channel.CloseOk(), commands.Channel.Open()
SELECT = commands.Confirm.Select
LOCKED = ("RESOURCE_LOCKED - cannot obtain exclusive access to locked queue 'q' in vhost '/'. It "
          "could be originally declared on another connection or the exclusive property value does "
          "not match that of the original declaration.")
OPENED = "1 Channel.OpenOk"
DECLARED = "1 Queue.DeclareOk q 0 0"


def refused(code: int, text: str, ids: str, channel: int = 1) -> str:
    return f"{channel} {'Channel' if channel else 'Connection'}.Close {code} {text} {ids}"


def declare(name: str = "q", **options: Any) -> Any:
    return lambda names: Q.Declare(0, names(name), exclusive=True, **options)


def named(make: Any, *where: str, **options: Any) -> Any:
    """Build a frame later, with the names that a test uses."""
    return lambda names: make(0, *(names(each[1:]) if each.startswith("$") else each
                                   for each in where), **options)


def raw(type_: int, payload: bytes, channel: int = 1, end: bytes = b"\xce") -> bytes:
    return struct.pack(">BHI", type_, channel, len(payload)) + payload + end


def sent(exchange: str, key: str, text: str, **options: Any) -> Any:
    def make(names: Names) -> list[Any]:
        return publish(*(names(each[1:]) if each.startswith("$") else each
                         for each in (exchange, key)), text, **options)
    return make


ONE_MS = {"x-message-ttl": 1}
SCRIPTS: dict[str, tuple[list[Any], list[str]]] = {
    "a queue that is missing": (
        [OPEN, named(Q.Declare, "$q", passive=True), CLOSE_OK, OPEN, named(B.Consume, "$q"),
         CLOSE_OK, OPEN, named(B.Get, "$q"), CLOSE_OK, OPEN, named(Q.Purge, "$q")],
        [OPENED, refused(404, "NOT_FOUND - no queue 'q' in vhost '/'", "50 10"),
         OPENED, refused(404, "NOT_FOUND - no queue 'q' in vhost '/'", "60 20"),
         OPENED, refused(404, "NOT_FOUND - no queue 'q' in vhost '/'", "60 70"),
         OPENED, refused(404, "NOT_FOUND - no queue 'q' in vhost '/'", "50 30")]),
    "a bind with exchange and key in the wrong order": (
        [OPEN, declare(), named(Q.Bind, "$q", "hello", "$logs")],
        [OPENED, DECLARED, refused(404, "NOT_FOUND - no exchange 'hello' in vhost '/'", "50 20")]),
    "a bind of a queue that is missing": (
        [OPEN, named(Q.Bind, "$q", "amq.fanout")],
        [OPENED, refused(404, "NOT_FOUND - no queue 'q' in vhost '/'", "50 20")]),
    "what is deleted or unbound already": (
        [OPEN, named(Q.Delete, "$q"), named(E.Delete, "$e"), named(Q.Unbind, "$q", "$e"),
         lambda _: B.Cancel("nobody")],
        [OPENED, "1 Queue.DeleteOk 0", "1 Exchange.DeleteOk", "1 Queue.UnbindOk",
         "1 Basic.CancelOk nobody"]),
    "a queue declared once more and otherwise": (
        [OPEN, named(Q.Declare, "$q"), named(Q.Declare, "$q"), named(Q.Declare, "$q", durable=True),
         CLOSE_OK, OPEN, named(Q.Declare, "$q", auto_delete=True), CLOSE_OK, OPEN,
         named(Q.Declare, "$q", exclusive=True), CLOSE_OK, OPEN,
         named(Q.Declare, "$q", arguments=ONE_MS), CLOSE_OK, OPEN,
         named(Q.Declare, "$q", arguments={"x-of-mine": 1})],
        [OPENED, DECLARED, DECLARED, refused(
            406, "PRECONDITION_FAILED - inequivalent arg 'durable' for queue 'q' in vhost '/': "
                 "received 'true' but current is 'false'", "50 10"),
         OPENED, refused(
            406, "PRECONDITION_FAILED - inequivalent arg 'auto_delete' for queue 'q' in vhost '/': "
                 "received 'true' but current is 'false'", "50 10"),
         OPENED, refused(405, LOCKED, "50 10"),
         OPENED, refused(
            406, "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'q' in vhost "
                 "'/': received the value '1' of type 'byte' but current is none", "50 10"),
         OPENED, DECLARED]),
    "arguments that differ": (
        [OPEN, declare(arguments={"x-message-ttl": 1000, "x-dead-letter-exchange": "a"}),
         declare(arguments={"x-message-ttl": 70000, "x-dead-letter-exchange": "a"}), CLOSE_OK, OPEN,
         declare(arguments={"x-message-ttl": 1000, "x-dead-letter-exchange": "b"}), CLOSE_OK, OPEN,
         declare(arguments={"x-message-ttl": "1000", "x-dead-letter-exchange": "a"})],
        [OPENED, DECLARED, *(line for key, new, old in (
            ("x-message-ttl", "70000", "1000"), ("x-dead-letter-exchange", "b", "a"),
            ("x-message-ttl", "1000", "1000")) for line in (refused(
                406, f"PRECONDITION_FAILED - inequivalent arg '{key}' for queue 'q' in vhost '/': "
                     f"received '{new}' but current is '{old}'", "50 10"), OPENED))][:-1]),
    "arguments that cannot be": (
        [OPEN, *(each for arguments in (
            {"x-message-ttl": -1}, {"x-message-ttl": "1"}, {"x-message-ttl": 2**40},
            {"x-max-length": -2}, {"x-overflow": "foo"}, {"x-dead-letter-exchange": 5},
            {"x-dead-letter-routing-key": "k"}, {"x-queue-type": "foo"})
            for each in (declare(arguments=arguments), CLOSE_OK, OPEN))],
        [OPENED, *(line for why in (
            "invalid arg 'x-message-ttl' for queue 'q' in vhost '/': {value_negative,-1}",
            "invalid arg 'x-message-ttl' for queue 'q' in vhost '/': "
            '"expected integer, got longstr"',
            "invalid arg 'x-message-ttl' for queue 'q' in vhost '/': "
            "{value_too_large,1099511627776}",
            "invalid arg 'x-max-length' for queue 'q' in vhost '/': {value_negative,-2}",
            "invalid arg 'x-overflow' for queue 'q' in vhost '/': invalid_overflow",
            "invalid type 'byte' for arg 'x-dead-letter-exchange' in queue 'q' in vhost '/'",
            "invalid arg 'x-dead-letter-routing-key' for queue 'q' in vhost '/': "
            "routing_key_but_no_dlx_defined",
            "invalid arg 'x-queue-type' for queue 'q' in vhost '/': "
            "\"unsupported queue type 'foo'\"")
            for line in (refused(406, f"PRECONDITION_FAILED - {why}", "50 10"), OPENED))]),
    "reserved names": (
        [OPEN, named(Q.Declare, "amq.mine"), CLOSE_OK, OPEN, named(E.Declare, "amq.mine", "direct"),
         CLOSE_OK, OPEN, named(E.Delete, "amq.fanout"), CLOSE_OK, OPEN,
         named(E.Declare, "amq.fanout", "fanout", durable=True)],
        [OPENED, refused(403, "ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix "
                              "'amq.*'", "50 10"),
         OPENED, refused(403, "ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix "
                              "'amq.*'", "40 10"),
         OPENED, refused(403, "ACCESS_REFUSED - deletion of system exchange 'amq.fanout' in vhost "
                              "'/' not allowed", "40 20"),
         OPENED, "1 Exchange.DeclareOk"]),
    "the default exchange": (
        [OPEN, declare(), *(each for what in (
            named(E.Declare, "", "direct"), named(E.Delete, ""), named(Q.Bind, "$q", ""),
            named(Q.Unbind, "$q", "")) for each in (what, CLOSE_OK, OPEN))],
        [OPENED, DECLARED, *(line for ids in ("40 10", "40 20", "50 20", "50 50") for line in (
            refused(403, "ACCESS_REFUSED - operation not permitted on the default exchange", ids),
            OPENED))]),
    "an exchange declared otherwise": (
        [OPEN, named(E.Declare, "$e", "fanout"), *(each for what in (
            named(E.Declare, "$e", "direct"), named(E.Declare, "$e", "fanout", durable=True),
            named(E.Declare, "$e", "fanout", auto_delete=True),
            named(E.Declare, "$e", "fanout", internal=True),
            named(E.Declare, "$e", "fanout", arguments={"alternate-exchange": "x"}))
            for each in (what, CLOSE_OK, OPEN))],
        [OPENED, "1 Exchange.DeclareOk", *(line for key, new, old in (
            ("type", "'direct'", "'fanout'"), ("durable", "'true'", "'false'"),
            ("auto_delete", "'true'", "'false'"), ("internal", "'true'", "'false'"),
            ("alternate-exchange", "the value 'x' of type 'longstr'", "none"))
            for line in (refused(
                406, f"PRECONDITION_FAILED - inequivalent arg '{key}' for exchange 'e' in vhost "
                     f"'/': received {new} but current is {old}", "40 10"), OPENED))]),
    "a type of exchange that is none": (
        [OPEN, named(E.Declare, "$e", "foo")],
        [OPENED, refused(503, "COMMAND_INVALID - invalid exchange type 'foo'", "40 10", 0)]),
    "deleting what is in use": (
        [OPEN, named(E.Declare, "$e", "fanout"), declare(), named(Q.Bind, "$q", "$e"),
         named(E.Delete, "$e", if_unused=True), CLOSE_OK, OPEN, named(B.Consume, "$q", "me"),
         named(Q.Delete, "$q", if_unused=True), CLOSE_OK, OPEN, sent("", "$q", "x"),
         named(Q.Delete, "$q", if_empty=True)],
        [OPENED, "1 Exchange.DeclareOk", DECLARED, "1 Queue.BindOk",
         refused(406, "PRECONDITION_FAILED - exchange 'e' in vhost '/' in use", "40 20"),
         OPENED, "1 Basic.ConsumeOk me",
         refused(406, "PRECONDITION_FAILED - queue 'q' in vhost '/' in use", "50 40"),
         OPENED, refused(406, "PRECONDITION_FAILED - queue 'q' in vhost '/' not empty", "50 40")]),
    "publishing to nowhere": (
        [OPEN, sent("", "nobody", "x", mandatory=True), SELECT(),
         sent("", "nobody", "", mandatory=True), sent("nowhere", "k", "x")],
        [OPENED, "1 Basic.Return 312 NO_ROUTE  nobody", "1 header 1", "1 body x",
         "1 Confirm.SelectOk", "1 Basic.Return 312 NO_ROUTE  nobody", "1 header 0",
         "1 Basic.Ack 1 False",
         refused(404, "NOT_FOUND - no exchange 'nowhere' in vhost '/'", "60 40")]),
    "properties that are refused": (
        [OPEN, *(each for properties in (
            {"expiration": "abc"}, {"expiration": "-1"}, {"expiration": "1.5"},
            {"user_id": "bob"}) for each in (sent("", "x", "", **properties), CLOSE_OK, OPEN))],
        [OPENED, *(line for why in (
            "invalid expiration 'abc': no_integer",
            "invalid expiration '-1': {value_negative,-1}",
            "invalid expiration '1.5': {leftover_string,\".5\"}",
            "user_id property set to 'bob' but authenticated user was 'guest'")
            for line in (refused(406, f"PRECONDITION_FAILED - {why}", "60 40"), OPENED))]),
    "an internal exchange": (
        [OPEN, named(E.Declare, "$e", "fanout", internal=True), sent("$e", "", "x")],
        [OPENED, "1 Exchange.DeclareOk",
         refused(403, "ACCESS_REFUSED - cannot publish to internal exchange 'e' in vhost '/'",
                 "60 40")]),
    "immediate": (
        [OPEN, sent("", "q", "x", immediate=True)],
        [OPENED, refused(540, "NOT_IMPLEMENTED - immediate=true", "60 40", 0)]),
    "tags of deliveries that are none": (
        [OPEN, B.Ack(0, True), *(each for what in (
            B.Ack(5), B.Ack(0), B.Ack(5, True), B.Nack(5), B.Reject(5))
            for each in (what, CLOSE_OK, OPEN))],
        [OPENED, *(line for tag, ids in ((5, "60 80"), (0, "60 80"), (5, "60 80"), (5, "60 120"),
                                         (5, "60 90"))
                   for line in (refused(406, f"PRECONDITION_FAILED - unknown delivery tag {tag}",
                                        ids), OPENED))]),
    "a consumer tag used twice": (
        [OPEN, declare(), named(B.Consume, "$q", "me"), 3, named(B.Consume, "$q", "me")],
        [OPENED, DECLARED, "1 Basic.ConsumeOk me",
         refused(530, "NOT_ALLOWED - attempt to reuse consumer tag 'me'", "60 20", 0)]),
    "the queue declared last": (
        [OPEN, named(B.Get, ""), CLOSE_OK, OPEN, declare(), named(Q.Bind, "", "amq.direct", ""),
         sent("amq.direct", "$q", "x"), named(B.Get, "", no_ack=True), named(B.Get, "")],
        [OPENED, refused(404, "NOT_FOUND - no previously declared queue", "60 70"), OPENED,
         DECLARED, "1 Queue.BindOk", "1 Basic.GetOk 1 False amq.direct q 0", "1 header 1",
         "1 body x", "1 Basic.GetEmpty"]),
    "what RabbitMQ does not offer either": (
        [OPEN, B.Qos(5, 0)],
        [OPENED, refused(540, "NOT_IMPLEMENTED - prefetch_size!=0 (5)", "60 10", 0)]),
    "stopping a channel": (
        [OPEN, commands.Channel.Flow(True), commands.Channel.Flow(False)],
        [OPENED, "1 Channel.FlowOk True",
         refused(540, "NOT_IMPLEMENTED - active=false", "20 20", 0)]),
    "recovering": (
        [OPEN, B.Recover(True), B.Recover(False)],
        [OPENED, "1 Basic.RecoverOk",
         refused(540, "NOT_IMPLEMENTED - requeue=false", "60 110", 0)]),
    "an x-match that is none": (
        [OPEN, declare(), named(Q.Bind, "$q", "amq.headers", arguments={"x-match": "foo"}),
         CLOSE_OK, OPEN, named(Q.Bind, "$q", "amq.headers", arguments={"x-match": 5})],
        [OPENED, DECLARED, refused(
            406, 'PRECONDITION_FAILED - Invalid x-match field value <<"foo">>; expected all, any, '
                 "all-with-x, or any-with-x", "50 20"),
         OPENED, refused(406, "PRECONDITION_FAILED - Invalid x-match field type byte (value 5); "
                              "expected longstr", "50 20")]),
    "a long name": (
        [OPEN, named(Q.Declare, "$" + "q" * 215, passive=True)],
        [OPENED, refused(404, "NOT_FOUND - no queue '" + "q" * 210 + "...", "50 10")]),
    "a channel that is not open": (
        [declare()],
        [refused(504, "CHANNEL_ERROR - expected 'channel.open'", "50 10", 0)]),
    "a channel opened twice": (
        [OPEN, OPEN],
        [OPENED, refused(504, "CHANNEL_ERROR - second 'channel.open' seen", "20 10", 0)]),
    "a method of the connection on a channel": (
        [OPEN, commands.Connection.Open("/")],
        [OPENED, refused(503, "COMMAND_INVALID - unimplemented method", "10 40", 0)]),
    "a method of a channel on the connection": (
        [raw(1, b"\x00\x14\x00\x0a\x00", channel=0)],
        [refused(504, "CHANNEL_ERROR - unexpected method in connection state running", "20 10",
                 0)]),
    "a header out of order": (
        [OPEN, header.ContentHeader(0, 1)],
        [OPENED, refused(505, "UNEXPECTED_FRAME - expected method frame, got non method frame "
                              "instead", "0 0", 0)]),
    "a body out of order": (
        [OPEN, B.Publish(0, "", "q"), body.ContentBody(b"x")],
        [OPENED, refused(505, "UNEXPECTED_FRAME - expected content header for class 60, got non "
                              "content header frame instead", "60 40", 0)]),
    "a method amid a content": (
        [OPEN, B.Publish(0, "", "q"), header.ContentHeader(0, 1), B.Qos(0, 1)],
        [OPENED, refused(505, "UNEXPECTED_FRAME - expected content body, got non content body "
                              "frame instead", "60 40", 0)]),
    "a header of another class": (
        [OPEN, B.Publish(0, "", "q"), raw(2, struct.pack(">HHQH", 50, 0, 1, 0))],
        [OPENED, refused(505, "UNEXPECTED_FRAME - expected content header for class 60, got one "
                              "for class 50 instead", "60 40", 0)]),
    "a frame that ends otherwise": (
        [OPEN, raw(1, b"\x00\x32\x00\x0a", end=b"x")],
        [OPENED, refused(501, "FRAME_ERROR - type 1, all octets = <<0,50,0,10>>: "
                              "{invalid_frame_end_marker,120}", "0 0", 0)]),
    "a frame of no type": (
        [OPEN, raw(7, b"abc")],
        [OPENED, refused(501, 'FRAME_ERROR - type 7, all octets = <<"abc">>: unknown_frame', "0 0",
                         0)]),
    "a method that is too short": (
        [OPEN, raw(1, b"\x00\x32\x00\x0a\x00\x00\x05ab")],
        [OPENED, refused(501, "FRAME_ERROR - cannot decode <<0,0,5,97,98>>", "50 10", 0)]),
    "a frame that is too long": (
        [OPEN, struct.pack(">BHI", 1, 1, 200_000)],
        [OPENED, refused(501, "FRAME_ERROR - type 1, all octets = <<>>: "
                              "{frame_too_large,200000,131064}", "0 0", 0)]),
    "a heartbeat with something in it": (
        [OPEN, raw(8, b"abc", channel=0)],
        [OPENED, refused(501, 'FRAME_ERROR - type 8, all octets = <<"abc">>: unknown_frame',
                         "0 0", 0)]),
    "a heartbeat on a channel": (
        [OPEN, raw(8, b"", channel=1)],
        [OPENED, refused(505, "UNEXPECTED_FRAME - type 8, all octets = <<>>", "0 0", 0)]),
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_answers_to_a_script(url: str, names: Names, script: str) -> None:
    """A CLOSE_OK is sent once there is something to confirm, and after OPEN the answer awaited.

    A number waits for so many lines. Else all is sent at once.
    """
    steps, wanted = SCRIPTS[script]
    told: list[str] = []
    with Bare(url, names) as bare:
        for step in steps:
            while step is CLOSE_OK and not (told and told[-1].startswith("1 Channel.Close")):
                told.append(bare.line())
            if isinstance(step, int):
                told += [bare.line() for _ in range(step - len(told))]
                continue
            found = step(names) if callable(step) and not hasattr(step, "frame_id") else step
            bare.send(1, *(found if isinstance(found, list) else [found]))
            while step is OPEN:
                told.append(bare.line())
                if told[-1] == OPENED or told[-1].startswith("0 "):
                    break
        told += [bare.line() for _ in range(len(wanted) - len(told))]
        if not told[-1].startswith("0 Connection.Close"):
            bare.send(7, OPEN)
            assert bare.line() == "7 Channel.OpenOk"  # and nothing else before it
    assert told == wanted


def test_before_a_connection_is_open(url: str, names: Names) -> None:
    """The protocol's name, the log-in and the virtual host."""
    with Bare(url, names, greet=False) as bare:
        bare.send(0, b"HTTP/1.1 200")
        assert bare._socket.recv(8) == b"AMQP\x00\x00\x09\x01"
    told = {}
    for password, vhost in (("wrong", "/"), ("guest", "nope")):
        with Bare(url, names, greet=False) as bare:
            bare.send(0, b"AMQP\x00\x00\x09\x01")
            assert bare.line().startswith("0 Connection.Start 0 9 ")
            bare.send(0, commands.Connection.StartOk(
                {"capabilities": {"authentication_failure_close": True}}, "PLAIN",
                f"\0guest\0{password}", "en_US"))
            line = bare.line()
            if line.startswith("0 Connection.Tune "):
                assert line == "0 Connection.Tune 2047 131072 60"
                bare.send(0, commands.Connection.TuneOk(2047, 131072, 0),
                          commands.Connection.Open(vhost))
                line = bare.line()
            told[password] = line
    assert told == {
        "wrong": refused(403, "ACCESS_REFUSED - Login was refused using authentication mechanism "
                              "PLAIN. For details see the broker logfile.", "0 0", 0),
        "guest": refused(530, "NOT_ALLOWED - vhost nope not found", "10 40", 0)}
