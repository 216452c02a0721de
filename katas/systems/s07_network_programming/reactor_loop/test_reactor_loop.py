"""What the reactor must do: who runs when, and in which order."""

import pytest

from graders.kit import checked
from reactor_loop import run


def test_what_is_started_runs_in_order_at_time_zero():
    assert run({"a": [], "b": []}, ["b", "a", "b"], [], 10) == [(0, "b"), (0, "a"), (0, "b")]
    assert run({"a": []}, [], [], 10) == []


def test_what_is_posted_runs_in_the_next_turn():
    program = {"a": [("post", "b"), ("post", "c")], "b": [("post", "c")], "c": []}
    want = [(0, "a"), (0, "c"), (1, "b"), (1, "c"), (2, "c")]
    assert run(program, ["a", "c"], [], 10) == want


def test_a_handler_that_posts_itself_holds_nobody_up():
    program = {"spin": [("post", "spin")], "set": [("later", 3, "ring", "t")], "ring": [("stop",)]}
    want = [(0, "spin"), (0, "set"), (1, "spin"), (2, "spin"), (3, "ring")]
    assert run(program, ["spin", "set"], [], 100) == want


def test_idle_time_is_skipped():
    program = {"set": [("later", 5_000, "ring", "t")], "ring": [("watch", "x", "read")], "read": []}
    assert run(program, ["set"], [(7_500, "x")], 10_000) == [
        (0, "set"), (5_000, "ring"), (7_500, "read"),
    ]  # fmt: skip


def test_timers_run_by_deadline_then_in_the_order_of_their_making():
    program = {
        "set": [
            ("later", 20, "d", "t1"), ("later", 10, "b", "t9"), ("later", 10, "c", "t2"),
            ("later", 5, "a", "t5"),
        ],
        "a": [], "b": [], "c": [], "d": [],
    }  # fmt: skip
    want = [(0, "set"), (5, "a"), (10, "b"), (10, "c"), (20, "d")]
    assert run(program, ["set"], [], 50) == want


def test_a_timer_of_no_delay_runs_in_the_next_turn():
    program = {"a": [("later", 0, "b", "t"), ("post", "c")], "b": [], "c": []}
    assert run(program, ["a"], [], 10) == [(0, "a"), (1, "b"), (1, "c")]
    program = {"a": [("watch", "x", "b")], "b": [("later", 0, "c", "t")], "c": []}
    assert run(program, ["a"], [(5, "x")], 10) == [(0, "a"), (5, "b"), (6, "c")]


def test_events_come_before_timers_and_timers_before_what_was_posted():
    program = {
        "set": [("watch", "x", "io"), ("later", 5, "timer", "t"), ("later", 4, "before", "u")],
        "before": [("post", "posted")],
        "io": [], "timer": [], "posted": [],
    }  # fmt: skip
    want = [(0, "set"), (4, "before"), (5, "io"), (5, "timer"), (5, "posted")]
    assert run(program, ["set"], [(5, "x")], 50) == want


def test_events_of_one_time_keep_their_order():
    program = {
        "set": [("watch", "x", "a"), ("watch", "y", "b"), ("watch", "z", "c")],
        "a": [], "b": [], "c": [],
    }  # fmt: skip
    readiness = [(9, "x"), (7, "z"), (7, "x"), (7, "y")]
    want = [(0, "set"), (7, "c"), (7, "a"), (7, "b"), (9, "a")]
    assert run(program, ["set"], readiness, 50) == want


def test_an_event_counts_once_and_only_while_its_fd_is_watched():
    program = {
        "set": [("later", 5, "watch", "t")],
        "watch": [("watch", "x", "read")],
        "read": [("unwatch", "x"), ("unwatch", "nothing")],
    }
    readiness = [(0, "x"), (3, "x"), (5, "x"), (8, "x"), (8, "x"), (9, "x")]
    # at 5 the event's turn comes before the timer that would watch for it
    assert run(program, ["set"], readiness, 50) == [(0, "set"), (5, "watch"), (8, "read")]


