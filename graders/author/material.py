"""One kata's files, read once: what the rules of the law look at.

Owns reading and parsing. What cannot be read or parsed becomes a finding here and is simply absent
for every rule, so that one broken file is reported once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graders.author.finding import Finding
from graders.author.page import Page, read_page
from graders.catalog import SUBMISSIONS, TOUR, WARM_UP, solutions_dir
from graders.model import Kata

LANGUAGES = ("en", "zh")
CACHES = ("__pycache__", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file. `path` is relative to the root."""

    path: str
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The file's name without .py."""
        return Path(self.path).stem

    def finding(self, node: ast.AST | None, rule: str, message: str) -> Finding:
        """Return a finding at a node of this module, or on all of it."""
        return Finding(self.path, getattr(node, "lineno", 0), rule, message)


@dataclass(frozen=True, slots=True)
class Material:
    """Both folders of one kata: its files, modules and pages by name."""

    root: Path
    kata: Kata
    files: tuple[Path, ...]  # all of them, relative to the root
    modules: Mapping[str, Module]  # by path relative to the root
    pages: Mapping[str, Page]

    @property
    def here(self) -> str:
        """The kata's folder, relative to the root."""
        return self.kata.folder.relative_to(self.root).as_posix()

    @property
    def there(self) -> str:
        """The folder of its solutions, relative to the root."""
        return solutions_dir(self.root, self.kata).relative_to(self.root).as_posix()

    @property
    def is_warm_up(self) -> bool:
        """Whether this is the small kata that opens a topic (the tour is held to the same)."""
        return self.kata.order == WARM_UP or self.kata.topic == TOUR

    @property
    def stub(self) -> Module | None:
        """What the learner starts from."""
        return self.modules.get(f"{self.here}/{self.kata.slug}.py")

    @property
    def reference(self) -> Module | None:
        """The correct solution."""
        return self.modules.get(f"{self.there}/{self.kata.slug}.py")

    @property
    def visible(self) -> Module | None:
        """The suite that learners see."""
        return self.modules.get(f"{self.here}/test_{self.kata.slug}.py")

    @property
    def hidden(self) -> Module | None:
        """The suite that they do not see."""
        return self.modules.get(f"{self.there}/test_hidden_{self.kata.slug}.py")

    def suites(self) -> Iterator[Module]:
        """Yield the suites that are there."""
        yield from (suite for suite in (self.visible, self.hidden) if suite)

    def submissions(self, *prefixes: str) -> Iterator[Module]:
        """Yield the known-bad submissions that begin with one of the prefixes (default: all)."""
        for path, module in self.modules.items():
            if path.startswith(self.there) and module.name.startswith(prefixes or SUBMISSIONS):
                yield module

    def page(self, name: str, language: str) -> Page | None:
        """Return "README" of the kata or "ANSWER" of its solutions in one language."""
        folder = self.here if name == "README" else self.there
        return self.pages.get(f"{folder}/{page_name(name, language)}")


def page_name(name: str, language: str) -> str:
    """Return the file name of a page: README.md or README.zh.md."""
    return f"{name}.md" if language == "en" else f"{name}.{language}.md"


def gather(root: Path, kata: Kata) -> tuple[Material, list[Finding]]:
    """Read both folders of a kata; return them and what could not be read."""
    files: list[Path] = []
    modules: dict[str, Module] = {}
    pages: dict[str, Page] = {}
    findings: list[Finding] = []
    for folder in (kata.folder, solutions_dir(root, kata)):
        for path in files_below(folder):
            relative = path.relative_to(root)
            files.append(relative)
            if path.suffix not in (".py", ".md", ".toml"):
                continue
            try:
                text = read_text(root, relative)
                if path.suffix == ".md":
                    pages[relative.as_posix()] = read_page(relative.as_posix(), text)
                elif path.suffix == ".py":
                    modules[relative.as_posix()] = parse_module(relative.as_posix(), text)
            except Unreadable as error:
                findings.append(error.finding)
    return Material(root, kata, tuple(files), modules, pages), findings


class Unreadable(Exception):
    """A file that no rule can look at; caught where files are gathered."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(message)
        self.finding = Finding(path, line, "file-unreadable", message)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield all files below a folder but the tools' caches; a symbolic link counts as a file."""
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if path.name not in CACHES:
                yield from files_below(path)
        else:
            yield path


def read_text(root: Path, relative: Path) -> str:
    """Return the text of a file; raises Unreadable."""
    path, shown = root / relative, relative.as_posix()
    if path.is_symlink() or not path.is_file():
        raise Unreadable(shown, 0, "is not a regular file; put the file itself there")
    try:
        data = path.read_bytes()
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(shown, line, "is not UTF-8; save it in this encoding") from error
    except OSError as error:
        what = f"cannot be read ({error.strerror}); check its permissions"
        raise Unreadable(shown, 0, what) from error


def parse_module(shown: str, text: str) -> Module:
    """Return a module with its syntax tree; raises Unreadable."""
    try:
        return Module(shown, text, ast.parse(text))
    except SyntaxError as error:
        what = f"is not valid Python ({error.msg}); mend this line"
        raise Unreadable(shown, error.lineno or 0, what) from error
    except ValueError as error:  # null bytes
        raise Unreadable(shown, 0, f"is not valid Python ({error}); save it as text") from error
