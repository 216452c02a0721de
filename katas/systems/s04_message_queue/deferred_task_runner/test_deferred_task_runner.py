"""What the runner must do: accept at once, do later, fail and stop in order."""

import pytest

from deferred_task_runner import Cancelled, QueueFull, TaskRunner
from graders.kit import Raised, call_many, compute, probe, replay, run_threads, scripted

PROMPT_S = 10.0  # right code never waits so long
BIG = compute("table", {"job": "JOB"})


def submit_all(runner, jobs):
    """Submit the jobs; return their tickets."""
    return replay(runner, [("submit", job) for job in jobs])


def states(runner, count):
    """Return the states of tickets 1 to `count`."""
    return replay(runner, [("state", ticket) for ticket in range(1, count + 1)])


def once_running(runner, ticket):
    """Wait until a job has begun, by asking for its result a little while; return its state."""
    for _ in range(400):
        if runner.state(ticket) == "running":
            break
        replay(runner, [("result", ticket, 0.005)], errors="keep")
    return runner.state(ticket)


def threads_left(before):
    """Count the threads; one that has ended may show in the system a moment longer."""
    for _ in range(5000):
        if (found := probe().threads) == before:
            break
    return found


def test_jobs_are_accepted_before_anybody_does_them():
    runner = TaskRunner(compute("table", {"a": "A", "b": "B"}), 2, 10)
    assert submit_all(runner, ["a", "b"]) == [1, 2]
    assert states(runner, 2) == ["pending", "pending"]
    with pytest.raises(TimeoutError):
        runner.result(1, 0)
    runner.start()
    runner.stop(True)
    assert states(runner, 2) == ["done", "done"]
    assert [runner.result(1, 0), runner.result(2, 0)] == ["A", "B"]


def test_stop_with_drain_returns_when_everything_is_done():
    runner = TaskRunner(BIG, 3, 2500)
    submit_all(runner, ["job"] * 2500)
    asked = [("state", ticket) for ticket in range(1, 2501)]
    assert replay(runner, [("start",), ("stop", True), *asked]) == [None, None] + ["done"] * 2500


def test_a_result_is_waited_for_and_can_be_asked_for_again():
    runner = TaskRunner(compute("table", {"a": "A"}), 1, 10)
    runner.start()
    runner.submit("a")
    assert runner.result(1, PROMPT_S) == "A"
    assert runner.result(1, 0) == "A"
    runner.stop(True)


def test_jobs_are_started_in_the_order_of_their_tickets():
    jobs = [f"job {number}" for number in range(30)]
    handler = scripted([("return", "ok")] * 30)
    runner = TaskRunner(handler, 1, 30)
    submit_all(runner, jobs)
    runner.start()
    runner.stop(True)
    assert handler.calls == [(job,) for job in jobs]


def test_a_full_queue_refuses_and_uses_up_no_ticket():
    runner = TaskRunner(compute("table", {"a": "A"}), 1, 2)
    assert submit_all(runner, ["a", "a"]) == [1, 2]
    with pytest.raises(QueueFull):
        runner.submit("a")
    with pytest.raises(KeyError):
        runner.state(3)
    runner.start()
    assert runner.result(2, PROMPT_S) == "A"
    assert runner.submit("a") == 3
    runner.stop(True)
    assert runner.result(3, 0) == "A"


def test_as_many_jobs_run_at_once_as_there_are_workers():
    handler = scripted([("gate", 3), ("return", "all three are here")])
    runner = TaskRunner(handler, 3, 10)
    runner.start()
    submit_all(runner, ["a", "b", "c"])
    runner.stop(True)
    assert [runner.result(ticket, 0) for ticket in (1, 2, 3)] == ["all three are here"] * 3


def test_no_more_jobs_run_at_once_than_there_are_workers():
    """The third caller at the gate is another runner's: the job that waits must not be it."""
    handler = scripted([("gate", 3), ("return", "together"), ("return", "later")])
    runner, other = TaskRunner(handler, 2, 10), TaskRunner(handler, 1, 10)
    runner.start()
    submit_all(runner, ["a", "b", "c"])
    assert [once_running(runner, ticket) for ticket in (1, 2)] == ["running", "running"]
    assert runner.state(3) == "pending"
    other.start()
    other.submit("d")
    assert other.result(1, PROMPT_S) == "together"
    runner.stop(True)
    assert [runner.result(ticket, 0) for ticket in (1, 2, 3)] == ["together", "together", "later"]
    other.stop(True)


def test_submit_does_not_wait_for_a_busy_worker():
    """The only worker is at the gate until the other runner comes."""
    handler = scripted([("gate", 2), ("return", "together"), ("return", "later")])
    runner, other = TaskRunner(handler, 1, 1), TaskRunner(handler, 1, 1)
    runner.start()
    assert runner.submit("a") == 1
    assert once_running(runner, 1) == "running"
    assert runner.submit("b") == 2  # a running job does not count among those that wait
    with pytest.raises(QueueFull):
        runner.submit("c")
    with pytest.raises(TimeoutError):
        runner.result(1, 0)
    other.submit("d")
    other.start()
    runner.stop(True)
    other.stop(True)
    assert [runner.result(1, 0), runner.result(2, 0)] == ["together", "later"]


