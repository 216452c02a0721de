"""What `import two_sum` yields in the judge child: stand-ins built from kata.toml alone.

Because they need nothing of the submission, collection needs no worker. They offer the declared
names and protocols only, and no arithmetic or order: nothing a learner returns can answer a
comparison with an expected value.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from typing import Any

from graders.judge.calls import Call
from graders.judge.facts import ForeignResult
from graders.judge.link import Link
from graders.kit import remote
from graders.kit.represent import represent
from graders.model import Api, ApiClass
from graders.phrases import phrase

# What a protocol must return, so that a learner's object cannot smuggle one of its own.
_RETURNS = {"__len__": int, "__contains__": bool, "__eq__": bool}


class RemoteFunction(remote.Remote):
    """A function of the learner's module."""

    __slots__ = ("__name__",)

    def __init__(self, link: Link, name: str) -> None:
        self._link, self.__name__ = link, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker."""
        return self._link.request(Call("call", self.__name__, args=args, kwargs=kwargs))  # type: ignore[attr-defined]

    def _reference(self) -> tuple[str, Any, int]:
        return "fn", self.__name__, 0

    def __repr__(self) -> str:
        return self.__name__


class RemoteMethod(remote.Remote):
    """A method of one of the learner's objects."""

    __slots__ = ("__name__", "_handle")

    def __init__(self, handle: Handle, name: str) -> None:
        self._link, self._handle, self.__name__ = handle._link, handle, name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it in the worker."""
        return self._handle._call(self.__name__, args, kwargs)

    def _reference(self) -> tuple[str, Any, int]:
        return "meth", (self._handle._number, self.__name__), self._handle._made_in

    def __repr__(self) -> str:
        return f"{self._handle!r}.{self.__name__}"


class HandleType(remote.RemoteType):
    """Calling a stand-in class makes the object in the worker."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Make the object in the worker; return its handle."""
        made = cls._link.request(Call("call", cls.__name__, args=args, kwargs=kwargs))  # type: ignore[attr-defined]
        if not isinstance(made, cls):
            raise ForeignResult(phrase("{name}(…) made no {name}", name=cls.__name__))
        parts = [represent(each) for each in args]
        parts += [f"{name}={represent(value)}" for name, value in kwargs.items()]
        made._text = f"{cls.__name__}({', '.join(parts)})"
        return made

    def __repr__(cls) -> str:
        return cls.__name__


class Handle(remote.Remote, metaclass=HandleType):
    """An object that lives in the worker."""

    __slots__ = ("_made_in", "_number", "_text")
    _link: Any
    _made_in: int
    _number: int
    _text: str

    def _call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self._made_in != self._link.generation:
            raise ForeignResult(phrase("{object} is from before the crash, or of another test",
                                       object=repr(self)))
        value = self._link.request(Call("method", name, self, args, kwargs))
        wanted = _RETURNS.get(name)
        if wanted is not None and type(value) is not wanted:
            raise ForeignResult(phrase("{name} returned {kind}, not {wanted}", name=name,
                                       kind=type(value).__name__, wanted=wanted.__name__))
        return value

    def _reference(self) -> tuple[str, Any, int]:
        return "obj", self._number, self._made_in

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handle) and (self._number, self._made_in) == (
            other._number, other._made_in)

    def __hash__(self) -> int:
        return hash((self._number, self._made_in))

    def __repr__(self) -> str:
        return self._text


class RemoteIterator(Handle):
    """An iterator that lives in the worker: next and close."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return self._link.request(Call("next", "next", self))

    def close(self) -> None:
        """Close the iterator in the worker."""
        self._link.request(Call("close", "close", self))


def _method(name: str) -> Any:
    return property(lambda self: RemoteMethod(self, name))


def _property(name: str) -> Any:
    return property(lambda self: self._link.request(Call("get", name, self)))


def _protocol(name: str) -> Any:
    def call(self: Handle, *args: Any) -> Any:
        return self._call(name, args, {})

    call.__name__ = name
    return call


def _equal(self: Handle, other: object) -> bool:
    """Ask the learner about a handle only: it must never see, and judge, an expected value."""
    return isinstance(other, Handle) and self._call("__eq__", (other,), {})


def _leave(self: Handle, kind: type[BaseException] | None, error: BaseException | None,
           trace: object) -> bool:
    """Cross as a builtin exception name and plain args: the object itself stays here.

    What the learner swallows is what the suite itself has raised, and no failed assertion: else
    a `with` block would pass because it was cut short.
    """
    name = "" if kind is None else next(
        (each.__name__ for each in kind.__mro__ if each.__module__ == "builtins"), "Exception")
    args = tuple(a for a in getattr(error, "args", ()) if type(a) in (str, int, float, bool))
    swallowed = bool(self._link.request(Call("exit", name, self, args)))
    return swallowed and isinstance(error, Exception) and not (
        isinstance(error, AssertionError) or self._link.trail.frames_of(error) is not None)


_PROTOCOLS: dict[str, tuple[str, ...]] = {
    "len": ("__len__",), "iter": ("__iter__",), "contains": ("__contains__",),
    "getitem": ("__getitem__",), "next": ("__next__",),
}


def _class(spec: ApiClass, link: Link) -> type:
    body: dict[str, Any] = {"__slots__": (), "_link": link, "__module__": "learner"}
    body |= {name: _method(name) for name in spec.methods}
    body |= {name: _property(name) for name in spec.properties}
    for protocol in spec.protocols:
        body |= {name: _protocol(name) for name in _PROTOCOLS.get(protocol, ())}
    if "eq" in spec.protocols:
        body |= {"__eq__": _equal, "__hash__": Handle.__hash__}
    if "context" in spec.protocols:
        body |= {"__enter__": _protocol("__enter__"), "__exit__": _leave}
    if "next" in spec.protocols:
        body["__next__"] = lambda self: self._link.request(Call("next", "next", self))
    return HandleType(spec.name, (Handle,), body)


def module(name: str, api: Api, link: Link) -> types.ModuleType:
    """Return the stand-in for the learner's module."""
    made = types.ModuleType(name)
    for each in dict.fromkeys((*api.functions, *api.iterators)):
        setattr(made, each, RemoteFunction(link, each))
    classes = {spec.name: _class(spec, link) for spec in api.classes}
    vars(made).update(classes)
    vars(made).update(link.declared)

    def adopt(reply: tuple[Any, ...], generation: int) -> Handle:
        match reply:
            case ("iter", int(number)):
                cls: Any = RemoteIterator
            case ("new", str(name), int(number)) if name in classes:
                cls = classes[name]
            case _:
                raise ForeignResult(phrase("returned an object that the kata does not declare"))
        handle: Handle = object.__new__(cls)
        handle._number, handle._made_in = number, generation
        if cls is RemoteIterator:
            handle._link, handle._text = link, "<iterator>"  # the others have it on their class
        else:
            handle._text = f"<{cls.__name__}>"
        return handle

    link.adopt = adopt
    return made


class Finder:
    """Answers `import two_sum` with the stand-in; stands first on sys.meta_path."""

    def __init__(self, stand_in: types.ModuleType) -> None:
        self.stand_in = stand_in

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Return a spec for the kata's module only."""
        return ModuleSpec(name, self) if name == self.stand_in.__name__ else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Return the stand-in itself."""
        return self.stand_in

    def exec_module(self, made: types.ModuleType) -> None:
        """Nothing to run: the learner's code lives in the worker."""
