"""What stands between learners and a Redis: the log, planned faults, and what is not let through.

The same for both lanes. Behind it is the store in this process (redis_store) or a connection to
a real server for each of the learner's (redis_upstream). Commands of one connection are carried
out one after the other, each when the one before has been answered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from graders.services import resp
from graders.services.loop import Loop, Peer
from graders.services.suite_line import Refused

LOG_CAP = 20_000  # commands
LOGGED_FIELDS, LOGGED_BYTES = 64, 256  # of one command
PAGE = 500  # commands in one answer
# They speak of the connection, not of the data: not logged, not counted, never a crash or a cut.
QUIET = frozenset(("AUTH", "CLIENT", "COMMAND", "ECHO", "HELLO", "PING", "QUIT", "SELECT"))
# They reach beyond one database, or stop the server for others: no learner's business.
DENIED = frozenset((
    "ACL", "BGREWRITEAOF", "BGSAVE", "CLUSTER", "CONFIG", "DEBUG", "FAILOVER", "FCALL", "FCALL_RO",
    "FUNCTION", "LATENCY", "MIGRATE", "MODULE", "MONITOR", "MOVE", "PFDEBUG", "PSYNC", "REPLCONF",
    "REPLICAOF", "RESET", "RESTORE-ASKING", "SAVE", "SHUTDOWN", "SLAVEOF", "SLOWLOG", "SWAPDB",
    "SYNC", "WAIT", "WAITAOF"))
DENIED_CLIENT = frozenset((
    "CACHING", "KILL", "LIST", "NO-EVICT", "PAUSE", "REPLY", "TRACKING", "UNBLOCK", "UNPAUSE"))
_CRASHED = resp.error("ERR the process that sends this has crashed, as the test planned")


class Backend(Protocol):
    """A Redis as the front needs it: redis_store.Store, redis_upstream.Upstream."""

    def open(self, tell: Any, done: Any) -> Any:
        """Return a new connection."""

    def close(self, connection: Any) -> None:
        """Forget it."""

    def run(self, connection: Any, fields: list[bytes]) -> None:
        """Run a command."""

    def is_waiting(self, connection: Any) -> bool:
        """Whether the last command has not been answered yet."""

    def look_at_parked(self) -> bool:
        """Look at what waits for a time; return whether anything does."""

    def command(self, fields: list[bytes]) -> bytes:
        """Run a command of the suite's own."""

    def restart(self, keep: bool) -> None:
        """Start anew."""

    def ended(self) -> None:
        """Leave nothing behind."""


@dataclass
class Hook:
    """Commands of the suite to be run beside the `nth` command of a name from now on."""

    when: str  # "before" or "after"
    name: str
    nth: int
    commands: list[list[bytes]]


@dataclass
class Session:
    """One connection of the learner."""

    peer: Peer
    commands: resp.Commands = field(default_factory=resp.Commands)
    connection: Any = None
    under_way: str = ""  # the command that has not been answered yet


