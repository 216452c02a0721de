"""The command line: which commands there are, and how every one of them ends.

    0 accepted, or done     1 not accepted, or findings      2 usage      3 a fault of the judge
    130 Ctrl-C              141 the reader of our output is gone

Errors are printed here and nowhere else, as one line on stderr. What a command does is in the
modules that it imports when it is called, so that `list` need not load a judge.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from graders import (
    cli_cohort_marks,
    cli_completion,
    cli_gradebook,
    cli_learner,
    cli_maintainer,
    cli_practice,
    words,
)
from graders.cli_context import PROGRAM, root
from graders.cli_help import Context, Group
from graders.errors import GraderError
from graders.phrases import phrase

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
BROKEN_PIPE = 141  # 128 + SIGPIPE
JUDGE_FAULT = 3

EPILOG = """\
A learner needs three: `next` names a kata, `show` prints its statement, `grade` judges what you
have changed. In a nox session the same command is called like this:

\b
  python3 noxfile.py -s grade -- two_sum

Words are in English or Chinese: KATA_LANG=zh (or en) decides, otherwise the repository's own
setting, otherwise the locale.

The program `kata` with completion of commands and katas, for this shell:

\b
  eval "$(_KATA_COMPLETE=bash_source .nox/grade/bin/python -m graders)"

Write zsh_source or fish_source for another shell.
"""


@click.group(cls=Group, invoke_without_command=True, epilog=EPILOG)
@click.pass_context
def cli(context: click.Context) -> None:
    """Katas: a module to fill in or repair, tests that fail, and a judge.

    Exit codes: 0 accepted or done, 1 not accepted, 2 usage, 3 a fault of the judge.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for _module in (cli_learner, cli_practice, cli_maintainer, cli_cohort_marks, cli_gradebook):
    for _command in _module.COMMANDS:
        _command.context_class = Context
        cli.add_command(_command)


def main() -> None:
    """Run the command that the process was started with, and end the process."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code. Every error has been printed then."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an old locale must not cost the whole text
            stream.reconfigure(errors="backslashreplace")
    words.use(words.choose(os.environ, root()))
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        return _end(INTERRUPTED, phrase("interrupted"))
    except GraderError as error:
        return _end(error.exit_code, str(error))
    except click.UsageError as error:
        return _end(2, _usage(error))
    except click.ClickException as error:
        return _end(error.exit_code, error.format_message())
    except BrokenPipeError:  # `… | head`: nobody is left to tell
        return _end(BROKEN_PIPE, "")
    except Exception as error:
        return _end(JUDGE_FAULT, _unexpected(error))
    return code


def _invoke(arguments: Sequence[str]) -> int:
    if (code := cli_completion.serve(cli)) is not None:
        return code
    try:
        with cli.make_context(PROGRAM, list(arguments)) as context:
            result = cli.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    return result if isinstance(result, int) else 0


def _usage(error: click.UsageError) -> str:
    """Return click's words in one line, and where to read more."""
    message = " ".join(error.format_message().split()).rstrip(".")
    asked = error.ctx.command_path if error.ctx else PROGRAM
    return phrase("{text}; see: {command} --help", text=message, command=asked)


def _unexpected(error: Exception) -> str:
    """Return one line for a fault that nobody foresaw; the traceback when KATA_DEBUG is set."""
    if os.environ.get("KATA_DEBUG"):
        traceback.print_exc()
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        why = error.strerror or type(error).__name__
        return where + phrase(
            "the system refused it ({error}); mend that and run the command again", error=why
        )
    told = " ".join(f"{type(error).__name__}: {error}".split())[:400]
    return phrase(
        "a fault in graders ({error}); please report it with what KATA_DEBUG=1 shows", error=told
    )


def _end(code: int, line: str) -> int:
    """Print the last line, if there is one and anybody to read it."""
    try:
        if line:
            click.echo(f"kata40: {words.tell(' '.join(line.splitlines()))}", err=True)
        sys.stdout.flush()
    except OSError:
        # Python flushes once more at exit, and would complain about the same again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
