"""One kata.toml (format 1) parsed into `model.Kata`.

Owns: what each key means, its range, and the text of every complaint. Reads no file but the
suites that `[limits.tests]` speaks of.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from graders.catalog_toml import Document, Table, choices
from graders.errors import did_you_mean
from graders.model import FORMAT, Api, ApiClass, Kata, Kind, Limits, Stage, Text

SERVICES = ("redis", "amqp", "sql")
PROTOCOLS = ("len", "iter", "contains", "getitem", "context", "eq", "next")
RESULT_TYPES = (
    "Decimal", "Fraction", "datetime", "date", "time", "timedelta", "deque", "range",
)  # fmt: skip
LIMITS = Limits()

_TOP = (
    "format", "title", "kind", "difficulty", "minutes", "order", "core", "aka", "prerequisites",
    "source", "services", "packages", "network", "processes", "threads", "open_files", "hints",
    "stages", "api", "limits",
)  # fmt: skip
_AKA = re.compile(r"[a-z][a-z0-9-]*:\S+")
_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_FORBIDDEN = re.compile(r"\.?[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_TEST = re.compile(r"^\s*(?:async\s+)?def\s+(test\w*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a kata stands; the folder names have been checked."""

    folder: Path
    track: str
    topic: str
    topic_folder: str
    solutions: Path


def parse(document: Document, place: Place) -> Kata:
    """Return the kata; raises GraderError at the first thing that is wrong."""
    top = document.parse()
    _check_format(top)
    top.only(*_TOP)
    title = _both(top.table("title", required=True))
    kind = Kind(top.choice("kind", list(Kind)))
    return Kata(
        slug=place.folder.name,
        topic=place.topic,
        topic_folder=place.topic_folder,
        track=place.track,
        folder=place.folder,
        title=title,
        kind=kind,
        difficulty=top.whole("difficulty", 1, 5),
        minutes=top.whole("minutes", 1, 600),
        order=top.whole("order", 1, 9999),
        core=top.flag("core", False),
        aka=_matching(top, "aka", _AKA, 'write it as "leetcode:146"'),
        prerequisites=_prerequisites(top, place.folder.name),
        source=top.text("source"),
        services=_among(top, "services", SERVICES),
        packages=_matching(top, "packages", _DISTRIBUTION, "name a distribution without a version"),
        network=top.flag("network", False),
        processes=top.whole("processes", 0, 64, 0),
        threads=top.whole("threads", 0, 256, 0),
        open_files=top.whole("open_files", 8, 1024, 64),
        hints=_hints(top.table("hints", required=True)),
        stages=_stages(top, title),
        api=_api(top.table("api"), kind),
        limits=_limits(top.table("limits"), place),
    )


def _check_format(top: Table) -> None:
    number = top.whole("format", -(10**9), 10**9)
    if number < FORMAT:
        what = f"format {number} is too old for these graders"
        raise top.fail("format", f"{what}; write the file anew in format {FORMAT}")
    if number > FORMAT:
        what = f"format {number} is newer than these graders, which read format {FORMAT}"
        raise top.fail("format", f"{what}; update the graders")


def _both(table: Table) -> Text:
    table.only("en", "zh")
    return Text(en=table.text("en"), zh=table.text("zh"))


def _hints(table: Table) -> tuple[Text, ...]:
    table.only("en", "zh")
    hints = {language: table.words(language) for language in ("en", "zh")}
    for language, texts in hints.items():
        if len(texts) != 3:
            what = f"{len(texts)} hints in '{language}'"
            raise table.fail(language, f"{what}; write three, from a nudge to an outline")
    return tuple(Text(en=en, zh=zh) for en, zh in zip(hints["en"], hints["zh"], strict=True))


def _stages(top: Table, title: Text) -> tuple[Stage, ...]:
    stages = []
    for table in top.tables("stages"):
        table.only("title", "points")
        name = _both(table.table("title", required=True))
        stages.append(Stage(name, table.whole("points", 1, 100)))
    total = sum(stage.points for stage in stages)
    if stages and total != 100:
        raise top.fail("stages", f"the points of the stages add up to {total}; make it 100")
    return tuple(stages) or (Stage(title, 100),)


def _api(table: Table, kind: Kind) -> Api:
    table.only("functions", "iterators", "result_types", "forbid", "classes", "exceptions")
    classes = table.table("classes")
    api = Api(
        functions=_identifiers(table, "functions"),
        iterators=_identifiers(table, "iterators"),
        result_types=_among(table, "result_types", RESULT_TYPES),
        forbid=_matching(table, "forbid", _FORBIDDEN, 'write a name, ".method" or "module.name"'),
        classes=tuple(_class(classes, name) for name in classes.data),
        exceptions=_exceptions(table.table("exceptions")),
    )
    names = api.names()
    for name in names:
        if names.count(name) > 1:
            raise table.fail("functions", f"'{name}' stands twice in [api]; name it once")
    if kind is Kind.PROGRAM and (names or api.result_types):
        what = "a program is judged by what it prints, so [api] can name only what it forbids"
        raise table.document.error(("api",), f"{what}; remove the rest")
    if not names and kind is not Kind.PROGRAM:
        what = "[api] names nothing, so the suite could call nothing"
        raise table.document.error(("api",), f"{what}; list functions or classes")
    return api


