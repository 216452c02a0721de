"""One channel between a learner and a real broker: what is asked, delivered, acknowledged.

Watches the methods go by, both ways, in the learner's names. Sends nothing itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from graders.services.amqp_content import Content
from graders.services.amqp_wire import Method

# Of the methods of a client, those that nobody answers, beside those with a true `nowait`.
_SILENT = frozenset({"Basic.Publish", "Basic.Ack", "Basic.Nack", "Basic.Reject",
                     "Basic.RecoverAsync", "Basic.CancelOk", "Channel.FlowOk", "Channel.CloseOk"})
# Of the methods of the server, those that are no answers.
_UNASKED = frozenset({"Basic.Deliver", "Basic.Return", "Basic.Ack", "Basic.Nack", "Basic.Cancel",
                      "Channel.Flow"})
CONTENT = frozenset({"Basic.Deliver", "Basic.Return", "Basic.GetOk"})


class Course:
    """The state of one channel."""

    def __init__(self) -> None:
        self.content: Content | None = None  # of a publish that is on its way in
        self.held: Method | None = None  # what the server sends, until its content's header comes
        self.held_queue = ""  # the queue that it comes from
        self.closing = False  # by the server, for an error: nothing counts before CloseOk
        self.unacked: dict[int, str] = {}  # delivery tag to queue, in order
        self._asked: deque[Method] = deque()
        self._consumers: dict[str, tuple[str, bool]] = {}  # tag to (queue, no_ack)
        self._last_queue = ""

    def request(self, method: Method, make: Callable[[], str]) -> Method:
        """Return a method of the learner's with the names filled in that it leaves out."""
        args, name = dict(method.args), method.name
        if name == "Queue.Declare":
            args["queue"] = args["queue"] or make()
            self._last_queue = args["queue"]
        elif args.get("queue") == "" and self._last_queue:
            args["queue"] = self._last_queue
            if name in ("Queue.Bind", "Queue.Unbind") and not args["routing_key"]:
                args["routing_key"] = self._last_queue  # as the protocol says
        return replace(method, args=args)

    def sent(self, method: Method) -> bool:
        """Note a method that goes to the server; False if no answer will come."""
        args = method.args
        match method.name:
            case "Basic.Ack" | "Basic.Nack" | "Basic.Reject":
                self._settle(args["delivery_tag"], args.get("multiple", False))
            case "Basic.Recover" | "Basic.RecoverAsync":
                self.unacked.clear()
            case "Basic.Consume" if args["consumer_tag"]:
                self._consumers[args["consumer_tag"]] = args["queue"], args["no_ack"]
        if args.get("nowait", False) or method.name in _SILENT:
            return False
        self._asked.append(method)
        return True

    def _settle(self, tag: int, multiple: bool) -> None:
        gone = [each for each in self.unacked if each <= tag or not tag] if multiple else [tag]
        for each in gone:
            self.unacked.pop(each, None)

    def came(self, method: Method) -> Method | None:
        """Note a method of the server's; return what it answers, None where it answers nothing."""
        args = method.args
        match method.name:
            case "Channel.Close":
                self.closing = True
                self.unacked.clear()
                self._asked.clear()
                self.content = None
                return None
            case "Basic.Deliver":
                self._delivered(method, *self._consumers.get(args["consumer_tag"], ("", True)))
        if method.name in CONTENT:
            self.held = method
        if method.name in _UNASKED or not self._asked:
            return None
        asked = self._asked.popleft()
        match method.name:
            case "Basic.GetOk":
                self._delivered(method, asked.args["queue"], asked.args["no_ack"])
            case "Basic.ConsumeOk":
                self._consumers[args["consumer_tag"]] = asked.args["queue"], asked.args["no_ack"]
        return asked

    def _delivered(self, method: Method, queue: str, no_ack: bool) -> None:
        self.held_queue = queue
        if not no_ack:
            self.unacked[method.args["delivery_tag"]] = queue
