"""Rules about [api]: what it names is what the stub and every solution define.

Read from syntax trees, so a name made at run time is not seen: such a module is told to say
`def` or `class` plainly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graders.author import definitions
from graders.author.definitions import Function
from graders.author.finding import Finding
from graders.author.material import Material, Module
from graders.model import ApiClass, Kind

_SPECIAL = {
    "len": ("__len__",),
    "iter": ("__iter__",),
    "contains": ("__contains__",),
    "getitem": ("__getitem__",),
    "context": ("__enter__", "__exit__"),
    "eq": ("__eq__",),
    "next": ("__next__",),
}

_CONFESSION = re.compile(r"repair|fault|bug|broken|wrong|mend|fix", re.IGNORECASE)


def check(material: Material) -> Iterator[Finding]:
    """Yield where stub, reference, submissions and [api] disagree, and what the stub gives away."""
    stub = material.stub
    solutions = [*([material.reference] if material.reference else []), *material.submissions()]
    for module in ([stub] if stub else []) + solutions:
        yield from _names(material, module)
    if stub:
        for module in solutions:
            yield from _signatures(material, stub, module)
        yield from _contract(material, stub)
        if material.kata.kind is not Kind.REPAIR:
            yield from _untouched(material, stub)
            yield from _undeclared(material, stub)


def _names(material: Material, module: Module) -> Iterator[Finding]:
    api = material.kata.api
    functions, classes = definitions.functions(module), definitions.classes(module)
    imported = definitions.assigned(module)
    for name in {**dict.fromkeys(api.functions), **dict.fromkeys(api.iterators)}:
        if name not in functions and name not in imported:
            what = f"defines no function {name}, which [api] names; define it or mend kata.toml"
            yield module.finding(None, "api-names", what)
    for name, base in api.exceptions:
        if name not in classes:
            what = f"defines no exception {name}, which [api] names; define it or mend kata.toml"
            yield module.finding(None, "api-names", what)
        elif base not in definitions.base_names(classes[name]):
            what = f"{name} does not derive from {base}, as [api] says; make both the same"
            yield module.finding(classes[name], "api-names", what)
    for declared in api.classes:
        if declared.name not in classes:
            what = f"defines no class {declared.name}, which [api] names; define it"
            yield module.finding(None, "api-names", what)
        else:
            yield from _class(module, declared)


def _class(module: Module, declared: ApiClass) -> Iterator[Finding]:
    owner = definitions.classes(module)[declared.name]
    methods = definitions.members(module, owner)
    known = set(methods) | definitions.attributes(owner)
    special = [(word, name) for word in declared.protocols for name in _SPECIAL[word]]
    for name in (*declared.methods, *declared.properties):
        if name not in known:
            what = f"{declared.name} has no {name}, which [api] names; define it"
            yield module.finding(owner, "api-names", what)
    for word, name in special:
        if name not in known and not (definitions.is_generated(owner) and word == "eq"):
            what = f"{declared.name} has no {name}, which protocol '{word}' in [api] needs"
            yield module.finding(owner, "api-names", what)


def _callables(material: Material, module: Module) -> dict[str, Function]:
    """Return every function and method of [api] that the module defines, by dotted name."""
    api = material.kata.api
    functions, classes = definitions.functions(module), definitions.classes(module)
    found = {n: functions[n] for n in (*api.functions, *api.iterators) if n in functions}
    for declared in api.classes:
        if owner := classes.get(declared.name):
            methods = definitions.members(module, owner)
            special = [name for word in declared.protocols for name in _SPECIAL[word]]
            for name in ("__init__", *declared.methods, *declared.properties, *special):
                if name in methods:
                    found[f"{declared.name}.{name}"] = methods[name]
    return found


def _signatures(material: Material, stub: Module, module: Module) -> Iterator[Finding]:
    ours, theirs = _callables(material, stub), _callables(material, module)
    classes = definitions.classes(module)
    for name, function in ours.items():
        expected = definitions.signature(function)
        owner, _, method = name.rpartition(".")
        if name not in theirs:
            # Only a constructor can be missed here: all else is an api-names finding.
            written = owner in classes and definitions.is_generated(classes[owner])
            if method == "__init__" and owner in classes and expected != "(self)" and not written:
                what = f"{owner} has no __init__{expected}, as the stub has; define it"
                yield module.finding(classes[owner], "api-signature", what)
        elif method not in _DUNDERS and definitions.signature(theirs[name]) != expected:
            got = definitions.signature(theirs[name])
            what = f"{name}{got} is {name}{expected} in the stub; make both the same"
            yield module.finding(theirs[name], "api-signature", what)


# Python calls these by position, so their parameters may have any name.
_DUNDERS = frozenset(name for names in _SPECIAL.values() for name in names)


def _contract(material: Material, stub: Module) -> Iterator[Finding]:
    owners = definitions.classes(stub)
    text = definitions.docstring(stub)
    if not text:
        yield stub.finding(None, "stub-contract", "has no docstring; say what is to be done here")
    elif material.kata.kind is Kind.REPAIR and not _CONFESSION.search(text):
        what = "is faulty on purpose and does not say so; say in its docstring that it needs repair"
        yield stub.finding(None, "stub-contract", what)
    for name, _ in material.kata.api.exceptions:
        if name in owners and not definitions.docstring(owners[name]):
            what = f"{name} has no docstring; say when it is raised"
            yield stub.finding(owners[name], "stub-contract", what)
    for declared in material.kata.api.classes:
        if declared.name in owners and not definitions.docstring(owners[declared.name]):
            what = f"{declared.name} has no docstring; say what it is"
            yield stub.finding(owners[declared.name], "stub-contract", what)
    for name, function in _callables(material, stub).items():
        method = name.rpartition(".")[2]
        # What a special method does is known; a constructor speaks through its class.
        if not method.startswith("__") and not definitions.docstring(function):
            what = f"{name} has no docstring; state its contract"
            yield stub.finding(function, "stub-contract", what)
        if untyped := _untyped(function):
            what = f"{name} has no type for {', '.join(untyped)}; annotate it"
            yield stub.finding(function, "stub-contract", what)


def _untyped(function: Function) -> list[str]:
    args = function.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    every += [each for each in (args.vararg, args.kwarg) if each]
    names = [each.arg for each in every if each.annotation is None and each.arg != "self"]
    return names + (["its result"] if function.returns is None else [])


def _untouched(material: Material, stub: Module) -> Iterator[Finding]:
    for name, function in _callables(material, stub).items():
        if not only_raises(function):
            what = f"{name} does something; leave `raise NotImplementedError` as its only statement"
            yield stub.finding(function, "stub-untouched", what)


def only_raises(function: Function) -> bool:
    """Whether a function's only statement is `raise NotImplementedError`."""
    match definitions.body(function):
        case [statement]:
            return definitions.raises(statement) == "NotImplementedError"
    return False


def _undeclared(material: Material, stub: Module) -> Iterator[Finding]:
    names = material.kata.api.names()
    if material.kata.kind is Kind.PROGRAM:
        names += ("main",)
    for name, node in {**definitions.functions(stub), **definitions.classes(stub)}.items():
        if name not in names and not name.startswith("_"):
            what = f"defines {name}, which [api] does not name; add it there or remove it here"
            yield stub.finding(node, "api-names", what)
    for declared in material.kata.api.classes:
        owner = definitions.classes(stub).get(declared.name)
        known = (*declared.methods, *declared.properties)
        for name, method in (definitions.members(stub, owner) if owner else {}).items():
            if not name.startswith("_") and name not in known:
                what = f"{declared.name}.{name} is not in [api]; add it there or remove it here"
                yield stub.finding(method, "api-names", what)
