"""run_threads: races of learner's code show, right code passes, nothing hangs."""

from __future__ import annotations

import contextlib
import functools
import itertools
import threading
from collections import Counter, UserList
from dataclasses import dataclass, field

import pytest

from graders.kit import Raised, run_threads
from graders.kit.inside.jitter import function_of


class Racy:
    def __init__(self, servers):
        self.servers, self.at = servers, 0

    def take(self):
        server = self.servers[self.at]
        self.at = (self.at + 1) % len(self.servers)
        return server


class HalfLocked(Racy):
    def __init__(self, servers):
        super().__init__(servers)
        self.lock = threading.Lock()

    def take(self):
        server = self.servers[self.at]
        with self.lock:
            self.at = (self.at + 1) % len(self.servers)
        return server


class Locked(HalfLocked):
    def take(self):
        with self.lock:
            return Racy.take(self)


class Counting(Racy):
    def __init__(self, servers):
        super().__init__(servers)
        self.ticket = itertools.count()

    def take(self):
        return self.servers[next(self.ticket) % len(self.servers)]


class Delegating(Racy):
    """The race is not in the method that is called."""

    def take(self):
        return self.inner()

    def inner(self):
        pick = [self.advance() for _ in range(1)]
        return pick[0]

    def advance(self):
        return super().take()


@dataclass
class Data:
    servers: list
    at: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self):
        server = self.servers[self.at]
        self.at = (self.at + 1) % len(self.servers)
        return server


def uneven(kata, made, seed):
    balancer = kata.cls(made)(["a", "b", "c"])
    rows = run_threads(kata.bound(balancer, "take"), [[()] * 150] * 4, seed)
    return sorted(Counter(itertools.chain(*rows)).values()) != [200] * 3


@pytest.mark.parametrize("made", [Racy, HalfLocked, Delegating, Data])
def test_a_race_shows(kata, made):
    assert sum(uneven(kata, made, seed) for seed in range(5)) >= 4


@pytest.mark.parametrize("made", [Locked, Counting])
def test_right_code_passes(kata, made):
    assert sum(uneven(kata, made, seed) for seed in range(5)) == 0


def test_results_and_errors_stand_where_their_calls_were(kata):
    def half(n):
        if n % 2:
            raise ValueError(n)
        return n // 2

    rows = run_threads(kata.function(half), [[(2,), (3,)], [], [(8,)]], seed=3)
    assert rows == [[1, Raised("ValueError", (3,))], [], [4]]


def test_an_untouched_stub_leaves_as_such(kata):
    def stub():
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        run_threads(kata.function(stub), [[()], [()]], seed=1)


def test_what_is_no_exception_leaves_the_call(kata):
    def leave():
        raise SystemExit(3)

    with pytest.raises(SystemExit):
        run_threads(kata.function(leave), [[()]], seed=1)


def test_threads_that_lock_each_other_out_are_told_with_their_lines(kata, monkeypatch):
    monkeypatch.setattr("graders.kit.inside.threads._PATIENCE", 20)
    first, second = threading.Lock(), threading.Lock()
    both = threading.Barrier(2)

    def move(forth):
        one, other = (first, second) if forth else (second, first)
        with one:
            both.wait()
            with other:
                return forth

    with pytest.raises(TimeoutError, match=r"nobody moves: thread 0 at line \d+ in move, thread 1"):
        run_threads(kata.function(move), [[(True,)], [(False,)]], seed=1)


def test_a_thread_that_cannot_start_stops_the_others(monkeypatch):
    calls, started, start = [], [], threading.Thread.start

    def scarce(thread):
        if len(started) == 2:
            raise RuntimeError("can't start new thread")
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", scarce)
    with pytest.raises(RuntimeError, match="can't start"):
        run_threads(lambda: calls.append(1), [[()]] * 4, seed=1)
    for each in started:
        each.join(5)
        assert not each.is_alive()
    assert calls == []


def test_long_calls_are_not_slowed_without_end(kata):
    def long():
        return sum(n for n in range(40_000))

    assert run_threads(kata.function(long), [[()]] * 2, seed=1, jitter=0.5) == [[799980000]] * 2


def test_without_jitter_the_calls_just_run(kata):
    assert run_threads(kata.function(lambda n: n), [[(1,)], [(2,)]], seed=0, jitter=0) == [[1], [2]]


def test_code_that_is_not_python_runs_undisturbed():
    assert run_threads(len, [[("ab",)]], seed=0) == [[2]]


class Callable_:
    def __call__(self):
        return 1


class Inherits(UserList):
    def own(self):
        return 1


@functools.lru_cache
def cached():
    return 1


@contextlib.contextmanager
def managed():
    yield 1


@pytest.mark.parametrize(
    "target",
    [Racy, Racy([]).take, Data([]).take, Callable_(), Inherits().append, cached, managed,
     functools.partial(uneven, 1)],
)  # fmt: skip
def test_the_learners_file_is_found_behind_any_callable(target):
    assert function_of(target).__code__.co_filename == __file__


def test_misuse_is_told():
    with pytest.raises(TypeError, match="needs a function or method, got int"):
        run_threads(3, [], seed=1)
    with pytest.raises(TypeError, match="seed is 'x'"):
        run_threads(len, [], seed="x")
    with pytest.raises(ValueError, match=r"jitter is 1\.5"):
        run_threads(len, [], seed=1, jitter=1.5)
    with pytest.raises(TypeError, match="entry 1 is no list of argument tuples"):
        run_threads(len, [[("a",)], ["b"]], seed=1)
