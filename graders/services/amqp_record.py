"""What clients asked for, as a log for suites, and the planned cut of a connection.

Counts methods on channels (a publish with its content is one), not the handshake. The log is
bounded by its size in memory: the oldest entries go, and `dropped` says how many.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable
from typing import Any

from graders.services import amqp_table
from graders.services.amqp_faults import Cut
from graders.services.amqp_wire import Method

LOG_BYTES = 8 << 20
_ENTRY_BYTES = 1500  # a dict of some ten short arguments


class Record:
    """The log, and how many methods are left before the cut (None: no cut is planned).

    `may_happen(name)` is asked before each method; where it says no, the connection is cut there.
    """

    def __init__(self, may_happen: Callable[[str], bool] = lambda name: True) -> None:
        self._may_happen = may_happen
        self._log: deque[tuple[int, dict[str, Any]]] = deque()
        self._log_bytes = 0
        self.dropped = 0
        self._left: int | None = None
        self._lose_reply = False
        self.cuts = 0
        self.faults: list[str] = []

    def plan_cut(self, methods: int, lose_reply: bool) -> None:
        """Cut after `methods` more ones; with `lose_reply` before the answer to the last is out.

        Raises ValueError for a count that cannot be.
        """
        if methods < (1 if lose_reply else 0):
            raise ValueError(f"cut_after: {methods} methods, and a reply to lose: {lose_reply}")
        self._left, self._lose_reply = methods, lose_reply

    def begin(self, connection: int, channel: int, method: Method) -> None:
        """Note a method that is about to be carried out. Raises Cut if its turn never comes."""
        if not self._may_happen(method.name) or self._left == 0:
            self.cut()
        if self._left is not None:
            self._left -= 1
        args = {name: amqp_table.plain(value) if isinstance(value, dict) else value
                for name, value in method.args.items()}
        size = _ENTRY_BYTES + sum(amqp_table.weight(value) if isinstance(value, dict) else 0
                                  for value in method.args.values())
        self._log.append((size, {"connection": connection, "channel": channel,
                                 "method": method.name, "args": args}))
        self._log_bytes += size
        while self._log_bytes > LOG_BYTES:
            self._log_bytes -= self._log.popleft()[0]
            self.dropped += 1

    def loses_reply(self) -> bool:
        """Tell whether the method just carried out is the one whose reply gets lost."""
        return self._left == 0 and self._lose_reply

    def cut(self) -> None:
        """Carry out the planned cut. Raises Cut."""
        self._left = None
        self.cuts += 1
        raise Cut

    def broken(self, error: Exception) -> None:
        """Note a fault of the broker itself, for whoever runs it; the first few are kept."""
        if len(self.faults) < 10:
            self.faults.append("".join(traceback.format_exception(error)))

    def entries(self) -> list[dict[str, Any]]:
        """Return the log, oldest first."""
        return [entry for _, entry in self._log]
