"""The reactor against lists that are looked through in every millisecond."""

from graders.kit import call_many
from reactor_loop import run


def expected(program, start, readiness, until_ms):
    """Return the trace by walking through every millisecond."""
    trace, posted, timers, watched, made = [], list(start), [], {}, 0
    events = sorted(readiness, key=lambda event: event[0])
    stopped = False

    def work(handler, now_ms):
        nonlocal timers, made, stopped
        if stopped:
            return
        trace.append((now_ms, handler))
        for kind, *rest in program[handler]:
            if kind == "post":
                posted.append(rest[0])
            elif kind in ("later", "cancel"):
                timers = [timer for timer in timers if timer[3] != rest[-1]]
                if kind == "later":
                    timers.append((now_ms + rest[0], made, rest[1], rest[2]))
                    made += 1
            elif kind == "watch":
                watched[rest[0]] = rest[1]
            elif kind == "unwatch":
                watched.pop(rest[0], None)
            else:
                stopped = True

    for now_ms in range(until_ms + 1):
        turn, first_new = posted[:], made
        posted.clear()
        for _, fd in [event for event in events if event[0] == now_ms]:
            if fd in watched:
                work(watched[fd], now_ms)
        while due := sorted(each for each in timers if each[0] <= now_ms and each[1] < first_new):
            timers.remove(due[0])
            work(due[0][2], now_ms)
        for handler in turn:
            work(handler, now_ms)
    return trace


def random_program(rng):
    """Return handlers of a few actions each, over few names, so that they meet."""
    handlers = [f"h{number}" for number in range(rng.randint(1, 6))]
    make = {
        "post": lambda: ("post", rng.choice(handlers)),
        "later": lambda: ("later", rng.choice([0, 0, 1, 2, 5, 9]), rng.choice(handlers),
                          rng.choice("tuvw")),
        "cancel": lambda: ("cancel", rng.choice("tuvw")),
        "watch": lambda: ("watch", rng.choice("xyz"), rng.choice(handlers)),
        "unwatch": lambda: ("unwatch", rng.choice("xyz")),
        "stop": lambda: ("stop",),
    }
    kinds = ["later"] * 5 + ["watch"] * 4 + ["post"] * 2 + ["cancel", "unwatch"]
    program = {}
    for handler in handlers:
        program[handler] = [make[rng.choice(kinds)]() for _ in range(rng.randint(0, 3))]
        posts = [action for action in program[handler] if action[0] == "post"]
        for extra in posts[1:]:  # more than one would double in every turn
            program[handler].remove(extra)
    if rng.random() < 0.3:
        program[rng.choice(handlers)].append(("stop",))
    return program


def test_random_programs_run_like_the_lists(rng):
    calls = []
    for _ in range(120):
        program = random_program(rng)
        start = rng.choices(list(program), k=rng.randint(0, 4))
        readiness = [(rng.randint(0, 40), rng.choice("xyz")) for _ in range(rng.randint(0, 25))]
        calls.append((program, start, readiness, rng.randint(0, 45)))
    for call, got in zip(calls, call_many(run, calls), strict=True):
        assert got == expected(*call), call


def test_a_timer_cancelled_long_ago_makes_no_turn():
    program = {
        "set": [("later", 7, "ring", "t"), ("cancel", "t"), ("later", 9, "ring", "t")],
        "ring": [("post", "set")],
    }
    assert run(program, ["set"], [], 12) == expected(program, ["set"], [], 12)
    assert run({"a": [("later", 10**9, "a", "t")]}, ["a"], [], 3 * 10**9) == [
        (0, "a"), (10**9, "a"), (2 * 10**9, "a"), (3 * 10**9, "a"),
    ]  # fmt: skip