def test_a_watch_takes_the_place_of_the_one_before():
    program = {
        "set": [("watch", "x", "first"), ("watch", "y", "first")],
        "first": [("watch", "x", "second")],
        "second": [],
    }
    want = [(0, "set"), (4, "first"), (4, "second"), (6, "second")]
    assert run(program, ["set"], [(4, "y"), (4, "x"), (6, "x")], 50) == want


def test_a_cancelled_timer_does_not_run():
    program = {
        "set": [("later", 5, "ring", "t"), ("later", 9, "ring", "u"), ("cancel", "t")],
        "ring": [("cancel", "u"), ("cancel", "nothing")],
    }
    assert run(program, ["set"], [], 50) == [(0, "set"), (9, "ring")]


def test_a_timer_may_be_cancelled_in_the_very_turn_in_which_it_is_due():
    program = {
        "set": [
            ("watch", "x", "io"), ("later", 5, "first", "t1"), ("later", 5, "never", "t2"),
            ("later", 5, "never", "t3"), ("later", 5, "last", "t4"),
        ],
        "io": [("cancel", "t2")],
        "first": [("cancel", "t3")],
        "never": [], "last": [],
    }  # fmt: skip
    want = [(0, "set"), (5, "io"), (5, "first"), (5, "last")]
    assert run(program, ["set"], [(5, "x")], 50) == want


def test_a_timer_that_is_started_again_runs_once_at_its_new_time():
    program = {
        "set": [("later", 5, "old", "t"), ("later", 8, "new", "t"), ("later", 6, "again", "u")],
        "again": [("later", 1, "ring", "t")],
        "old": [], "new": [],
        "ring": [("later", 1, "ring", "t")],
    }  # fmt: skip
    want = [(0, "set"), (6, "again"), (7, "ring"), (8, "ring"), (9, "ring")]
    assert run(program, ["set"], [], 9) == want


def test_nothing_runs_after_a_stop():
    program = {
        "a": [("stop",), ("post", "b"), ("later", 0, "b", "t")],
        "b": [],
        "set": [("watch", "x", "a"), ("watch", "y", "b"), ("later", 3, "b", "t")],
    }
    assert run(program, ["a", "b"], [(5, "x")], 10) == [(0, "a")]
    assert run(program, ["set"], [(2, "y"), (3, "x"), (3, "y")], 10) == [
        (0, "set"), (2, "b"), (3, "a"),
    ]  # fmt: skip


def test_the_last_time_still_counts():
    program = {"set": [("later", 5, "a", "t"), ("later", 6, "b", "u")], "a": [], "b": []}
    assert run(program, ["set"], [], 5) == [(0, "set"), (5, "a")]
    assert run(program, ["set"], [], 0) == [(0, "set")]


def test_mistakes_are_found_before_anything_runs():
    for program, start in [
        ({"a": []}, ["b"]),
        ({"a": [("stop",)], "never": [("post", "b")]}, ["a"]),
        ({"a": [("stop",)], "never": [("later", 5, "b", "t")]}, ["a"]),
        ({"a": [("stop",)], "never": [("watch", "x", "b")]}, ["a"]),
        ({"a": [("stop",)], "never": [("later", -1, "a", "t")]}, ["a"]),
    ]:
        with pytest.raises(ValueError):
            run(program, start, [], 10)


def test_the_arguments_are_left_as_they_were():
    arguments = ({"a": [("post", "b")], "b": []}, ["a"], [(2, "x"), (1, "x")], 5)
    assert checked(run, *arguments) == ([(0, "a"), (1, "b")], arguments)


@pytest.mark.perf
def test_twenty_thousand_timers_and_half_of_them_cancelled():
    delays = [(number * 7_919) % 20_000 + 1 for number in range(20_000)]  # all different
    program = {
        "set": [("later", delay, "ring", str(delay)) for delay in delays]
        + [("cancel", str(delay)) for delay in delays if delay % 2],
        "ring": [],
    }
    want = [(0, "set")] + [(time_ms, "ring") for time_ms in range(2, 20_001, 2)]
    assert run(program, ["set"], [], 50_000) == want
