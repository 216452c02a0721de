"""A suite read from its syntax tree: its tests, their markers, how often each runs.

Runs nothing. Judges nothing.
"""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass

from graders.author.definitions import Function, functions
from graders.author.material import Module


@dataclass(frozen=True, slots=True)
class Mark:
    """One `@pytest.mark.name(…)`."""

    name: str
    args: tuple[ast.expr, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Test:
    """One test function. `cases` is how often pytest runs it."""

    __test__ = False  # pytest: not a test class

    name: str
    node: Function
    marks: tuple[Mark, ...]
    cases: int

    @property
    def stage(self) -> int:
        """The stage it belongs to: the first, unless a marker with a number says otherwise."""
        for mark in self.marks:
            match mark:
                case Mark(name="stage", args=(ast.Constant(value=int(number)), *_)):
                    return number
        return 1


def tests_in(module: Module) -> list[Test]:
    """Return the tests of a suite in their order. A name defined twice is there twice."""
    general = tuple(_module_marks(module))
    found = []
    for node in module.tree.body:
        if isinstance(node, Function) and node.name.startswith("test"):
            marks = tuple(mark for each in node.decorator_list if (mark := _mark(each)))
            cases = math.prod(_cases(module, mark) for mark in marks if mark.name == "parametrize")
            found.append(Test(node.name, node, marks + general, cases))
    return found


def helpers_in(module: Module) -> dict[str, Function]:
    """Return the functions of a suite that are no tests."""
    return {name: node for name, node in functions(module).items() if not name.startswith("test")}


def _mark(decorator: ast.expr) -> Mark | None:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    match called:
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="pytest"), attr="mark")):
            args = tuple(decorator.args) if isinstance(decorator, ast.Call) else ()
            return Mark(called.attr, args, decorator.lineno)
    return None


def _module_marks(module: Module) -> list[Mark]:
    marks = []
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="pytestmark")], value=value):
                each = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
                marks += [mark for item in each if (mark := _mark(item))]
    return marks


def _cases(module: Module, mark: Mark) -> int:
    """Return how many cases a parametrize makes; 1 where only running the suite could tell."""
    values = mark.args[1] if len(mark.args) > 1 else None
    if isinstance(values, ast.Name):
        values = _constant(module, values.id)
    match values:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return len(elements)
        case ast.Dict(keys=keys):
            return len(keys)
        case ast.Constant(value=str(text)):
            return len(text)
        case ast.Call(func=ast.Name(id="range"), args=args):
            numbers = [each.value for each in args if isinstance(each, ast.Constant)]
            whole = [number for number in numbers if isinstance(number, int)]
            return len(range(*whole)) if len(whole) == len(args) else 1
    return 1


def _constant(module: Module, name: str) -> ast.expr | None:
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                return value
    return None
