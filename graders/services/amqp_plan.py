"""What is asked of a broker by a suite, in every lane: the log, a planned cut, a planned crash."""

from __future__ import annotations

from typing import Any

from graders.services.amqp_record import Record
from graders.services.suite_line import Refused, SuiteLine

_PAGE = 500  # methods in one answer


class Plan:
    """The record of one broker, and the suite's word on whether a method may happen."""

    line: SuiteLine

    def __init__(self) -> None:
        self.record = Record(self._may_happen)
        self._watched = self._crashed = False

    def _may_happen(self, name: str) -> bool:
        """Ask before a method is carried out: the suite's side counts it, or crashes there."""
        if self._watched and not self._crashed:
            answer = self.line.ask("command", name)
            self._crashed = answer == "crash"  # plain pytest: nothing is killed, so all is cut
            return bool(answer == "go")
        return not self._crashed

    def asked(self, verb: str, arguments: list[Any]) -> Any:
        """Carry out what the suite asks for. Raises Refused for what is not known here."""
        match verb, arguments:
            case "log", [int(start)]:
                return self.record.entries()[start : start + _PAGE]
            case "cut", [int(methods), bool(lose_reply)]:
                self.record.plan_cut(methods, lose_reply)
            case "watch", [bool(on)]:
                self._watched, self._crashed = on, False
            case _:
                raise Refused(f"amqp: cannot {verb}")
        return None
