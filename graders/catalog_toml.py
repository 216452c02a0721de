"""Typed reads from a TOML file that fail with one clear line.

Owns: the text of the error (`path:line: what is wrong; what to do`), the line number, and the
reading of such a file. Knows nothing of katas.

tomllib gives no line numbers. tomlkit, the only kept pure-Python alternative, gives none for keys
either and costs seven times as much (3.8 ms against 0.5 ms for one kata.toml, 80 ms more to
import), so the line is found when it is needed, by `line_of`.
"""

from __future__ import annotations

import re
import stat
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from graders.errors import GraderError, did_you_mean
from graders.phrases import phrase

Keys = tuple[str | int, ...]
MAX_BYTES = 64 * 1024  # a long kata.toml has 5 KiB, a question set 20; more is some other file


_WORD_CAP = 200  # characters of a key or value that are looked at, or shown
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, bidirectional, separators


def in_one_line(text: str) -> str:
    """Return a complaint with long words cut and what cannot be seen escaped."""
    text = re.sub(rf"[^\s';]{{{_WORD_CAP + 1},}}", lambda word: f"{word[0][:_WORD_CAP]}…", text)
    return "".join(each.encode("unicode_escape").decode()
                   if unicodedata.category(each) in _UNSEEN else each for each in text)


def line_of(text: str, keys: Keys) -> int:
    """Return the line (1-based) on which the statement that defines `keys` begins.

    Falls back to the nearest table around it, then to line 1. Works by parsing ever longer
    prefixes of the file: the first that holds the keys ends with their statement, and this began
    after the last prefix that could be parsed. Slow (quadratic) but only used for an error, and
    right for every way of writing TOML.
    """
    lines = text.splitlines(keepends=True)
    for depth in range(len(keys), 0, -1):
        parsed = 0
        for end in range(1, len(lines) + 1):
            try:
                data = tomllib.loads("".join(lines[:end]))
            except (ValueError, RecursionError):
                continue
            if _holds(data, keys[:depth]):
                return parsed + 1
            parsed = end
    return 1


def _holds(data: object, keys: Keys) -> bool:
    for key in keys:
        match data:
            case dict() if key in data:
                data = data[key]
            case list() if isinstance(key, int) and key < len(data):
                data = data[key]
            case _:
                return False
    return True


def choices(word: str, known: Sequence[str]) -> str:
    """Return "; did you mean 'x'?" or else the known words."""
    return did_you_mean(word[:_WORD_CAP], known) or f"; choose one of: {', '.join(known)}"


def open_document(root: Path, path: Path, holds: str) -> Document:
    """Return a file of the repository at `root`, not parsed yet.

    `holds` is a phrase that says in an error what belongs there ("the kata's metadata"). Raises
    GraderError for anything but a regular UTF-8 file of ordinary size.
    """
    shown = path.relative_to(root).as_posix()
    try:
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode):
            raise GraderError(phrase(
                "{where}: is a symbolic link; put the real file or folder there", where=shown))
        if not stat.S_ISREG(facts.st_mode):
            raise GraderError(phrase("{where}: is not a file; put {text} there",
                                     where=shown, text=holds))
        if facts.st_size > MAX_BYTES:
            raise GraderError(phrase(
                "{where}: has {size} bytes, more than {most}; keep only {text} in it",
                where=shown, size=facts.st_size, most=MAX_BYTES, text=holds))
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise GraderError(phrase("{file}: cannot be read ({error}); check its permissions",
                                 file=shown, error=why)) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise GraderError(phrase("{place}: is not UTF-8; save it in this encoding",
                                 place=f"{shown}:{line}")) from error
    if text.startswith("\ufeff"):
        raise GraderError(phrase("{place}: begins with a byte order mark; save it as UTF-8 "
                                 "without", place=f"{shown}:1"))
    return Document(shown, text)


