"""Random runs against the plain rules, and several threads at once."""

from itertools import chain

from deferred_task_runner import TaskRunner
from graders.kit import Raised, compute, replay, run_threads, scripted

WORDS = [f"w{number}" for number in range(9)]
TABLE = compute("table", {word: word.upper() for word in WORDS})
PROMPT_S = 10.0


def outcome(job):
    """Return state and result of a job: words succeed, everything else fails."""
    return ("done", job.upper()) if job in WORDS else ("failed", Raised("KeyError", (job,)))


def test_random_jobs_before_the_start(rng):
    for _ in range(12):
        bound, workers = rng.randint(1, 12), rng.randint(1, 4)
        runner = TaskRunner(TABLE, workers, bound)
        jobs = [rng.choice([*WORDS, "x", "y"]) for _ in range(rng.randint(1, 20))]
        answers = replay(runner, [("submit", job) for job in jobs], errors="keep")
        taken = min(bound, len(jobs))
        assert answers[:taken] == list(range(1, taken + 1))
        assert {each.name for each in answers[taken:]} <= {"QueueFull"}
        started, drain = rng.random() < 0.7, rng.random() < 0.7
        replay(runner, [("start",)] * started + [("stop", drain), ("stop", rng.random() < 0.5)])
        for ticket, job in enumerate(jobs[:taken], 1):
            found = (runner.state(ticket),
                     replay(runner, [("result", ticket, 0)], errors="keep")[0])
            gone = ("cancelled", Raised("Cancelled", found[1].args if found[0] == "cancelled"
                                        else ()))
            allowed = [outcome(job)] * started + [gone] * (not (started and drain))
            assert found in allowed, f"{job} with {started=}, {drain=}: {found}"


def test_random_jobs_while_workers_are_busy(rng):
    for _ in range(5):
        runner = TaskRunner(TABLE, rng.randint(1, 5), 60)
        runner.start()
        jobs = [rng.choice([*WORDS, "x"]) for _ in range(60)]
        replay(runner, [("submit", job) for job in jobs])
        asked = rng.sample(range(1, 61), 10)
        got = replay(runner, [("result", ticket, PROMPT_S) for ticket in asked], errors="keep")
        assert got == [outcome(jobs[ticket - 1])[1] for ticket in asked]
        runner.stop(True)
        found = replay(runner, [("state", ticket) for ticket in range(1, 61)])
        assert found == [outcome(job)[0] for job in jobs]


def test_threads_that_submit_to_a_small_queue(rng):
    """Refused or accepted: what was accepted is done once, and the tickets have no gaps."""
    for _ in range(2):
        handler = scripted([("return", "ok")] * 240)
        runner = TaskRunner(handler, 2, rng.randint(1, 8))
        runner.start()
        calls = [[(f"{thread}-{number}",) for number in range(60)] for thread in range(4)]
        answers = run_threads(runner.submit, calls, seed=rng.randrange(1000))
        runner.stop(True)
        accepted = {}
        for call, answer in zip(chain(*calls), chain(*answers), strict=True):
            if isinstance(answer, Raised):
                assert answer.name == "QueueFull"
            else:
                accepted[answer] = call
        assert sorted(accepted) == list(range(1, len(accepted) + 1))
        assert sorted(handler.calls) == sorted(accepted.values())


def test_many_threads_wait_for_the_same_results(rng):
    runner = TaskRunner(TABLE, 3, 40)
    jobs = [rng.choice(WORDS) for _ in range(40)]
    replay(runner, [("submit", job) for job in jobs])
    runner.start()
    calls = [[(ticket, PROMPT_S) for ticket in rng.sample(range(1, 41), 20)] for _ in range(4)]
    answers = run_threads(runner.result, calls, seed=rng.randrange(1000))
    assert answers == [[jobs[ticket - 1].upper() for ticket, _ in each] for each in calls]
    runner.stop(True)
