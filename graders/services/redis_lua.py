"""Lua without a way out, put under fakeredis before it makes a runtime.

fakeredis hands Lua a runtime of lupa in which Python can be reached: `python.eval`, builtins,
attributes of the functions behind `redis.call`, `os.execute`. Here every runtime is made without
them, at both places where fakeredis makes one (EVAL, and FUNCTION LOAD). What is left is Lua's
own library without files, processes, modules, the debugger and compiled chunks (bytecode of Lua
5.1 is not checked when it is loaded).

Not stopped: endless loops (the process's CPU clock ends them) and faults of Lua 5.1 itself, for
which the process is sandboxed.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, NoReturn

MEMORY_MIB = 32  # of one runtime
# A Python object in Lua is a userdata whose metatable has __gc: a script that could call it would
# free the object under us. `false` in __metatable hides the table from getmetatable.
_LOCK = """
local object = ...
local hidden = getmetatable(object)
hidden.__metatable = false
hidden.__newindex = nil
local text = getmetatable("")
text.__metatable = false
for _, name in ipairs({"os", "io", "package", "require", "module", "debug", "load", "loadstring",
                       "loadfile", "dofile", "python", "newproxy", "print", "getfenv", "setfenv",
                       "gcinfo"}) do
    _G[name] = nil
end
string.dump = nil
"""


def runtime(lua: Any) -> Any:
    """Return a runtime of the lupa module `lua` that reaches nothing but Lua."""
    made = lua.LuaRuntime(encoding=None, unpack_returned_tuples=True, register_eval=False,
                          register_builtins=False, attribute_filter=_refuse,
                          max_memory=MEMORY_MIB << 20)
    made.execute(_LOCK, _nothing)
    return made


def install() -> None:
    """Make fakeredis build its runtimes here. Raises RuntimeError where it builds them elsewhere.

    fakeredis asks the module LUA_MODULE of its scripting mixin for a LuaRuntime, and hands that
    module on to the engine of functions.
    """
    from fakeredis.commands_mixins import scripting_mixin

    lua: Any = getattr(scripting_mixin, "LUA_MODULE", None)
    if isinstance(lua, SimpleNamespace):
        return
    if not hasattr(lua, "LuaRuntime"):
        raise RuntimeError("this fakeredis makes its Lua runtimes at an unknown place")

    def make(*_: object, **__: object) -> Any:
        return runtime(lua)

    names = {name: getattr(lua, name) for name in dir(lua) if not name.startswith("__")}
    shim: Any = SimpleNamespace(**{**names, "LuaRuntime": make})
    scripting_mixin.LUA_MODULE = shim


def _refuse(_: object, name: object, setting: bool) -> NoReturn:
    raise AttributeError("no attribute can be reached from Lua")


def _nothing() -> None:
    """Be a Python object, so that Lua can see what their metatable is."""
