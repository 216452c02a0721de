"""Arguments of queues and exchanges: which are refused, which are the same, which are acted on.

Texts and order of the checks are RabbitMQ 3.10's. An argument whose effect this broker lacks is
refused as not implemented, never ignored in silence.
"""

from __future__ import annotations

from dataclasses import dataclass

from graders.services import amqp_table
from graders.services.amqp_faults import ChannelFault, ConnectionFault, failed
from graders.services.amqp_table import Field, Table

# In the order in which RabbitMQ compares them (rabbit_amqqueue:declare_args in 3.10).
QUEUE_ARGUMENTS = ("x-message-ttl", "x-dead-letter-exchange", "x-dead-letter-routing-key",
                   "x-max-length", "x-max-length-bytes", "x-overflow", "x-queue-mode",
                   "x-queue-type")
_LACKING = ("x-expires", "x-max-priority", "x-single-active-consumer")
_NUMBERS = ("x-message-ttl", "x-max-length", "x-max-length-bytes")
_LONGEST_MS = 2**32 - 1  # the longest timer of Erlang
_OVERFLOWS = ("drop-head", "reject-publish")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the arguments of a queue ask for; None where they ask for nothing."""

    ttl_ms: int | None = None
    dead_letter_exchange: str | None = None
    dead_letter_key: str | None = None
    max_length: int | None = None
    max_bytes: int | None = None
    rejects: bool = False


def queue_policy(name: str, arguments: Table) -> Policy:
    """Return what `arguments` of queue `name` ask for.

    Raises ChannelFault (406) for what RabbitMQ refuses, ConnectionFault (540) for what only this
    broker lacks.
    """
    for key in _LACKING:
        if key in arguments:
            raise ConnectionFault(540, f"argument '{key}' (RabbitMQ has it, this broker does not)")
    numbers = {key: _number(name, key, arguments.get(key)) for key in _NUMBERS}
    exchange = _text(name, "x-dead-letter-exchange", arguments)
    key_ = _text(name, "x-dead-letter-routing-key", arguments)
    if key_ is not None and exchange is None:
        raise _invalid(name, "x-dead-letter-routing-key", "routing_key_but_no_dlx_defined")
    overflow = _text(name, "x-overflow", arguments)
    if overflow == "reject-publish-dlx":
        raise ConnectionFault(540, "x-overflow 'reject-publish-dlx'")
    if overflow not in (None, *_OVERFLOWS):
        raise _invalid(name, "x-overflow", "invalid_overflow")
    type_ = _text(name, "x-queue-type", arguments)
    if type_ in ("quorum", "stream"):
        raise ConnectionFault(540, f"queue type '{type_}'")
    if type_ not in (None, "classic"):
        raise _invalid(name, "x-queue-type", f"\"unsupported queue type '{type_}'\"")
    return Policy(numbers["x-message-ttl"], exchange, key_, numbers["x-max-length"],
                  numbers["x-max-length-bytes"], overflow == "reject-publish")


def _number(name: str, key: str, field: Field | None) -> int | None:
    if field is None:
        return None
    tag, value = field
    if tag not in amqp_table.INTEGERS:
        raise _invalid(name, key, f'"expected integer, got {amqp_table.NAMES[tag]}"')
    if value < 0:
        raise _invalid(name, key, f"{{value_negative,{value}}}")
    if key == "x-message-ttl" and value > _LONGEST_MS:
        raise _invalid(name, key, f"{{value_too_large,{value}}}")
    return int(value)


def _text(name: str, key: str, arguments: Table) -> str | None:
    field = arguments.get(key)
    if field is None:
        return None
    tag, value = field
    try:
        if tag == "S":
            return str(value, "utf-8")
    except UnicodeDecodeError:
        raise _invalid(name, key, "not_utf8") from None
    if key.startswith("x-dead-letter"):
        raise failed(f"invalid type '{amqp_table.NAMES[tag]}' for arg '{key}' "
                     f"in queue '{name}' in vhost '/'")
    raise _invalid(name, key, f'"expected longstr, got {amqp_table.NAMES[tag]}"')


def _invalid(name: str, key: str, why: str) -> ChannelFault:
    return failed(f"invalid arg '{key}' for queue '{name}' in vhost '/': {why}")


def check_same(what: str, key: str, received: object, current: object) -> None:
    """Raise ChannelFault where a declaration differs from what is there.

    `what` is as in "queue 'q'"; booleans are written as Erlang does.
    """
    if received != current:
        raise failed(f"inequivalent arg '{key}' for {what} in vhost '/': "
                     f"received {_said(received)} but current is {_said(current)}")


def check_same_arguments(what: str, keys: tuple[str, ...], received: Table, current: Table
                         ) -> None:
    """Raise ChannelFault for the first of `keys` in which two argument tables differ."""
    for key in keys:
        match received.get(key), current.get(key):
            case None, None:
                pass
            case (new, old) if new is not None and old is not None:
                if not amqp_table.same(new, old):
                    raise failed(
                        f"inequivalent arg '{key}' for {what} in vhost '/': received "
                        f"'{amqp_table.shown(new)}' but current is '{amqp_table.shown(old)}'")
            case new, old:
                check_same(what, key, _typed(new), _typed(old))


class _Words(str):
    """A phrase that goes into an error without quotes."""


def _typed(field: Field | None) -> _Words:
    if field is None:
        return _Words("none")
    return _Words(f"the value '{amqp_table.shown(field)}' of type '{amqp_table.NAMES[field[0]]}'")


def _said(value: object) -> str:
    if isinstance(value, _Words):
        return str(value)
    return f"'{str(value).lower() if isinstance(value, bool) else value}'"