def test_an_error_belongs_to_its_job_and_the_worker_goes_on():
    handler = scripted([("return", "one"), ("raise", "ValueError", "no such file", 7),
                        ("raise", "OSError", "disk"), ("return", "four")])
    runner = TaskRunner(handler, 1, 10)
    submit_all(runner, ["a", "b", "c", "d"])
    runner.start()
    runner.stop(True)
    assert states(runner, 4) == ["done", "failed", "failed", "done"]
    outcomes = replay(runner, [("result", ticket, 0) for ticket in (1, 2, 3, 4, 2)], errors="keep")
    error = Raised("ValueError", ("no such file", 7))
    assert outcomes == ["one", error, Raised("OSError", ("disk",)), "four", error]


def test_every_worker_survives_errors():
    runner = TaskRunner(compute("table", {"good": "GOOD"}), 2, 50)
    jobs = ["bad"] * 20 + ["good"] * 20
    submit_all(runner, jobs)
    runner.start()
    runner.stop(True)
    assert states(runner, 40) == ["failed"] * 20 + ["done"] * 20
    with pytest.raises(KeyError, match="bad"):
        runner.result(1, 0)


def test_stop_without_drain_cancels_what_waits():
    runner = TaskRunner(BIG, 2, 10)
    submit_all(runner, ["job"] * 3)
    runner.stop(False)
    assert states(runner, 3) == ["cancelled"] * 3
    with pytest.raises(Cancelled):
        runner.result(2, 0)


def test_stop_without_drain_lets_running_jobs_end():
    """Every job that the handler saw is done, every other one is cancelled."""
    for _ in range(5):
        handler = scripted([("return", "ok")] * 300)
        runner = TaskRunner(handler, 4, 300)
        runner.start()
        submit_all(runner, ["job"] * 300)
        runner.stop(False)
        found = states(runner, 300)
        seen = len(handler.calls)
        assert (found.count("done"), found.count("cancelled")) == (seen, 300 - seen)


def test_a_runner_that_was_never_started_cancels_at_stop_in_any_case():
    runner = TaskRunner(BIG, 2, 10)
    runner.submit("job")
    runner.stop(True)
    assert runner.state(1) == "cancelled"


def test_after_stop_nothing_begins_and_results_stay():
    runner = TaskRunner(BIG, 1, 10)
    runner.submit("job")
    runner.start()
    runner.stop(True)
    for method, arguments in (("submit", ["job"]), ("start", [])):
        with pytest.raises(RuntimeError):
            getattr(runner, method)(*arguments)
    replay(runner, [("stop", False), ("stop", True)])
    assert runner.state(1) == "done"
    assert runner.result(1, 0) == "JOB"


def test_a_runner_starts_once():
    runner = TaskRunner(BIG, 1, 10)
    runner.start()
    with pytest.raises(RuntimeError):
        runner.start()
    runner.stop(True)


def test_no_thread_is_left_after_stop():
    before = probe().threads
    for drain in (True, False):
        runner = TaskRunner(BIG, 5, 50)
        runner.start()
        submit_all(runner, ["job"] * 50)
        runner.stop(drain)
        assert threads_left(before) == before


def test_numbers_that_are_no_tickets_are_refused():
    runner = TaskRunner(BIG, 1, 10)
    runner.submit("job")
    for ticket in (0, 2, -1):
        with pytest.raises(KeyError):
            runner.state(ticket)
        with pytest.raises(KeyError):
            runner.result(ticket, 0)
    runner.stop(False)


def test_workers_and_bound_must_be_positive():
    refused = call_many(TaskRunner, [(BIG, 0, 10), (BIG, 1, 0), (BIG, -1, 1)], errors="keep")
    assert [each.name for each in refused] == ["ValueError"] * 3


def test_threads_that_submit_at_once_get_tickets_of_their_own():
    for seed in range(2):
        handler = scripted([("return", "ok")] * 240)
        runner = TaskRunner(handler, 3, 240)
        runner.start()
        calls = [[(f"{thread}-{number}",) for number in range(60)] for thread in range(4)]
        answers = run_threads(runner.submit, calls, seed=seed)
        runner.stop(True)
        assert sorted(ticket for each in answers for ticket in each) == list(range(1, 241))
        assert sorted(handler.calls) == sorted(call for each in calls for call in each)
        assert states(runner, 240) == ["done"] * 240


@pytest.mark.perf
def test_twenty_eight_thousand_jobs():
    runner = TaskRunner(BIG, 4, 28_000)
    assert submit_all(runner, ["job"] * 28_000) == list(range(1, 28_001))
    runner.start()
    runner.stop(True)
    asked = [("state", ticket) for ticket in range(1, 28_001, 10)]
    assert replay(runner, asked) == ["done"] * 2_800
