"""The same ten tests and submission under other graders: check50 and otter-grader from PyPI.

Each lives in an environment of its own below the store, made at the first run. Neither isolates
a submission: check50 starts a process for each check, otter runs the submission in the process
of its grader. A fresh command of theirs stands against a warm judgement of ours, since neither
has a warm form. Where one cannot be installed the row says why.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import accounting, material
from benchmarks.results import Finding, Line, ratios
from benchmarks.settings import Settings
from benchmarks.warm import WarmJudge
from graders.judge.cache import default_store
from graders.model import Verdict

_INSTALL_S = 900
_CS50 = "check50:\n  files:\n    - !exclude \"*\"\n    - !require span_set.py\n"


@dataclass(frozen=True, slots=True)
class Grader:
    """Another grader: its name on PyPI, and how it judges the text of a submission in a folder."""

    name: str
    command: Callable[[Path, Path, str], list[str]]  # (bin, folder, text) -> command, run there
    also: tuple[str, ...] = ()  # packages that it needs and does not ask for


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return CPU and wall of a submission under each, and our share of them."""
    kata = material.kata(material.SPANS)
    text = material.source(material.SPANS)
    request = material.request(kata, text)
    notes: list[str] = []
    commands: dict[str, tuple[list[str], Path]] = {}
    for grader in GRADERS:
        try:
            found = installed(grader.name, grader.also)
            folder = scratch / grader.name
            folder.mkdir(parents=True)
            commands[grader.name] = grader.command(found, folder, text), folder
            accounting.run(*commands[grader.name], material.plain_environment())
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            commands.pop(grader.name, None)
            notes.append(f"{grader.name}: skipped: {error}")
    costs: dict[str, list[accounting.Cost]] = {name: [] for name in ("judge", *commands)}
    with WarmJudge(scratch / "store", 1, request) as warm:
        for _ in range(settings.rounds):
            costs["judge"].append(warm.batch([(request, Verdict.ACCEPTED)] * settings.batch))
            for name, (command, folder) in commands.items():
                costs[name].append(
                    accounting.run(command, folder, material.plain_environment()))
    return Finding(tuple(_lines(costs)), tuple(notes))


def _lines(costs: dict[str, list[accounting.Cost]]) -> list[Line]:
    lines = []
    for what in ("CPU", "wall"):
        taken = {name: [each.cpu_s if what == "CPU" else each.wall_s for each in samples]
                 for name, samples in costs.items()}
        lines += [Line(f"{what} of one submission, {name}", "ms",
                       tuple(1e3 * each for each in samples)) for name, samples in taken.items()]
        lines += [Line(f"{what}, judge / {name}", "x", ratios(taken["judge"], samples))
                  for name, samples in taken.items() if name != "judge"]
    return lines


def installed(name: str, also: tuple[str, ...] = ()) -> Path:
    """Return the folder of the commands of package `name`, installed now if it was not.

    Raises RuntimeError with the last line of what stopped it.
    """
    home = default_store() / "benchmarks" / Path(name).name
    done = home / "installed"
    if not done.exists():
        _run([sys.executable, "-m", "venv", "--clear", str(home)])
        _run([str(home / "bin" / "python"), "-m", "pip", "install", "-q", *also, name])
        done.touch()
    return home / "bin"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=_INSTALL_S, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise RuntimeError(f"{command[-1]} cannot be installed: "
                           f"{said[-1] if said else f'exit {done.returncode}'}")


def _tests() -> list[tuple[str, str]]:
    """Return (name, body) of the suite's tests; the body is indented by four spaces."""
    suite = material.kata(material.SPANS).suite.read_text(encoding="utf-8")
    return re.findall(r'def (test_\w+)\(\):\n((?:    .*\n|\n)+)', suite + "\n")


def _check50(commands: Path, folder: Path, text: str) -> list[str]:
    checks = folder / "checks"
    checks.mkdir()
    (checks / ".cs50.yml").write_text(_CS50)
    body = "import check50, check50.py, contextlib, types\n"
    body += _RAISES
    for name, test in _tests():
        body += (f'\n\n@check50.check()\ndef {name}():\n    """{name}"""\n'
                 '    module = check50.py.import_("span_set.py")\n'
                 "    SpanSet, covered = module.SpanSet, module.covered\n" + test.rstrip() + "\n")
    (checks / "__init__.py").write_text(body)
    (folder / "span_set.py").write_text(text)
    return [str(commands / "check50"), "--dev", "-o", "json", "--output-file", "out.json",
            str(checks)]


_RAISES = """
@contextlib.contextmanager
def raises(kind, match=""):
    try:
        yield
    except kind:
        return
    raise check50.Failure("did not raise")


pytest = types.SimpleNamespace(raises=raises)
"""


def _otter(commands: Path, folder: Path, text: str) -> list[str]:
    tests = folder / "tests"
    tests.mkdir()
    for name, body in _tests():
        lines = (_RAISES.replace("check50.Failure", "AssertionError")
                 .replace("\n\n\npytest", "\npytest").strip() + f"\ndef {name}():\n{body.rstrip()}")
        code = ["import contextlib, types", lines]
        shown = "\n".join(_doctest(each) for each in (*code, f"{name}()"))
        case = {"code": shown, "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        (tests / f"{name}.py").write_text(
            f"OK_FORMAT = True\ntest = {{'name': {name!r}, 'points': 1, 'suites': [{suite!r}]}}\n")
    (folder / "span_set.py").write_text(text)
    _run([str(commands / "otter"), "generate", "--no-config", "--no-requirements",
          "--no-environment", "-t", str(tests), "-o", str(folder / "autograder.zip")])
    return [str(commands / "otter"), "run", "--no-logo", "-a", "autograder.zip", "-o", ".",
            "span_set.py"]


def _doctest(code: str) -> str:
    """Return statements as a doctest shows them."""
    shown = []
    for line in code.splitlines():
        if line.strip():
            starts = line[0] not in " )" and not (shown and shown[-1].startswith(">>> @"))
            shown.append(f"{'>>>' if starts else '...'} {line}")
    return "\n".join(shown)


GRADERS = (Grader("check50", _check50), Grader("otter-grader", _otter, ("ipykernel",)))
