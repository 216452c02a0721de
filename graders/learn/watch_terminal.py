"""The terminal that `watch` writes to: whole texts below each other, and one passing line.

No screen is cleared and no place is addressed, so that it reads the same in a small window, over
ssh, through a pipe and by a screen reader. While another program has the terminal nothing is
written; it follows afterwards.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable

import click
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from graders.report.screen import Screen

_ROWS = 24


class Terminal:
    """Standard output."""

    def __init__(self, screen: Callable[[], Screen]) -> None:
        self._screen = screen
        self._lively = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        self._passing = False  # a passing line stands there
        self._held: list[str] | None = None  # another program has the terminal

    @property
    def screen(self) -> Screen:
        """What to render for, as wide as it is now."""
        return self._screen()

    def show(self, text: str) -> None:
        """Write a text that ends its last line. Raises BrokenPipeError when nobody can read it."""
        if self._held is not None:
            self._held.append(text)
            return
        self._write(("\r\x1b[K" if self._passing else "") + text)
        self._passing = False

    def say(self, line: str, style: str = "") -> None:
        """Write one line."""
        self.show(self.screen.render(Text(line, style=style)))

    def passing(self, line: str) -> None:
        """Show a line that the next text replaces; nothing where that cannot be."""
        if self._lively and self._held is None:
            room = max(1, self.screen.width - 1)  # a full line would wrap, and stay
            told = line if cell_len(line) <= room else set_cell_size(line, room)
            self._write(f"\r\x1b[K{told}")
            self._passing = True

    def fits(self, text: str) -> bool:
        """Whether a text and a line below it can be seen at once; True for a file or a pipe."""
        if not self._lively:
            return True
        size = shutil.get_terminal_size((self.screen.width, _ROWS))
        plain = Text.from_ansi(text).plain
        rows = sum(-(-max(1, cell_len(line)) // max(1, size.columns))
                   for line in plain.split("\n"))
        return rows < size.lines

    def hold(self) -> None:
        """Keep back what is shown from now on."""
        self.show("")
        self._held = []

    def release(self) -> None:
        """Write what was kept back."""
        held, self._held = self._held or [], None
        if held:
            self.show("".join(held))

    def _write(self, text: str) -> None:
        try:
            click.echo(text, nl=False)
        except OSError as error:
            if error.errno == errno.EIO:  # the terminal has gone away
                raise BrokenPipeError from error
            raise
