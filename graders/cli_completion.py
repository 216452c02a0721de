"""Completion in bash, zsh and fish: click's own scripts, made to work without a program on PATH.

The script that a shell evaluates defines `kata`, a function that runs this checkout's graders
from wherever it is called, and completes its words by asking them.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click
from click.shell_completion import ShellComplete, get_completion_class

from graders.phrases import phrase
from graders.words import say

NAME = "kata"
VARIABLE = "_KATA_COMPLETE"
_CALLS = {"bash": "$1", "zsh": NAME, "fish": NAME}  # how click's scripts call the program
_FUNCTIONS = {
    "bash": '{name}() {{ env {call} "$@"; }}\n',
    "zsh": '{name}() {{ env {call} "$@"; }}\n',
    "fish": "function {name}; env {call} $argv; end;\n",
}


def serve(cli: click.Group) -> int | None:
    """Answer a shell that asks for its script or for completions; None when none does."""
    wanted = os.environ.get(VARIABLE, "")
    if not wanted:
        return None
    shell, _, what = wanted.partition("_")
    kind = get_completion_class(shell)
    if kind is None or shell not in _FUNCTIONS or what not in ("source", "complete"):
        raise click.UsageError(
            phrase("{setting}: cannot be served; write bash_source, zsh_source or fish_source",
                   setting=f"{VARIABLE}={wanted}")
        )  # fmt: skip
    completion = kind(cli, {}, NAME, VARIABLE)
    click.echo(_script(completion, shell) if what == "source" else _answer(completion))
    return 0


def _answer(completion: ShellComplete) -> str:
    """Return what completes the words of a shell; an option is told in the language."""
    found = completion.get_completions(*completion.get_completion_args())
    for each in found:
        about = " ".join((each.help or "").split())
        each.help = say(about) if about else None
    return "\n".join(map(completion.format_completion, found))


def _script(completion: ShellComplete, shell: str) -> str:
    """Return click's script with calls of `kata` replaced by what `kata` stands for."""
    root = Path(__file__).resolve().parent.parent
    call = f"PYTHONPATH={shlex.quote(str(root))} {shlex.quote(sys.executable)} -m graders"
    script = completion.source_template % completion.source_vars()
    asked = f"{VARIABLE}={shell}_complete"
    called = _CALLS[shell]
    script = script.replace(f"{asked} {called})", f"{asked} {call})")
    if shell == "fish":  # there the words to complete stand between
        script = script.replace(f"(commandline -t) {called})", f"(commandline -t) {call})")
    script = script.replace(f"    (( ! $+commands[{NAME}] )) && return 1\n", "")
    return _FUNCTIONS[shell].format(name=NAME, call=call) + script
