"""`watch`: begin it, end it, leave nothing behind.

The judge starts while the files are being counted; the keys work from the first moment on.
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graders.errors import GraderError
from graders.learn import paths, watch_pages
from graders.learn.progress import survey
from graders.learn.watch_commands import KeyCommands, interactive
from graders.learn.watch_judging import Judging
from graders.learn.watch_keys import Keys, end_of_input
from graders.learn.watch_loop import INTERRUPTED, Changed, Ended, Event, Pressed, Watch
from graders.learn.watch_saves import Saves
from graders.learn.watch_scope import Scope
from graders.learn.watch_terminal import Terminal
from graders.model import Kata
from graders.phrases import phrase
from graders.report.screen import Screen
from graders.report.standing import State

_GONE = 129  # 128 + SIGHUP: the terminal went away
_SIGNALS = {"SIGINT": INTERRUPTED, "SIGTERM": 143, "SIGHUP": _GONE, "SIGBREAK": INTERRUPTED}
Post = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to watch. `poll`: look at the files, do not wait to be told of changes."""

    poll: bool = False
    engine: str | None = None


def watch(root: Path, names: Sequence[str], options: Options,
          screen: Callable[[], Screen]) -> int:
    """Watch until the learner ends it; return the exit code.

    Raises GraderError for an unknown name, a fault in the tree, or a folder that cannot be watched.
    """
    scope = Scope(root, names)
    return asyncio.run(_watch(scope, options, Terminal(screen)))


async def _watch(scope: Scope, options: Options, terminal: Terminal) -> int:
    loop = asyncio.get_running_loop()
    with ExitStack() as held:
        judging = Judging(scope.catalog.root, options.engine)
        watch = Watch(scope, _first(scope), terminal, judging)

        def post(event: Event) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody waits for it
                loop.call_soon_threadsafe(watch.events.put_nowait, event)

        keys = Keys(lambda key: post(Pressed(key)), lambda: post(Ended(_GONE)))
        commands = KeyCommands(watch, keys, post)
        held.enter_context(_signals(post, watch))
        held.callback(judging.close)
        held.callback(commands.end)
        if interactive():
            watch.keyed = True
            held.callback(keys.give_back)
            keys.take()
        elif _is_pipe():
            end_of_input(lambda: post(Ended(0)))
        saves = _saves(scope.catalog.root, post, options.poll)
        held.callback(saves.close)
        _open(watch, saves.polling)
        return await watch.run(commands)


def _open(watch: Watch, polling: bool) -> None:
    """Say what is watched, and judge the first kata if the learner has begun it."""
    kata, scope = watch.kata, watch.scope
    watch.terminal.show(watch_pages.opening(kata, len(scope.katas), polling,
                                            watch.terminal.screen))
    watch.show_keys()
    states = {each.kata.slug: each.state for each in survey(scope.catalog)}
    if states[kata.slug] is not State.UNTOUCHED:
        watch.judge(kata)
    watch.warm(kata)


def _first(scope: Scope) -> Kata:
    """Return the kata to begin with: the next one on the path if it is watched, else the first."""
    held = paths.course(scope.catalog)
    chosen = paths.following(held.standings, held.given_up)
    if chosen is not None and chosen.kata.slug in scope.katas:
        return chosen.kata
    if not scope.katas:
        raise GraderError(phrase("katas: there is none here to watch; update your copy"))
    return next(iter(scope.katas.values()))


def _saves(root: Path, post: Post, poll: bool) -> Saves:
    try:
        return Saves(root / "katas", lambda path: post(Changed(path)), poll)
    except OSError as error:
        raise GraderError(phrase("katas: cannot be watched ({error}); check its permissions",
                                 error=error.strerror)) from error


def _is_pipe() -> bool:
    """Whether standard input is a pipe, whose end is ours; a file or /dev/null says nothing."""
    with suppress(OSError, ValueError, AttributeError):
        mode = os.fstat(sys.stdin.fileno()).st_mode
        return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
    return False


@contextmanager
def _signals(post: Post, watch: Watch) -> Iterator[None]:
    """End in good order on the signals that would end us otherwise.

    The loop handles them where it can: a handler of `signal.signal` would not wake it up when the
    signal comes just before it falls asleep, or to another thread.
    """
    loop = asyncio.get_running_loop()

    def caught(name: str) -> None:
        if not (watch.away and name == "SIGINT"):  # meant for the editor
            post(Ended(_SIGNALS[name]))

    before = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:  # nohup
            continue
        before[number] = signal.getsignal(number)
        if sys.platform == "win32":  # where the loop wakes up by itself
            signal.signal(number, lambda each, frame: caught(signal.Signals(each).name))
        else:
            loop.add_signal_handler(number, caught, name)
    try:
        yield
    finally:
        for number, handler in before.items():
            if sys.platform != "win32":
                loop.remove_signal_handler(number)
            signal.signal(number, handler)
