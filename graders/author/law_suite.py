"""Rules about suites: what each test must have, and what no suite may do.

The border rules are syntax only: they see `thing._x`, not what `thing` is, so they hold for every
object in a suite. What is hidden behind getattr with a computed name is not seen.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator

from graders.author.definitions import Function
from graders.author.finding import Finding
from graders.author.material import Material, Module
from graders.author.suite import Test, helpers_in, tests_in

MAX_TESTS = 25
_MARKERS = ("perf", "stage", "stub_passes", "parametrize", "usefixtures")
# Modules of the standard library that a suite has no business with, and what to use instead.
_REFUSED = {
    "asyncio": "threads and loops run inside the worker: use run_threads",
    "concurrent": "threads run inside the worker: use run_threads",
    "importlib": "the kata is imported by name at the top",
    "multiprocessing": "processes run inside the worker",
    "socket": "use client, listener and free_port of the kit",
    "subprocess": "processes run inside the worker",
    "threading": "threads run inside the worker: use run_threads",
    "time": "no test asserts measured seconds: mark it perf or use growth",
    "timeit": "no test asserts measured seconds: mark it perf or use growth",
    "unittest": "use pytest and the kit: the learner's code is not patched",
}
_ASSERTING = ("raises", "fail", "growth", "assert_output")
_HARMLESS = ("__name__", "__doc__", "_replace", "_asdict", "_fields", "_make")
_NAME = re.compile(r"test_[a-z0-9]+(_[a-z0-9]+){2,}")


def check(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with both suites of one kata."""
    for suite in material.suites():
        yield from _imports(material, suite)
        yield from _border(material, suite)
        helpers = _asserting(helpers_in(suite))
        for test in tests_in(suite):
            yield from _test(material, suite, test)
            if not _asserts(test.node, helpers):
                what = f"{test.name} asserts nothing; add assert, pytest.raises or .fail, or growth"
                yield suite.finding(test.node, "test-asserts", what)
    yield from _together(material)


def _together(material: Material) -> Iterator[Finding]:
    tests = [(suite, test) for suite in material.suites() for test in tests_in(suite)]
    names = Counter(test.name for _, test in tests)
    for suite, test in reversed(tests):
        if names[test.name] > 1:
            what = f"{test.name} is the name of another test too; give it its own"
            yield suite.finding(test.node, "test-name", what)
            names[test.name] -= 1
    total = sum(test.cases for _, test in tests)
    if total > MAX_TESTS and tests:
        what = f"{total} tests, visible and hidden, are more than {MAX_TESTS}; join or drop some"
        yield tests[-1][0].finding(None, "test-counts", what)
    if material.visible and not any(suite is material.visible for suite, _ in tests):
        yield material.visible.finding(None, "test-counts", "has no test; write the visible suite")
    stages = len(material.kata.stages)
    present = {test.stage for suite, test in tests if suite is material.visible}
    for stage in range(1, stages + 1):
        if stages > 1 and material.visible and stage not in present:
            what = f"no test is marked stage({stage}); every stage needs a visible one"
            yield material.visible.finding(None, "stages", what)


def _test(material: Material, suite: Module, test: Test) -> Iterator[Finding]:
    if not _NAME.fullmatch(test.name):
        what = f"{test.name} says no behaviour; name it test_ and at least three words"
        yield suite.finding(test.node, "test-name", what)
    if isinstance(test.node, ast.AsyncFunctionDef):
        what = f"{test.name} is async, which no test here can be; write a plain function"
        yield suite.finding(test.node, "suite-border", what)
    for mark in test.marks:
        yield from _mark(material, suite, test, mark.name, mark.args)


def _asserting(helpers: dict[str, Function]) -> frozenset[str]:
    """Return the helpers of a suite that assert something, themselves or through each other."""
    found: frozenset[str] = frozenset()
    while True:
        more = frozenset(name for name, node in helpers.items() if _asserts(node, found))
        if more == found:
            return found
        found = more


def _asserts(function: Function, helpers: frozenset[str]) -> bool:
    for node in ast.walk(function):
        match node:
            case ast.Assert(test=ast.Constant()):
                continue  # `assert True` can never fail
            case ast.Assert():
                return True
            case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest"), attr="raises" | "fail")):
                return True
            case ast.Call(func=ast.Name(id=name)):
                if name in _ASSERTING or name in helpers:
                    return True
    return False


