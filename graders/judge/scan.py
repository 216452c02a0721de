"""A submission compiled, and what its syntax tree tells before its first byte runs.

Two things: uses of what the kata forbids (a teaching guard, no security), and the functions
that are still the stub's `raise NotImplementedError`. Runs in the worker, so that parsing a
hostile source costs the learner's own limits.
"""

from __future__ import annotations

import ast
import marshal
from typing import Any


def forbidden_uses(tree: ast.Module, forbid: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return (what, line) of the forbidden names, imports and attributes in `tree`.

    "sorted" means the name or import, ".sort" the attribute of anything, "a.b" exactly that.
    """
    found = []
    for node in ast.walk(tree):
        for word in _words(node):
            if word in forbid:
                found.append((word, getattr(node, "lineno", 0)))
    return sorted(found, key=lambda use: use[1])


def _words(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return [name]
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return [f".{name}", f"{owner}.{name}"]
        case ast.Attribute(attr=name):
            return [f".{name}"]
        case ast.Import(names=names):
            return [part for alias in names for part in (alias.name, alias.name.split(".")[0])]
        case ast.ImportFrom(module=str(module), names=names):
            return [module, module.split(".")[0], *(alias.name for alias in names),
                    *(f"{module}.{alias.name}" for alias in names)]
    return []


def untouched_functions(tree: ast.Module) -> list[str]:
    """Return qualified names of functions whose body is only `raise NotImplementedError`."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_stub(node):
            found.append(node.name)
        elif isinstance(node, ast.ClassDef):
            found += [
                f"{node.name}.{each.name}" for each in node.body
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and _is_stub(each)
            ]
    return found


def _is_stub(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    if len(body) != 1 or not isinstance(body[0], ast.Raise):
        return False
    raised = body[0].exc.func if isinstance(body[0].exc, ast.Call) else body[0].exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def compile_source(source: bytes, filename: str, forbid: tuple[str, ...]) -> tuple[Any, ...]:
    """Return ("code", bytes, untouched functions, forbidden uses) or ("bad", text, line)."""
    try:
        tree = ast.parse(source, filename)
        code = compile(tree, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        return ("bad", f"syntax error: {error.msg}", error.lineno or 0)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return ("bad", f"cannot be compiled: {error or type(error).__name__}", 0)
    uses = forbidden_uses(tree, forbid) if forbid else []
    return ("code", marshal.dumps(code), untouched_functions(tree), uses)


def restricted_builtins(forbid: tuple[str, ...]) -> dict[str, Any]:
    """Return builtins in which the forbidden names refuse to work."""
    import builtins

    def refuse(word: str) -> Any:
        def refused(*args: Any, **kwargs: Any) -> Any:
            raise RuntimeError(f"this kata forbids {word}")

        return refused

    def guarded_import(name: str, *args: Any, **kwargs: Any) -> Any:
        if name in forbid or name.split(".")[0] in forbid:
            raise ImportError(f"this kata forbids {name}")
        return __import__(name, *args, **kwargs)

    allowed = dict(vars(builtins))
    allowed.update({word: refuse(word) for word in forbid if word in allowed})
    allowed["__import__"] = guarded_import
    return allowed