class RedisFront:
    """Implements loop.Service."""

    def __init__(self, loop: Loop, backend: Backend) -> None:
        self.loop, self.backend = loop, backend
        self.log: list[list[bytes]] = []
        self.logged = 0  # all of them, those that no longer fit included
        self.hooks: list[Hook] = []
        self.cut_at = 0  # the connection is cut when this many more commands were carried out
        self.watched = self.backend_gone = False
        self.crashed = False  # in plain pytest nothing is killed: what it still sends is refused

    # -- learners --------------------------------------------------------------------------

    def opened(self, peer: Peer) -> None:
        """Give the peer a connection of its own to the server."""
        session = Session(peer)
        peer.state = session
        session.connection = self.backend.open(peer.send, partial(self._answered, session))

    def closed(self, peer: Peer) -> None:
        """Close that connection."""
        self.backend.close(peer.state.connection)

    def received(self, peer: Peer, data: bytes) -> None:
        """Carry out the commands that have arrived."""
        peer.state.commands.feed(data)
        self._go_on(peer.state)

    def tick(self) -> bool:
        """Answer what has waited long enough."""
        return self.backend.look_at_parked()

    def ended(self) -> None:
        """Have the server forget the run."""
        self.loop.cut_all()
        if not self.backend_gone:
            self.backend.ended()

    def _go_on(self, session: Session) -> None:
        while session.peer.open and not session.under_way:
            try:
                fields = session.commands.take()
            except resp.BadRequest as error:
                session.peer.send(resp.error(str(error)))
                session.peer.flush()
                self.loop.cut(session.peer)
                return
            if fields is None:
                return
            self._command(session, fields)

    def _command(self, session: Session, fields: list[bytes]) -> None:
        name = _name(fields)
        refusal = _refusal(name, fields)
        if refusal:
            session.peer.send(refusal)
            return
        if name not in QUIET and not self._may_happen(session, name, fields):
            return
        if not session.peer.flush():  # a cut takes this command's reply and no other
            self.loop.cut(session.peer)
            return
        session.under_way = name
        self.backend.run(session.connection, [b"FLUSHDB"] if name == "FLUSHALL" else fields)
        if not self.backend.is_waiting(session.connection):
            self._answered(session, go_on=False)

    def _may_happen(self, session: Session, name: str, fields: list[bytes]) -> bool:
        if self.crashed:
            session.peer.send(_CRASHED)
            return False
        if self.watched:
            match self.loop.suite.ask("command", name):
                case "go":
                    pass
                case "crash":
                    self.crashed = True
                    session.peer.send(_CRASHED)
                    return False
                case _:
                    self.loop.cut(session.peer)
                    return False
        self.logged += 1
        if len(self.log) < LOG_CAP:
            self.log.append([each[:LOGGED_BYTES] for each in fields[:LOGGED_FIELDS]])
        self._run_hooks("before", name)
        return True

    def _answered(self, session: Session, go_on: bool = True) -> None:
        name, session.under_way = session.under_way, ""
        if name not in QUIET:
            self._run_hooks("after", name)
            if self.cut_at:
                self.cut_at -= 1
                if not self.cut_at:
                    session.peer.outbox.clear()
                    self.loop.cut(session.peer)
                    return
        if go_on:
            self._go_on(session)

    def _run_hooks(self, when: str, name: str) -> None:
        for hook in [each for each in self.hooks if each.when == when and each.name == name]:
            hook.nth -= 1
            if not hook.nth:
                self.hooks.remove(hook)
                for fields in hook.commands:
                    self.backend.command(fields)

    # -- the suite -------------------------------------------------------------------------

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """Carry out what the suite asks for."""
        match verb, arguments:
            case "command", [*fields]:
                return self._suite_command(fields)
            case "log", [int(start)]:
                return [self.logged, self.log[start : start + PAGE]]
            case "forget", []:
                self.log.clear()
                self.logged = 0
            case "cut", [int(count)]:
                self.cut_at = count
            case "hook", [str(when), str(name), int(nth), list(commands)]:
                self.hooks.append(Hook(when, name, nth, commands))
            case "hooks", []:
                return len(self.hooks)
            case "reset", []:
                self.loop.cut_all()
                self.backend.restart(False)
                self.log, self.hooks, self.logged, self.cut_at = [], [], 0, 0
                self.watched = self.crashed = False
            case "end", []:
                self.loop.cut_all()
                self.backend.ended()
                self.backend_gone = True
            case "restart", [bool(keep)]:
                self.loop.cut_all()
                self.backend.restart(keep)
            case "connections", []:
                return len(self.loop.peers)
            case "watch", [bool(on)]:
                self.watched, self.crashed = on, False
            case _:
                raise Refused(f"redis: cannot {verb}")
        return None

    def _suite_command(self, fields: list[bytes]) -> Any:
        name = _name(fields)
        if name in DENIED or name in QUIET - {"PING", "ECHO"}:
            raise Refused(f"redis: the suite's connection does not run {name}")
        try:
            return resp.value(self.backend.command(fields))
        except resp.ReplyError as error:
            raise Refused(str(error)) from None


def _name(fields: list[bytes]) -> str:
    return fields[0][:64].decode(errors="backslashreplace").upper()


def _refusal(name: str, fields: list[bytes]) -> bytes:
    """Return the error reply to what is not let through; empty for what is."""
    second = _name(fields[1:]) if len(fields) > 1 else ""
    if name in DENIED or (name == "CLIENT" and second in DENIED_CLIENT):
        shown = f"{name} {second}" if name == "CLIENT" else name
        return resp.error(f"NOPERM this kata's server does not run '{shown}'")
    if name == "SELECT" and second != "0":
        return resp.error("ERR DB index is out of range")
    if name == "COPY" and any(each.upper() == b"DB" for each in fields[3:]):
        return resp.error("ERR DB index is out of range")
    return b""
