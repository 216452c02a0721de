"""The names of one lent corner of a real broker: what the learner calls q is MARKq at the server.

Pure translation of methods and properties, both ways. Routing keys stay as they are: in the place
of the default exchange, whose keys are names, stands one that is called MARK, to which every queue
is bound by the learner's name for it. The server's other exchanges (amq.…) keep their names, so
they are everybody's. A name made up for "" is made up here, so that it bears the mark as well.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from graders.services import amqp_message, amqp_table
from graders.services.amqp_faults import shortened
from graders.services.amqp_table import Field, Table
from graders.services.amqp_topology import generated
from graders.services.amqp_wire import Method

# Bytes. The server cuts its texts at 255, so a longer name goes there as its hash and comes back
# whole.
_LONG = 100
_FIELDS = ("queue", "exchange", "source", "destination")


class Names:
    """Translates the names of one run's one test. `mark` is what its names begin with."""

    def __init__(self, mark: str, vhost: str) -> None:
        self.mark, self._vhost = mark, vhost
        self._own = {mark: ""}  # what the learner calls it, by what the server does
        self._made: set[str] = set()

    def out(self, name: str) -> str:
        """Return what the server calls it."""
        if not name or (name.startswith("amq.") and name not in self._made):
            return name
        there = self.mark + name
        if len(there.encode()) > _LONG:
            there = f"{self.mark}~{hashlib.sha256(name.encode()).hexdigest()}"
        self._own[there] = name
        return there

    def back(self, name: str) -> str:
        """Return what the learner calls it."""
        return self._own.get(name, name)

    def make(self) -> str:
        """Return a new name for a queue that the learner leaves nameless."""
        name = generated("amq.gen-")
        self._made.add(name)
        return name

    def request(self, method: Method) -> Method:
        """Translate a method of the learner's."""
        args = dict(method.args)
        for field in _FIELDS:
            if field in args:
                args[field] = self.out(args[field])
        if method.name == "Basic.Publish" and not args["exchange"]:
            args["exchange"] = self.mark
        if "arguments" in args:
            args["arguments"] = self._arguments(args["arguments"])
        return replace(method, args=args)

    def answer(self, method: Method) -> Method:
        """Translate a method of the server's."""
        args = dict(method.args)
        for field in _FIELDS:
            if field in args:
                args[field] = self.back(args[field])
        if "reply_text" in args:
            args["reply_text"] = self.told(args["reply_text"])
        return replace(method, args=args)

    def told(self, text: str) -> str:
        """Return what the server says, in the learner's names.

        It cuts its texts at 255 bytes, marks included: what a mark has pushed out is lost.
        """
        for there, own in sorted(self._own.items(), key=lambda each: -len(each[0])):
            text = text.replace(there, own)
        text = text.replace(self.mark, "").replace(f"vhost '{self._vhost}'", "vhost '/'")
        return shortened(text)

    def properties(self, raw: bytes) -> bytes:
        """Translate what a dead letter tells of its deaths."""
        if self.mark.encode() not in raw:
            return raw
        found = amqp_message.read_properties(raw, amqp_table.NODE_CAP * 4)
        if "headers" in found:
            found["headers"] = self._table(found["headers"])
        return amqp_message.write_properties(found)

    def _arguments(self, table: Table) -> Table:
        changed = dict(table)
        for key in ("x-dead-letter-exchange", "alternate-exchange"):
            if key in table:
                changed[key] = self._field(table[key], lambda name: self.out(name) or self.mark)
        return changed

    def _table(self, table: Table) -> Table:
        return {name: self._field(value, self.back) for name, value in table.items()}

    def _field(self, field: Field, translate: Any) -> Field:
        tag, value = field
        if tag == "S":
            return tag, translate(value.decode(errors="surrogateescape")).encode(
                errors="surrogateescape")
        if tag == "F":
            return tag, self._table(value)
        if tag == "A":
            return tag, [self._field(each, translate) for each in value]
        return field
