"""Independent solution of reactor_loop, written from statement and stub alone."""

import heapq


def run(
    program: dict[str, list[tuple]],
    start: list[str],
    readiness: list[tuple[int, str]],
    until_ms: int,
) -> list[tuple[int, str]]:
    """Run the loop in virtual time and return (time in ms, handler) for each handler that ran.

    `program` gives each handler's actions, done in order when it runs:

        ("post", handler)                    run it in the next turn
        ("later", delay_ms, handler, timer)  run it once delay_ms have passed, never in this turn;
                                             a pending timer of this id is replaced
        ("cancel", timer)                    no effect where none is pending
        ("watch", fd, handler)               run it when fd becomes ready, in place of another
        ("unwatch", fd)                      no effect where fd is not watched
        ("stop",)                            no further handler runs

    `start` is posted before the first turn, at time 0; `readiness` lists when which fd becomes
    ready. A turn runs the handlers of fds that have become ready, then of timers that are due,
    then what was posted before the turn. Turns later than until_ms do not take place.

    Raises ValueError, before anything runs, when start or an action names a handler that is not
    in the program, or a delay is negative.
    """
    _check(program, start)
    loop = _Loop(program, start, readiness)
    while loop.now is not None and loop.now <= until_ms:
        loop.turn()
    return loop.ran


class _Loop:
    """The state of the loop between two turns; `now` is None once it has ended."""

    def __init__(
        self,
        program: dict[str, list[tuple]],
        start: list[str],
        readiness: list[tuple[int, str]],
    ) -> None:
        self.now: int | None = 0
        self.ran: list[tuple[int, str]] = []
        self._program = program
        self._posted = list(start)
        self._events = sorted(readiness, key=lambda event: event[0])
        self._next_event = 0
        self._watched: dict[str, str] = {}  # handler by fd
        # The heap keeps timers that were cancelled or replaced until they come to its top; they
        # are told by their number, which is not the one that is pending under their id any more.
        self._heap: list[tuple[int, int, str]] = []  # (due, number, id)
        self._pending: dict[str, tuple[int, str]] = {}  # (number, handler) by id
        self._made = 0  # number of the next timer
        self._stopped = False

    def turn(self) -> None:
        """Run one turn at `now`, then set `now` to the time of the next one."""
        posted, self._posted = self._posted, []
        made_before = self._made
        self._run_events()
        self._run_timers(made_before)
        for handler in posted:
            self._run(handler)
        self.now = self._next_time()

    def _run_events(self) -> None:
        events = self._events
        while self._next_event < len(events) and events[self._next_event][0] <= self.now:
            fd = events[self._next_event][1]
            self._next_event += 1
            if fd in self._watched:
                self._run(self._watched[fd])

    def _run_timers(self, made_before: int) -> None:
        """Run the timers that are due and were made before this turn.

        One that was made in it is due now at the earliest, and its number is larger than theirs:
        it comes after all of them.
        """
        while self._first_timer() is not None:
            due, number, timer = self._heap[0]
            if due > self.now or number >= made_before:
                break
            heapq.heappop(self._heap)
            self._run(self._pending.pop(timer)[1])

    def _first_timer(self) -> int | None:
        """Return when the first pending timer is due, which is then at the top of the heap."""
        while self._heap:
            due, number, timer = self._heap[0]
            if timer in self._pending and self._pending[timer][0] == number:
                return due
            heapq.heappop(self._heap)
        return None

    def _next_time(self) -> int | None:
        if self._stopped:
            return None
        if self._posted:
            return self.now + 1
        times = []
        due = self._first_timer()
        if due is not None:
            times.append(due)
        if self._next_event < len(self._events):
            times.append(self._events[self._next_event][0])
        return max(min(times), self.now + 1) if times else None

    def _run(self, handler: str) -> None:
        if self._stopped:
            return
        self.ran.append((self.now, handler))
        for action in self._program[handler]:
            match action:
                case ("post", target):
                    self._posted.append(target)
                case ("later", delay_ms, target, timer):
                    self._pending[timer] = (self._made, target)
                    heapq.heappush(self._heap, (self.now + delay_ms, self._made, timer))
                    self._made += 1
                case ("cancel", timer):
                    self._pending.pop(timer, None)
                case ("watch", fd, target):
                    self._watched[fd] = target
                case ("unwatch", fd):
                    self._watched.pop(fd, None)
                case ("stop",):
                    self._stopped = True


def _check(program: dict[str, list[tuple]], start: list[str]) -> None:
    """Raise ValueError for a handler that is not in the program, and for a negative delay."""
    named = list(start)
    for actions in program.values():
        for action in actions:
            match action:
                case ("post", target) | ("watch", _, target):
                    named.append(target)
                case ("later", delay_ms, target, _):
                    if delay_ms < 0:
                        raise ValueError(f"negative delay: {delay_ms}")
                    named.append(target)
    for handler in named:
        if handler not in program:
            raise ValueError(f"no such handler: {handler!r}")
