"""Mutants of a reference: copies of it with one small change each.

The changes are those of mutmut, whose operators are plain functions from a libcst node to others
and can be had without its runner. cosmic-ray's can too, but it replaces every operator by every
other, in annotations as well (most of that crashes or is equivalent), and brings aiohttp,
SQLAlchemy and GitPython; libcst alone has no operators, and ours would be nobody's standard.

What is left alone, because a suite has no business there: annotations, names that only they read,
decorators, and the words of an error (the convention judges exceptions by class). Two mutants that
are the same program, or the same as the original, are one or none. Knows nothing of judging.
"""

from __future__ import annotations

import ast
import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators  # there since mutmut 3.4; read at 3.8.1

_NEVER = ("len", "isinstance")  # taking their arguments away only crashes, as mutmut says too


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed copy. `before` and `after` are the lines that differ, joined and stripped."""

    line: int  # of the first changed line, from 1
    before: str
    after: str
    source: str

    @property
    def change(self) -> tuple[str, str]:
        """What mutants.toml calls it by: the changed text, however it is laid out."""
        return flat(self.before), flat(self.after)


def flat(text: str) -> str:
    """Return `text` on one line with single spaces."""
    return " ".join(text.split())


def make(text: str) -> list[Mutant]:
    """Return the mutants of a module in the order of its lines, none twice.

    Raises SyntaxError where `text` is not Python. Copies that do not compile are left out.
    """
    tree = ast.parse(text)
    seen = {ast.dump(tree)}
    mutants = []
    for source in _sources(text, _read_names(tree)):
        try:
            compile(source, "mutant", "exec", dont_inherit=True)  # also tells `return` outside
            program = ast.dump(ast.parse(source))
        except SyntaxError:
            continue
        if program not in seen:
            seen.add(program)
            mutants.append(_mutant(text, source))
    return sorted(mutants, key=lambda mutant: mutant.line)


def sampled(made: list[Mutant], sample: int | None) -> list[Mutant]:
    """Return `sample` of the mutants (all if None), chosen by their contents alone."""
    if sample is None or sample >= len(made):
        return made
    seed = hashlib.sha256("".join(each.source for each in made).encode()).hexdigest()
    kept = set(random.Random(seed).sample(range(len(made)), sample))
    return [mutant for number, mutant in enumerate(made) if number in kept]


def _sources(text: str, read: frozenset[str]) -> Iterator[str]:
    """Yield the changed copies. Texts are spliced: replacing nodes takes 40 ms each."""
    wrapper = MetadataWrapper(cst.parse_module(text))
    module = wrapper.module
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)
    # Not splitlines(): it also breaks at characters that end no line of Python.
    starts = [0, *(found.end() for found in re.finditer(r"\r\n?|\n", text))]
    walk = _Walk(read)
    module.visit(walk)
    for node, other in walk.changes:
        if isinstance(node, cst.BaseCompoundStatement):  # its lines need their indentation
            changed = module.deep_replace(node, other)
            assert isinstance(changed, cst.Module)  # what is replaced is never the module itself
            yield changed.code
            continue
        span = spans[node]
        begin = starts[span.start.line - 1] + span.start.column
        end = starts[span.end.line - 1] + span.end.column
        yield text[:begin] + module.code_for_node(other) + text[end:]


def _mutant(text: str, source: str) -> Mutant:
    old, new = text.split("\n"), source.split("\n")
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    left = shorter - head
    tail = next((i for i in range(left) if old[-1 - i] != new[-1 - i]), left)
    if head + tail in (len(old), len(new)) and head:
        head -= 1  # lines were only added or taken out: the one above says where
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    return Mutant(head + 1, _joined(before), _joined(after), source)


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


class _Walk(cst.CSTVisitor):
    """Collects (node, what an operator makes of it) wherever a change can matter."""

    def __init__(self, read: frozenset[str]) -> None:
        super().__init__()
        self.read = read
        self.depth = 0  # of functions and classes
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note the changes of one node; say whether to look inside."""
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if isinstance(node, cst.Raise) and _says_words(node):
            return False
        if self.depth == 0 and isinstance(node, cst.Assign | cst.AnnAssign) and not (
                self.read & set(_targets(node))):
            return False  # a type alias, say
        self.depth += isinstance(node, cst.FunctionDef | cst.ClassDef)
        if not (isinstance(node, cst.Call) and isinstance(node.func, cst.Name)
                and node.func.value in _NEVER):
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    self.changes += [(node, other) for other in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        """Note that a function or class has ended."""
        self.depth -= isinstance(original_node, cst.FunctionDef | cst.ClassDef)


def _says_words(node: cst.Raise) -> bool:
    """Whether all that the exception gets is text: `raise ValueError(f"…")`."""
    strings = (cst.SimpleString, cst.FormattedString, cst.ConcatenatedString)
    return isinstance(node.exc, cst.Call) and all(
        isinstance(argument.value, strings) for argument in node.exc.args)


def _targets(node: cst.Assign | cst.AnnAssign) -> Iterator[str]:
    """Yield the names that a statement binds; of anything else a name that is always read."""
    targets = [each.target for each in node.targets] if isinstance(node, cst.Assign) else [
        node.target]
    for target in targets:
        yield target.value if isinstance(target, cst.Name) else _UNKNOWN


_UNKNOWN = "(not a name)"


def _read_names(tree: ast.Module) -> frozenset[str]:
    """Return the names that anything but an annotation reads."""
    within = {id(inner) for node in ast.walk(tree)
              for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None))
              if isinstance(annotation, ast.AST) for inner in ast.walk(annotation)}
    return frozenset({_UNKNOWN}).union(
        node.id for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in within)
