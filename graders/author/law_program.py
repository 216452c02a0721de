"""Rules about programs: a stub that runs, suites that run it and import nothing of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from graders.author import definitions
from graders.author.finding import Finding
from graders.author.law_api import only_raises
from graders.author.material import Material, Module
from graders.model import Kind

_WORDS = {"run_program", "assert_output"}


def check(material: Material) -> Iterator[Finding]:
    """Yield where stub and suites are not those of a program, or of no program use its words."""
    is_program = material.kata.kind is Kind.PROGRAM
    if is_program and material.stub:
        yield from _stub(material.stub)
    for suite in material.suites():
        used = _WORDS & _kit_words(suite)
        if is_program and "run_program" not in used:
            what = "never runs the program; import run_program from graders.kit"
            yield suite.finding(None, "program", what)
        if not is_program and used:
            what = f'uses {min(used)}; that is for kind = "program", so call what [api] names'
            yield suite.finding(None, "program", what)


def _stub(stub: Module) -> Iterator[Finding]:
    main = definitions.functions(stub).get("main")
    if main is None:
        what = "has no function main; define it with `raise NotImplementedError` as its statement"
        yield stub.finding(None, "program", what)
    elif definitions.signature(main) != "()":
        what = f"main{definitions.signature(main)} takes arguments; a program reads its input"
        yield stub.finding(main, "program", what)
    elif not only_raises(main):
        what = "main does something; leave `raise NotImplementedError` as its only statement"
        yield stub.finding(main, "stub-untouched", what)
    elif not definitions.docstring(main):
        what = "main has no docstring; say how to read and how to write"
        yield stub.finding(main, "stub-contract", what)
    if not any(_runs_main(node) for node in stub.tree.body):
        what = 'runs nothing; end with `if __name__ == "__main__":` and `main()` below it'
        yield stub.finding(None, "program", what)


def _runs_main(node: ast.stmt) -> bool:
    return ast.unparse(node) == "if __name__ == '__main__':\n    main()"


def _kit_words(suite: Module) -> set[str]:
    return {alias.name for node in ast.walk(suite.tree) if isinstance(node, ast.ImportFrom)
            and node.module == "graders.kit" for alias in node.names}
