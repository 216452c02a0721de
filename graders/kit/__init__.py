"""All that a suite may import besides pytest, the standard library and its kata module.

Each word is loaded at its first use (PEP 562): this file also runs inside the sandbox, where
only `graders.kit.inside` is present and nothing of the judge half may be imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graders.kit import files as files
    from graders.kit.calls import Raised as Raised
    from graders.kit.calls import call_many as call_many
    from graders.kit.calls import checked as checked
    from graders.kit.calls import replay as replay
    from graders.kit.calls import take as take
    from graders.kit.crash import Crash as Crash
    from graders.kit.crash import crash_after as crash_after
    from graders.kit.crash import snapshots as snapshots
    from graders.kit.crossing import compute as compute
    from graders.kit.crossing import scripted as scripted
    from graders.kit.crossing import stream as stream
    from graders.kit.inside.sql import connect as connect
    from graders.kit.measure import growth as growth
    from graders.kit.measure import peak_memory as peak_memory
    from graders.kit.measure import probe as probe
    from graders.kit.net import client as client
    from graders.kit.net import free_port as free_port
    from graders.kit.net import listener as listener
    from graders.kit.offered import counted as counted
    from graders.kit.offered import expose as expose
    from graders.kit.offered import tokens as tokens
    from graders.kit.program import assert_output as assert_output
    from graders.kit.program import run_program as run_program
    from graders.kit.services import ServiceError as ServiceError
    from graders.kit.threads import run_threads as run_threads

# No module may be called like a word: importing it would put the module in the word's place.
_WORDS = {
    "Crash": "crash",
    "Raised": "calls",
    "ServiceError": "services",
    "assert_output": "program",
    "call_many": "calls",
    "checked": "calls",
    "client": "net",
    "compute": "crossing",
    "connect": "inside.sql",
    "counted": "offered",
    "crash_after": "crash",
    "expose": "offered",
    "files": "files",
    "free_port": "net",
    "growth": "measure",
    "listener": "net",
    "peak_memory": "measure",
    "probe": "measure",
    "replay": "calls",
    "run_program": "program",
    "run_threads": "threads",
    "scripted": "crossing",
    "snapshots": "crash",
    "stream": "crossing",
    "take": "calls",
    "tokens": "offered",
}

__all__ = sorted(_WORDS)


def __getattr__(name: str) -> Any:
    """Load the module that holds the word `name`; AttributeError for anything else."""
    if name not in _WORDS:
        raise AttributeError(f"graders.kit has no word {name!r}; it has: {', '.join(_WORDS)}")
    module = import_module(f"graders.kit.{_WORDS[name]}")
    return module if name == _WORDS[name] else getattr(module, name)


def __dir__() -> list[str]:
    return sorted(_WORDS)
