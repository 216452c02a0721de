"""Keys as they are pressed, by prompt_toolkit: one call for each, none lost, nothing echoed.

It knows the terminals of Linux, macOS and Windows, and the sequences of arrows and the like, and
changes settings without discarding what was typed ahead. Only its input is used, no screen.
"""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prompt_toolkit.input import Input

INTERRUPT, END = "c-c", "c-d"  # the terminal sends no signal for them here
ENTER = "enter"
_RETURN = frozenset(("c-m", "c-j"))


class Keys:
    """The keys of the terminal on standard input; to be used in a running asyncio loop.

    `pressed` gets "h", "?", ENTER, INTERRUPT, END, or the name of another key; `gone` is called
    when the terminal has gone away.
    """

    def __init__(self, pressed: Callable[[str], None], gone: Callable[[], None]) -> None:
        self._pressed, self._gone = pressed, gone
        self._held = ExitStack()
        self._input: Input | None = None

    def take(self) -> None:
        """Read keys from now on."""
        if self._input is None:
            from prompt_toolkit.input import create_input  # where there are keys at all

            self._input = create_input(sys.stdin)
        self._held.enter_context(self._input.raw_mode())
        self._held.enter_context(self._input.attach(self._ready))

    def give_back(self) -> None:
        """Leave the terminal as it was found, to another program or to the shell."""
        self._held.close()

    def _ready(self) -> None:
        assert self._input is not None
        keys = self._input.read_keys()
        for each in keys:
            if name := key_name(each.key):
                self._pressed(name)
        if not keys and (self._input.closed or not os.isatty(sys.stdin.fileno())):
            self.give_back()
            self._gone()


def key_name(key: str) -> str:
    """Return the name of a key; a letter in lower case, also one from a Chinese keyboard."""
    name = unicodedata.normalize("NFKC", str(getattr(key, "value", key)))
    return ENTER if name in _RETURN else name.lower()


def end_of_input(ended: Callable[[], None]) -> None:
    """Call `ended`, from another thread, when the pipe on standard input is closed."""
    def read() -> None:
        while os.read(sys.stdin.fileno(), 4096):
            continue
        ended()

    threading.Thread(target=read, daemon=True).start()  # nothing could wake it
