"""What a module defines, read from its syntax tree: functions, classes, signatures, size.

Runs nothing. Judges nothing.
"""

from __future__ import annotations

import ast
import copy
import io
import tokenize
from collections.abc import Iterator

from graders.author.material import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
_LAYOUT = (
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
    tokenize.ENDMARKER,
)  # fmt: skip


def functions(module: Module) -> dict[str, Function]:
    """Return the functions at the top of a module by name."""
    return {node.name: node for node in module.tree.body if isinstance(node, Function)}


def classes(module: Module) -> dict[str, ast.ClassDef]:
    """Return the classes at the top of a module by name."""
    return {node.name: node for node in module.tree.body if isinstance(node, ast.ClassDef)}


def assigned(module: Module) -> set[str]:
    """Return the names that a module imports or assigns at its top."""
    names: set[str] = set()
    for node in module.tree.body:
        match node:
            case ast.Assign():
                names |= {each.id for t in node.targets for each in _names_in(t)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Import() | ast.ImportFrom():
                names |= {(each.asname or each.name).split(".")[0] for each in node.names}
    return names


def members(module: Module, owner: ast.ClassDef) -> dict[str, Function]:
    """Return the methods of a class, those of its bases in the same module included."""
    found: dict[str, Function] = {}
    known = classes(module)
    seen: set[str] = set()
    queue = [owner]
    while queue:
        current = queue.pop(0)
        if current.name in seen:
            continue
        seen.add(current.name)
        for node in current.body:
            if isinstance(node, Function):
                found.setdefault(node.name, node)
        queue += [known[name] for name in base_names(current) if name in known]
    return found


def attributes(owner: ast.ClassDef) -> set[str]:
    """Return the names that a class assigns: in its body, or to self in a method."""
    names: set[str] = set()
    for node in ast.walk(owner):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
    return names


def base_names(owner: ast.ClassDef) -> list[str]:
    """Return the plain names of a class's bases; dotted ones by their last part."""
    return [ast.unparse(base).split("[")[0].split(".")[-1] for base in owner.bases]


def is_generated(owner: ast.ClassDef) -> bool:
    """Return whether a decorator or base writes methods of this class (dataclass, NamedTuple)."""
    marks = [ast.unparse(each) for each in owner.decorator_list] + base_names(owner)
    return any("dataclass" in mark or mark == "NamedTuple" for mark in marks)


def signature(function: Function) -> str:
    """Return the parameters with kinds and defaults, without annotations: "(a, *, b=1)"."""
    bare = copy.deepcopy(function.args)
    for node in ast.walk(bare):
        if isinstance(node, ast.arg):
            node.annotation = None
    return f"({ast.unparse(bare)})"


def docstring(node: Module | Function | ast.ClassDef) -> str:
    """Return a docstring, or an empty string."""
    return ast.get_docstring(node.tree if isinstance(node, Module) else node) or ""


def body(function: Function) -> list[ast.stmt]:
    """Return the statements of a function after its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def code_lines(module: Module) -> int:
    """Return how many lines hold code: not blank, not comment, not docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type not in _LAYOUT:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - set(_docstring_lines(module)))


def _docstring_lines(module: Module) -> Iterator[int]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node):
            first = node.body[0]
            yield from range(first.lineno, (first.end_lineno or first.lineno) + 1)


def _names_in(target: ast.expr) -> Iterator[ast.Name]:
    yield from (node for node in ast.walk(target) if isinstance(node, ast.Name))


def raises(statement: ast.stmt) -> str:
    """Return the name of the exception that a statement raises, or an empty string."""
    match statement:
        case ast.Raise(exc=ast.Name(id=name)) | ast.Raise(exc=ast.Call(func=ast.Name(id=name))):
            return name
    return ""
