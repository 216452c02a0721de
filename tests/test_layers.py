"""Who may import whom: the table of the graders' modules, read off their syntax trees.

Imports under TYPE_CHECKING and inside functions count like any other; only the checks on cycles
and on what runs where tell them apart.
"""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "graders"
LONGEST, MEDIAN = 350, 120  # lines of a module
NEVER_NAMED = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager", "tools"}

# Each part of the package, and the parts it may import besides itself. "judge.judge" and the like
# are single modules that others may use where they may not use the whole part.
BASE = {"model", "errors", "plain", "phrases", "removal", "scratch", "graders"}
MAY: dict[str, set[str]] = {
    "graders": set(),
    "model": set(),
    "errors": set(),
    "plain": set(),
    "phrases": set(),
    "removal": set(),
    "scratch": {"removal"},
    "templates": set(),
    "words": BASE | {"templates"},
    "settings": BASE,
    "git": BASE,
    "repository": BASE | {"git"},
    "mirrors": set(),
    "reach": {"mirrors", "words"},
    "bootstrap": {"mirrors", "reach", "words"},
    "environment": {"bootstrap", "mirrors", "reach", "stubs"},
    "kit": {"phrases", "services"},
    "judge": BASE | {"kit", "services"},
    "catalog": BASE,
    "stubs": BASE,
    "question": BASE | {"catalog"},
    "report": BASE | {"question", "words"},
    "learn": BASE | {"catalog", "git", "question", "settings", "stubs", "judge", "report",
                     "words"},
    "author": BASE | {"catalog", "git", "repository", "stubs", "judge", "question", "report",
                      "words"},
    "cohort": BASE | {"author", "catalog", "git", "question", "repository", "stubs", "judge",
                      "report", "words"},
    "services": BASE,
    "cli": BASE | {"words", "catalog", "stubs", "judge", "question", "report", "learn", "author",
                   "cohort"},
    "__main__": {"cli"},
}
# Of the judge, the rest of the package uses these: the others are its own affair.
JUDGE_DOORS = {"judge.judge", "judge.request", "judge.clock", "judge.cache", "judge.packages"}
# The processes of the sandbox, and all that they may reach.
INSIDE = {
    "judge.nursery", "judge.practice", "judge.worker", "judge.portable_worker", "judge.parent",
    "judge.at_fork", "judge.inbox", "judge.wire", "judge.wire_keys", "judge.wire_read",
    "judge.wire_types", "judge.sandbox", "judge.seccomp", "judge.kernel", "judge.scan",
    "judge.granted", "judge.landlock", "judge.processors", "judge.user", "removal",
    "kit.inside.build", "kit.inside.effects", "kit.inside.jitter", "kit.inside.kept",
    "kit.inside.ops", "kit.inside.program", "kit.inside.threads", "kit.inside.clerk",
    "kit.inside.sql", "kit.inside.sql_drivers", "kit.inside.sql_text", "kit.inside.sql_values",
}
PACKAGES = {"graders", "judge", "kit", "kit.inside", "learn", "question", "report", "author",
            "cohort", "services"}
# Only used where they are needed: they are heavy, or not installed with the rest.
LAZY = {"babel", "copier", "copydetect", "dask", "distributed", "fakeredis", "fsrs", "gitea",
        "github", "gitlab", "jinja2", "lupa", "nox", "pika", "psycopg", "pymysql", "redis",
        "requests", "urllib3", "yaml"}
# These run on Linux only; every other module is also loaded where the subprocess engine runs.
LINUX_ONLY = {"judge.kernel", "judge.landlock", "judge.nursery", "judge.tree_runner",
              "judge.engine", "judge.at_fork", "judge.service_process"}
UNIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios"}


@dataclass(frozen=True)
class Import:
    """One imported module, as "judge.wire" or "psutil"; where, and when it takes effect."""

    of: str
    line: int
    late: bool  # inside a function, or for type checkers only


@cache
def modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name or "graders"] = path
    return found


def resolve(dotted: str) -> str:
    """Return our name of `graders.judge.wire`; a foreign module by its first word."""
    first, _, rest = dotted.partition(".")
    if first != "graders":
        return first
    while rest and rest not in modules():
        rest = rest.rpartition(".")[0]  # the last word is a name in the module
    return rest or "graders"


@cache
def imports(name: str) -> tuple[Import, ...]:
    """Return all imports of one of our modules, TYPE_CHECKING ones and those in functions too."""
    tree = ast.parse(modules()[name].read_text(encoding="utf-8"))
    return tuple(_walk(name, tree, late=False))