def _mark(
    material: Material, suite: Module, test: Test, name: str, args: tuple[ast.expr, ...]
) -> Iterator[Finding]:
    if name not in _MARKERS:
        what = f"marker '{name}' means nothing to the judge; remove it from {test.name}"
        yield suite.finding(test.node, "suite-markers", what)
    if name == "stub_passes":
        match args:
            case [ast.Constant(value=str(reason))] if len(reason.split()) >= 3:
                return
        what = f"stub_passes on {test.name} gives no reason; write a sentence into it"
        yield suite.finding(test.node, "stub-passes", what)
    if name == "stage":
        last = len(material.kata.stages)
        match args:
            case [ast.Constant(value=int(number))] if 1 <= number <= last:
                return
        what = f"stage of {test.name} is not in 1..{last}; give the number of one in kata.toml"
        yield suite.finding(test.node, "stages", what)


def _imports(material: Material, suite: Module) -> Iterator[Finding]:
    top = set(map(id, suite.tree.body))
    kata = material.kata
    found = False
    for node in ast.walk(suite.tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield from _module(material, suite, node, alias.name)
            case ast.ImportFrom(module=module, names=names, level=0):
                name = module or ""
                found = found or name == kata.slug
                yield from _from(material, suite, node, id(node) in top)
            case ast.ImportFrom():
                what = "a relative import cannot work in a suite; import by full name"
                yield suite.finding(node, "suite-imports", what)
    if not found and kata.api.names():
        what = f"never imports its kata; begin with `from {kata.slug} import …`"
        yield suite.finding(None, "suite-imports", what)


def _from(
    material: Material, suite: Module, node: ast.ImportFrom, at_top: bool
) -> Iterator[Finding]:
    name, names = node.module or "", [alias.name for alias in node.names]
    if name == "graders" and names == ["kit"]:
        return
    if name != material.kata.slug:
        yield from _module(material, suite, node, name)
        return
    if not at_top:
        what = f"imports {name} inside a function; import its names at the top of the suite"
        yield suite.finding(node, "suite-imports", what)
    for each in names:
        if each not in material.kata.api.names():
            what = f"imports {each}, which [api] does not name; add it there or do without"
            yield suite.finding(node, "suite-imports", what)


def _module(material: Material, suite: Module, node: ast.AST, name: str) -> Iterator[Finding]:
    first = name.split(".")[0]
    what = ""
    if name == material.kata.slug:
        what = f"import names from it instead: `from {name} import …`"
    elif first in _REFUSED:
        what = _REFUSED[first]
    elif name not in ("pytest", "graders.kit") and first not in sys.stdlib_module_names:
        what = "a suite has pytest, the standard library, graders.kit and its kata"
    if what:
        yield suite.finding(node, "suite-imports", f"imports {name}; {what}")


def _border(material: Material, suite: Module) -> Iterator[Finding]:
    classes = {each.name for each in material.kata.api.classes}
    for node in ast.walk(suite.tree):
        if what := _wrong_at_border(node, classes):
            yield suite.finding(node, "suite-border", what)


def _wrong_at_border(node: ast.AST, classes: set[str]) -> str:
    match node:
        case ast.Attribute(value=owner, attr=name) if name.startswith("_"):
            own = isinstance(owner, ast.Name) and owner.id in ("self", "cls")
            if not own and name not in _HARMLESS:
                return f"reaches {name}, which is private; test through [api]"
        case ast.Call(func=ast.Name(id="getattr" | "setattr"), args=[_, ast.Constant(value=name)]):
            return _wrong_getattr(name)
        case ast.Call(func=ast.Name(id="setattr")):
            return "sets an attribute; the learner's objects are used through [api] only"
        case ast.arg(arg="monkeypatch"):
            return "patches; the learner's code runs elsewhere and cannot be patched"
        case ast.ClassDef(bases=bases):
            for base in bases:
                if isinstance(base, ast.Name) and base.id in classes:
                    return f"derives from {base.id}; a suite cannot subclass the learner's class"
            if node.name.startswith("Test"):
                return f"groups tests in {node.name}; write plain functions"
        case ast.Compare(ops=ops, comparators=others):
            for operator, other in zip(ops, others, strict=True):
                if isinstance(operator, ast.Is | ast.IsNot) and not _is_single(other):
                    return "compares by identity, which is lost on the way; use == on plain data"
        case ast.Call(func=ast.Attribute(value=ast.Name(id="pytest"), attr=name)):
            if name in ("skip", "importorskip", "xfail"):
                return f"calls pytest.{name}; a test that does not run proves nothing"
    return ""


def _wrong_getattr(name: object) -> str:
    if isinstance(name, str) and name.startswith("_") and name not in _HARMLESS:
        return f"reaches {name}, which is private; test through [api]"
    return ""


def _is_single(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in (None, True, False)
