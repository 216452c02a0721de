"""A reactor: one loop, three sources of work, and handlers that never wait."""


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
    raise NotImplementedError
