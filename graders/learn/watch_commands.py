"""What each key of `watch` does; the texts are those of the commands of the same names."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date

from graders.errors import GraderError
from graders.learn import course_pages, foreground, pages, paths, watch_pages
from graders.learn.answer import Asked, answer
from graders.learn.foreground import Foreground
from graders.learn.watch_keys import ENTER, Keys
from graders.learn.watch_loop import Returned, Watch
from graders.words import tell

SUSPEND = "c-z"


class KeyCommands:
    """The commands of one `watch`, and the program that has the terminal meanwhile, if any."""

    def __init__(self, watch: Watch, keys: Keys, call: Callable[[Returned], None]) -> None:
        """`call` posts an event from another thread."""
        self._watch, self._keys, self._call = watch, keys, call
        self._program: Foreground | None = None
        self._does = {"h": self._hint, "n": self._next, "l": self._list, "s": self._statement,
                      "a": self._answer, "o": self._open, "j": self._judge, ENTER: self._judge,
                      SUSPEND: self._suspend}

    def press(self, key: str) -> None:
        """Do what a key asks for; any other key explains them all."""
        try:
            self._does.get(key, self._explain)()
        except GraderError as error:
            self._watch.terminal.say(tell(str(error)), "yellow")
            self._watch.show_keys()

    def returned(self, error: str) -> None:
        """Take the terminal back, and write what was kept back meanwhile."""
        self._program = None
        self._watch.away = False
        self._keys.take()
        self._watch.terminal.release()
        if error:
            self._watch.terminal.say(tell(error), "yellow")
        self._watch.show_keys()

    def end(self) -> None:
        """End the program that has the terminal, if there is one."""
        if self._program is not None:
            self._program.end()

    # -- one key each ----------------------------------------------------------------------

    def _hint(self) -> None:
        watch = self._watch
        self._show(pages.hint(watch.scope.catalog.root, watch.kata, None, watch.terminal.screen))

    def _next(self) -> None:
        held = paths.course(self._watch.scope.catalog)
        if chosen := paths.following(held.standings, held.given_up):
            self._watch.go_to(chosen.kata)
        self._show(pages.following(held, self._watch.terminal.screen))

    def _list(self) -> None:
        self._show(course_pages.course(self._watch.scope.catalog, self._watch.terminal.screen))

    def _statement(self) -> None:
        self._show(pages.statement(self._watch.kata, self._watch.terminal.screen))

    def _answer(self) -> None:
        watch = self._watch
        self._show(answer(watch.scope.catalog, Asked(watch.kata.slug), date.today(),
                          watch.terminal.screen))

    def _open(self) -> None:
        watch = self._watch
        shown = watch.terminal.screen.path(watch.kata.stub)
        self._lend(foreground.editor(os.environ, watch.kata.stub, shown))

    def _judge(self) -> None:
        self._watch.judge(self._watch.kata)

    def _explain(self) -> None:
        self._watch.terminal.show(watch_pages.explained(self._watch.terminal.screen))

    def _suspend(self) -> None:
        """Stop until the shell goes on with us, as Ctrl-Z does elsewhere."""
        stop = getattr(signal, "SIGTSTP", None)
        if stop is None:
            return
        self._keys.give_back()
        try:
            os.kill(0, stop)  # the session that started us as well
        finally:
            self._keys.take()
            self._watch.show_keys()

    # -- the terminal ----------------------------------------------------------------------

    def _show(self, text: str) -> None:
        """Write a text; one that does not fit page by page, where there is a pager."""
        terminal = self._watch.terminal
        words = [] if terminal.fits(text) else foreground.pager(os.environ)
        if words:
            self._lend(words, text)
        else:
            terminal.show(text)
            self._watch.show_keys()

    def _lend(self, words: list[str], text: str = "") -> None:
        """Give the terminal to another program until it ends."""
        self._watch.terminal.hold()
        self._keys.give_back()
        self._watch.away = True
        try:
            self._program = program = Foreground(words, self._watch.scope.catalog.root, text)
        except GraderError as error:
            self.returned(str(error))
            return
        threading.Thread(target=lambda: self._call(Returned(program.wait())),
                         daemon=True).start()


def interactive() -> bool:
    """Whether there are keys: a person at a terminal."""
    with suppress(ValueError, AttributeError):  # closed, or none at all
        return sys.stdin.isatty()
    return False