@dataclass(frozen=True, slots=True)
class Document:
    """One TOML file: its text, and its path as people see it."""

    shown: str
    text: str

    def error(self, keys: Keys, what: str) -> GraderError:
        """Return (not raise) the error that points at `keys`."""
        return GraderError(f"{self.shown}:{line_of(self.text, keys)}: {in_one_line(what)}")

    def parse(self) -> Table:
        """Return the top table; raises GraderError where the text is not TOML."""
        try:
            return Table(self, tomllib.loads(self.text))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"\(at line (\d+), column (\d+)\)|\(at end of document\)", str(error))
            what = str(error)[: place.start()].strip() if place else str(error)
            line = place[1] if place and place[1] else len(self.text.splitlines()) or 1
            column = f" at column {place[2]}" if place and place[2] else ""
            what = in_one_line(f"not valid TOML: {what}{column}; mend this line")
            raise GraderError(f"{self.shown}:{line}: {what}") from error
        except ValueError as error:  # an int of more than 4,300 digits, a date that does not exist
            what = in_one_line(f"not valid TOML: {error}")
            raise GraderError(f"{self.shown}:1: {what}; write a smaller number, or a date that "
                              "exists") from error
        except RecursionError as error:
            raise GraderError(f"{self.shown}:1: is nested too deeply; write plain tables and lists"
                              ) from error


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document. Every read takes a key and a default; without one it must be there.

    All reads raise GraderError.
    """

    document: Document
    data: Mapping[str, Any]
    keys: Keys = ()

    def fail(self, key: str | int, what: str) -> GraderError:
        """Return (not raise) the error that points at one key of this table."""
        return self.document.error((*self.keys, key), what)

    def only(self, *known: str) -> Table:
        """Return this table after checking that it has no other keys."""
        for key in self.data:
            if key not in known:
                within = f" in [{self._name()}]" if self.keys else ""
                raise self.fail(key, f"unknown key '{key}'{within}{choices(key, known)}")
        return self

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string that is not empty."""
        value = self._read(key, str, "a string", default)
        if not isinstance(value, str) or not value.strip():
            raise self.fail(key, f"'{key}' is empty; write something or leave the key out")
        return value

    def choice(self, key: str, known: Sequence[str]) -> str:
        """Return a string that is one of `known`."""
        value = self.text(key)
        if value not in known:
            raise self.fail(key, f"unknown {key} '{value}'{choices(value, known)}")
        return value

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number in least..most."""
        value = self._read(key, int, "a whole number", default)
        if not isinstance(value, int) or not least <= value <= most:
            raise self.fail(key, f"'{key}' is {value}; it must be from {least} to {most}")
        return value

    def seconds(self, key: str, default: float | None = None) -> float:
        """Return a number above 0 and at most 600 seconds."""
        value = self.data.get(key, default)
        if type(value) not in (int, float):
            value = self._read(key, float, "a number of seconds", default)
        if not isinstance(value, int | float) or not 0 < value <= 600:
            raise self.fail(key, f"'{key}' is {value}; it must be above 0 and at most 600 seconds")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        return bool(self._read(key, bool, "true or false", default))

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of different strings; an absent key is an empty list."""
        value = self._read(key, list, "a list of strings", [])
        assert isinstance(value, list)  # _read has checked it
        for each in value:
            if not isinstance(each, str) or not each.strip():
                what = f"'{key}' must be a list of strings, and {_shown(each)} is not one"
                raise self.fail(key, f'{what}; write {key} = ["…", "…"]')
            if value.count(each) > 1:
                raise self.fail(key, f"'{each}' stands twice in '{key}'; name it once")
        return tuple(value)

    def table(self, key: str, required: bool = False) -> Table:
        """Return the table under `key`, an empty one where it is absent and not required."""
        value = self._read(key, dict, "a table", None if required else {})
        assert isinstance(value, dict)  # _read has checked it
        return Table(self.document, value, (*self.keys, key))

    def tables(self, key: str) -> tuple[Table, ...]:
        """Return the tables of `[[key]]` in their order; none where the key is absent."""
        value = self._read(key, list, f"a list of tables, each begun by [[{key}]]", [])
        assert isinstance(value, list)  # _read has checked it
        if not all(isinstance(each, dict) for each in value):
            raise self.fail(key, f"'{key}' must be a list of tables; begin each with [[{key}]]")
        return tuple(
            Table(self.document, each, (*self.keys, key, number))
            for number, each in enumerate(value)
        )

    def _read(self, key: str, kind: type, called: str, default: object) -> object:
        if key not in self.data:
            if default is None:
                within = f" in [{self._name()}]" if self.keys else ""
                raise self.fail(key, f"'{key}' is missing{within}; add {key} = ({called})")
            return default
        value = self.data[key]
        if type(value) is not kind:  # bool is an int, but not a number that anyone meant
            what = f"'{key}' must be {called}, not {_shown(value)}"
            raise self.fail(key, f"{what}; write {called}")
        return value

    def _name(self) -> str:
        return ".".join(key for key in self.keys if isinstance(key, str))


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str() | int() | float():
            return repr(value)
        case list():
            return "a list"
        case dict():
            return "a table"
        case date() | time():
            return "a date or time"
        case _:
            return type(value).__name__