def _walk(name: str, node: ast.AST, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                for each in names:
                    yield Import(resolve(each.name), child.lineno, late)
            case ast.ImportFrom(module=module, names=names, level=0) if module:
                for each in names:
                    yield Import(resolve(f"{module}.{each.name}"), child.lineno, late)
            case ast.ImportFrom():
                raise AssertionError(f"{name}:{child.lineno}: a relative import")
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                yield from _walk(name, child, late=True)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _walk(name, child, late=True)
            case _:
                yield from _walk(name, child, late)


def ours(name: str) -> list[Import]:
    return [each for each in imports(name) if each.of in modules()]


def part(name: str) -> str:
    """Return the part of the table that a module belongs to."""
    first = name.split(".")[0]
    for family in ("cli", "catalog"):
        if first == family or first.startswith(f"{family}_"):
            return family
    return first


def reached(start: str) -> set[str]:
    """Return every module that is imported by way of `start`, packages on the way included."""
    found: set[str] = set()
    queue = [start]
    while queue:
        name = queue.pop()
        if name in found:
            continue
        found.add(name)
        queue += [each.of for each in ours(name) if not (each.late and name in PACKAGES)]
        if "." in name:
            queue.append(name.rpartition(".")[0])
    return found


def test_every_module_has_a_place_in_the_table() -> None:
    assert {part(name) for name in modules()} <= set(MAY)


@pytest.mark.parametrize("name", modules())
def test_imports_follow_the_table(name: str) -> None:
    allowed = MAY[part(name)] | {part(name)}
    wrong = [f"{name}:{each.line}: imports {each.of}" for each in ours(name)
             if part(each.of) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("name", [name for name in modules() if part(name) not in ("judge",)])
def test_the_judge_is_entered_by_its_doors(name: str) -> None:
    assert [each.of for each in ours(name)
            if part(each.of) == "judge" and each.of not in JUDGE_DOORS] == []


def test_nothing_imports_the_command_line() -> None:
    users = {name for name in modules() if any(part(each.of) == "cli" for each in ours(name))}
    assert {part(name) for name in users} <= {"cli", "__main__"}


def test_nothing_in_the_judge_imports_its_front() -> None:
    assert [name for name in modules() if name.startswith("judge.")
            and any(each.of == "judge.judge" for each in ours(name))] == []


@pytest.mark.parametrize("name", ["judge.nursery", "judge.worker", "judge.portable_worker"])
def test_the_sandbox_reaches_nothing_of_the_judge(name: str) -> None:
    """Nothing there has ever known a suite, a verdict or a roster."""
    assert reached(name) - PACKAGES <= INSIDE


def test_the_workers_half_of_the_kit_knows_nothing_of_the_other() -> None:
    for name in modules():
        if name.startswith("kit.inside."):
            assert {each.of for each in ours(name)} <= INSIDE | {"kit.inside"}


@pytest.mark.parametrize("name", ["judge.nursery", "judge.worker"])
def test_loading_the_sandbox_loads_no_more_than_that(name: str) -> None:
    """What the syntax tree says, asked of a real interpreter."""
    code = (f"import sys, graders.{name}\n"
            "print(*(m for m in sys.modules if m.partition('.')[0] == 'graders'))\n"
            "print(*({'pytest', 'psutil', 'click', 'rich', '_pytest'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    loaded, foreign = done.stdout.split("\n")[:2]
    assert {resolve(each) for each in loaded.split()} - PACKAGES <= INSIDE
    assert foreign == ""


@pytest.mark.parametrize("name", [name for name in modules() if name in PACKAGES])
def test_a_package_file_offers_nothing_of_its_modules(name: str) -> None:
    """They run inside the sandbox. The kit's words are loaded at first use, and so is no other."""
    early = [each.of for each in imports(name) if not each.late and each.of in modules()]
    assert early == []
    if name != "kit":
        assert ours(name) == []


def test_there_are_no_import_cycles() -> None:
    """TYPE_CHECKING ones included. A function may import late what would else be heavy."""
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"a cycle: {' -> '.join((*path[path.index(name):], name))}"
        if name in done:
            return
        for each in ours(name):
            if each.of != name and each.of not in PACKAGES:
                visit(each.of, (*path, name))
        done.add(name)

    for name in modules():
        visit(name, ())


@pytest.mark.parametrize("name", modules())
def test_a_module_is_short_and_named_for_what_it_owns(name: str) -> None:
    lines = modules()[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{name} has {lines} lines"
    assert name.rpartition(".")[2] not in NEVER_NAMED


def test_the_median_module_is_short() -> None:
    sizes = [path.read_text(encoding="utf-8").count("\n") for path in modules().values()]
    assert statistics.median(sizes) <= MEDIAN


@pytest.mark.parametrize("name", modules())
def test_what_is_heavy_or_of_one_system_is_imported_late(name: str) -> None:
    late_only = LAZY | (set() if name in LINUX_ONLY else UNIX_MODULES)
    assert [f"{name}:{each.line}: {each.of}" for each in imports(name)
            if not each.late and each.of in late_only] == []


def load_without(names: list[str], missing: set[str]) -> list[str]:
    """Import our modules in an interpreter that lacks some others; return what did not load."""
    code = ("import importlib, sys, psutil, pytest\n"  # these have their own ways on each system
            f"for each in {sorted(missing)!r}: sys.modules[each] = None\n"
            f"for each in {names!r}:\n"
            "    try: importlib.import_module('graders.' + each)\n"
            "    except ImportError as error: print(each, error, sep=': ')")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True)
    return done.stdout.splitlines()


def test_every_module_loads_without_what_windows_lacks() -> None:
    """All but those that run on Linux only; a failure names the module."""
    names = [name for name in modules()
             if name not in LINUX_ONLY | {"graders", "__main__", "judge.rehearsal"}]
    assert load_without(names, UNIX_MODULES) == []


# What the subprocess engine loads: client, judge process, worker.
PORTABLE = ("judge.judge", "judge.portable", "judge.portable_worker", "judge.portable_runner",
            "judge.session", "judge.plugin", "judge.link", "judge.channel", "judge.worker",
            "judge.sandbox", "judge.clock", "judge.cache", "kit.fixtures")


@pytest.mark.parametrize("name", PORTABLE)
def test_the_portable_engine_loads_without_linux(name: str) -> None:
    """kernel.py opens the C library at import, which Windows refuses; it has no fcntl either."""
    assert load_without([name], UNIX_MODULES | {"graders.judge.kernel"}) == []


def test_the_kit_and_the_katas_half_load_without_the_judge() -> None:
    """A learner's plain pytest needs the kit alone."""
    for name in modules():
        if name.startswith("kit"):
            assert not any(part(each) == "judge" for each in reached(name))
