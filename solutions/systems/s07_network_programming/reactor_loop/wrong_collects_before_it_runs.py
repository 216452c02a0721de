"""Collects all timers that are due and runs them, also those cancelled by one of them."""

from collections import deque
from heapq import heappop, heappush
from operator import itemgetter

Action = tuple[object, ...]


def run(
    program: dict[str, list[Action]],
    start: list[str],
    readiness: list[tuple[int, str]],
    until_ms: int,
) -> list[tuple[int, str]]:
    """Run the loop and return which handler ran when; see the stub for the actions."""
    _check(program, start)
    loop = _Loop(program, start, readiness)
    now_ms: int | None = 0
    while now_ms is not None and now_ms <= until_ms:
        loop.turn(now_ms)
        now_ms = loop.next_turn(now_ms)
    return loop.trace


class _Loop:
    """What the loop knows between two turns."""

    def __init__(
        self, program: dict[str, list[Action]], start: list[str], readiness: list[tuple[int, str]]
    ) -> None:
        self.trace: list[tuple[int, str]] = []
        self._program = program
        self._posted = list(start)
        self._events = deque(sorted(readiness, key=itemgetter(0)))  # equal ones keep their order
        self._handlers: dict[str, str] = {}  # of each watched fd
        self._timers: list[tuple[int, int, str, str]] = []  # (deadline, number, id, handler)
        self._pending: dict[str, int] = {}  # the number of each timer that is not over
        self._created = 0
        self._stopped = False

    def turn(self, now_ms: int) -> None:
        """Run what is due at now_ms; what comes up meanwhile is left for later turns."""
        posted, self._posted = self._posted, []
        created_before = self._created
        while self._events and self._events[0][0] <= now_ms:
            _, fd = self._events.popleft()
            if fd in self._handlers:
                self._run(self._handlers[fd], now_ms)
        due = []
        while self._timers and self._timers[0][0] <= now_ms and self._timers[0][1] < created_before:
            _, number, timer, handler = heappop(self._timers)
            if self._pending.get(timer) == number:
                del self._pending[timer]
                due.append(handler)
        for handler in due:
            self._run(handler, now_ms)
        for handler in posted:
            self._run(handler, now_ms)

    def next_turn(self, now_ms: int) -> int | None:
        """Return when there is something to do again; None if never."""
        if self._stopped:
            return None
        if self._posted:
            return now_ms + 1
        while self._timers and self._pending.get(self._timers[0][2]) != self._timers[0][1]:
            heappop(self._timers)
        due = [self._timers[0][0]] if self._timers else []
        if self._events:
            due.append(self._events[0][0])
        return max(now_ms + 1, min(due)) if due else None

    def _run(self, handler: str, now_ms: int) -> None:
        if self._stopped:
            return
        self.trace.append((now_ms, handler))
        for action in self._program[handler]:
            match action:
                case ("post", str(other)):
                    self._posted.append(other)
                case ("later", int(delay_ms), str(other), str(timer)):
                    self._pending[timer] = self._created
                    heappush(self._timers, (now_ms + delay_ms, self._created, timer, other))
                    self._created += 1
                case ("cancel", str(timer)):
                    self._pending.pop(timer, None)
                case ("watch", str(fd), str(other)):
                    self._handlers[fd] = other
                case ("unwatch", str(fd)):
                    self._handlers.pop(fd, None)
                case ("stop",):
                    self._stopped = True


def _check(program: dict[str, list[Action]], start: list[str]) -> None:
    """Raise ValueError for a handler that does not exist, and for a negative delay."""
    named = list(start)
    for action in (each for actions in program.values() for each in actions):
        match action:
            case ("post", str(handler)) | ("watch", _, str(handler)):
                named.append(handler)
            case ("later", int(delay_ms), str(handler), _):
                named.append(handler)
                if delay_ms < 0:
                    raise ValueError(f"a delay of {delay_ms} ms")
    for handler in named:
        if handler not in program:
            raise ValueError(f"no handler {handler}")
