"""What click itself says, in the language of the terminal: help pages, and errors of usage.

Commands are written in English as click has it: docstrings, `help=`, `epilog=`. `texts` lists
them for the catalogue, paragraph by paragraph, and the formatter looks each up when it is shown;
so a new command needs nothing but its translation.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator

import click
from click.shell_completion import CompletionItem
from click_didyoumean import DYMGroup  # type: ignore[import-untyped]

from graders.cli_wrap import wrapped
from graders.phrases import phrase
from graders.words import language, mark, say

# Words of click's own. Other versions of click may say some of it differently: that stays English.
HEADINGS = (mark("Options"), mark("Commands"), mark("Positional arguments"))
HELP_OPTION = mark("Show this message and exit.")
ERRORS = (
    phrase("No such command '{name}'"),
    phrase("No such command '{name}'. Did you mean one of these? {names}"),
    phrase("No such option '{name}'"),
    phrase("No such option: {name}"),
    phrase("No such option '{name}'. Did you mean {names}?"),
    phrase("No such option '{name}'. (Did you mean one of: {names}?)"),
    phrase("No such option: {name} Did you mean {names}?"),
    phrase("No such option: {name} (Possible options: {names})"),
    phrase("Missing command"),
    phrase("Missing argument '{name}'"),
    phrase("Missing option '{name}'"),
    phrase("Got unexpected extra argument ({names})"),
    phrase("Got unexpected extra arguments ({names})"),
    phrase("Option '{name}' requires an argument"),
    phrase("Option '{name}' does not take a value"),
    phrase("Invalid value for '{name}': {text}"),
    phrase("'{value}' is not one of {choices}"),
    phrase("'{value}' is not a valid {label}"),
    phrase("integer"),
    phrase("integer range"),
    phrase("{value} is not in the range {range}"),
)
NOT_FOR_LEARNERS = frozenset({"graders.cli_maintainer"})  # their help stays English
_PARAGRAPHS = re.compile(r"\n\s*\n")
_EXTRA = re.compile(r"(.*?)(  \[[^\]]*\])?", re.DOTALL)  # what click adds to an option's help


class Formatter(click.HelpFormatter):
    """Writes help in the language of the terminal; Chinese is wrapped by its width in cells."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or say("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write a heading: one of click's."""
        colon = say(": ").rstrip()
        self.write(f"{'':>{self.current_indent}}{say(heading)}{colon}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, each translated."""
        if language() == "en":
            super().write_text(text)
            return
        room = max(20, self.width - self.current_indent)
        parts = []
        for each in _PARAGRAPHS.split(text):
            if each.startswith("\b"):
                lines = [f"  {line.strip()}" for line in each.splitlines()[1:]]
            else:
                lines = wrapped(say(_line(each)), room)
            parts.append("".join(f"{'':>{self.current_indent}}{line}\n" for line in lines))
        self.write("\n".join(parts))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30,
                 col_spacing: int = 2) -> None:
        """Write options or commands, and what they are."""
        if language() == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        rows = list(rows)
        first = min(max(len(name) for name, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        room = max(20, self.width - first - self.current_indent)
        for name, about in rows:
            main, extra = _EXTRA.fullmatch(about).groups()  # type: ignore[union-attr]
            begin, *rest = wrapped(say(_line(main)) + (extra or ""), room) or [""]
            if len(name) > first - col_spacing:  # on a line of its own
                self.write(f"{indent}{name}\n")
                name = ""
            self.write(f"{indent}{name:<{first}}{begin}".rstrip() + "\n")
            self.write("".join(f"{indent}{'':{first}}{line}\n" for line in rest))


class Context(click.Context):
    """A context whose help is written by our formatter."""

    formatter_class = Formatter


class Group(DYMGroup):  # type: ignore[misc]
    """The commands; the list of them shows the whole first sentence of each."""

    context_class = Context

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        rows = [(name, _first(command)) for name, command in sorted(self.commands.items())]
        with formatter.section(HEADINGS[1]):
            formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin so, and what they are."""
        found: list[CompletionItem] = super().shell_complete(ctx, incomplete)
        for each in found:
            if each.value in self.commands:
                each.help = say(_first(self.commands[each.value]))
        return found


def texts(group: click.Group) -> Iterator[tuple[str, int, str]]:
    """Yield (file, place in it, text) of what there is to translate in the help of all commands.

    Of those that are no learner's only the first sentence, which the list of commands shows.
    """
    for command in _all(group):
        module = str(getattr(command.callback, "__module__", ""))
        file = f"{module.replace('.', '/')}.py"
        said = [_first(command)]
        if module not in NOT_FOR_LEARNERS:
            said += _paragraphs(command.help or "")
            said += [_line(option.help) for option in command.params
                     if isinstance(option, click.Option) and option.help]
            said += _paragraphs(command.epilog or "")
        first = getattr(command.callback, "__code__", _first.__code__).co_firstlineno
        yield from ((file, first, text) for text in said)


def _all(group: click.Group) -> Iterator[click.Command]:
    """Yield a group, and the commands of it and of the groups in it."""
    yield group
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from _all(command)
        else:
            yield command


def _first(command: click.Command) -> str:
    """Return the first sentence of a command's help."""
    first = next(_paragraphs(command.help or ""), "")
    return re.split(r"(?<=\.)\s", first, maxsplit=1)[0]


def _paragraphs(text: str) -> Iterator[str]:
    for each in _PARAGRAPHS.split(inspect.cleandoc(text)):
        if each and not each.startswith("\b"):  # that begins what is to be typed
            yield _line(each)


def _line(text: str) -> str:
    return " ".join(text.split())