def _class(classes: Table, name: str) -> ApiClass:
    _check_identifier(classes, name, name)
    table = classes.table(name).only("methods", "properties", "protocols")
    return ApiClass(
        name=name,
        methods=_identifiers(table, "methods"),
        properties=_identifiers(table, "properties"),
        protocols=_among(table, "protocols", PROTOCOLS),
    )


def _exceptions(table: Table) -> tuple[tuple[str, str], ...]:
    declared: dict[str, str] = {}
    for name in table.data:
        _check_identifier(table, name, name)
        if hasattr(builtins, name):
            raise table.fail(name, f"'{name}' hides a builtin; choose another name")
        base = table.text(name)
        known = [*declared, *_builtin_exceptions()]
        if base not in known:
            what = f"'{base}' is no builtin exception and none declared above '{name}'"
            advice = did_you_mean(base, known) or "; name another or declare it first"
            raise table.fail(name, what + advice)
        declared[name] = base
    return tuple(declared.items())


@cache
def _builtin_exceptions() -> tuple[str, ...]:
    # StopIteration is the border's own word for "no more items" and cannot be an answer.
    return tuple(
        name
        for name, value in vars(builtins).items()
        if isinstance(value, type)
        and issubclass(value, Exception)
        and not issubclass(value, StopIteration | StopAsyncIteration)
    )


def _limits(table: Table, place: Place) -> Limits:
    table.only("test_cpu_s", "perf_cpu_s", "load_cpu_s", "memory_mib", "tests")
    tests = table.table("tests")
    own = {name: tests.seconds(name) for name in tests.data}
    if own:
        _check_tests_exist(tests, place)
    return Limits(
        test_cpu_s=table.seconds("test_cpu_s", LIMITS.test_cpu_s),
        perf_cpu_s=table.seconds("perf_cpu_s", LIMITS.perf_cpu_s),
        load_cpu_s=table.seconds("load_cpu_s", LIMITS.load_cpu_s),
        memory_mib=table.whole("memory_mib", 32, 8192, LIMITS.memory_mib),
        tests=MappingProxyType(own),
    )


def _check_tests_exist(tests: Table, place: Place) -> None:
    slug = place.folder.name
    suites = (place.folder / f"test_{slug}.py", place.solutions / f"test_hidden_{slug}.py")
    # A learner's copy has no hidden suite, so a name that is not seen there may be one of its.
    if not (place.solutions.is_dir() and suites[0].is_file()):
        return
    known = [name for suite in suites for name in _tests_in(suite)]
    for name in tests.data:
        if name not in known:
            what = f"no test '{name}' in {suites[0].name} or {suites[1].name}"
            raise tests.fail(name, what + (did_you_mean(name, known) or "; remove this limit"))


def _tests_in(suite: Path) -> list[str]:
    try:
        return _TEST.findall(suite.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []  # `verify` and the judge say what is wrong with a suite


def _prerequisites(top: Table, slug: str) -> tuple[str, ...]:
    needed = top.words("prerequisites")
    if slug in needed:
        raise top.fail("prerequisites", f"'{slug}' is its own prerequisite; remove it")
    return needed


def _among(table: Table, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    def check(word: str) -> str:
        return "" if word in known else choices(word, known)

    return _each(table, key, check)


def _matching(table: Table, key: str, pattern: re.Pattern[str], advice: str) -> tuple[str, ...]:
    def check(word: str) -> str:
        return "" if pattern.fullmatch(word) else f"; {advice}"

    return _each(table, key, check)


def _each(table: Table, key: str, check: Callable[[str], str]) -> tuple[str, ...]:
    words = table.words(key)
    for word in words:
        if advice := check(word):
            raise table.fail(key, f"'{word}' cannot stand in '{key}'{advice}")
    return words


def _identifiers(table: Table, key: str) -> tuple[str, ...]:
    names = table.words(key)
    for name in names:
        _check_identifier(table, key, name)
    return names


def _check_identifier(table: Table, key: str, name: str) -> None:
    if not name.isidentifier() or keyword.iskeyword(name):
        raise table.fail(key, f"'{name}' is no Python name; write the name as the stub defines it")
    if name.startswith("__"):
        raise table.fail(key, f"'{name}' is a special method; declare it under 'protocols'")
    if name.startswith("_"):
        raise table.fail(key, f"'{name}' is private; a suite may only use public names")
