"""The start of noxfile.py on a machine without nox, and the folder of wheels it may be given.

nox cannot install itself. This makes .nox/_bootstrap, an environment that holds nox and uv, and
starts the noxfile again in there; later starts find it made. The standard library must do.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).absolute().parents[1]
ASKED = "KATA_PIP"  # the interpreter whose pip was asked for its settings, for the second start


def speak() -> None:
    """Have graders.words speak the learner's language; not at each start, as it reads a file."""
    from graders import words

    words.use(words.choose(os.environ, ROOT))


def take_wheels(arguments: list[str]) -> None:
    """Take `--wheels DIR` out of the arguments before `--`, which nox would not know.

    Leaves it in KATA_WHEELS, which does the same. Exits with 2 unless the folder holds wheels.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    given = next((i for i in range(1, end) if arguments[i].split("=")[0] == "--wheels"), None)
    folder = os.environ.get("KATA_WHEELS", "")
    if given is not None:
        _, equals, folder = arguments[given].partition("=")
        if not equals:
            folder = arguments[given + 1] if given + 1 < end else ""
        del arguments[given : min(given + (1 if equals else 2), end)]
    elif not folder:
        return
    if not folder or not any(Path(folder).glob("*.whl")):
        from graders.words import say

        speak()
        _end(say("noxfile.py: --wheels (or KATA_WHEELS): no wheels in '{folder}'; fill a folder "
                 "on a machine with a network: {command}", folder=folder,
                 command="python3 noxfile.py -s wheels -- DIR"), 2)
    os.environ["KATA_WHEELS"] = os.path.abspath(folder)


def start_again() -> NoReturn:
    """Run the noxfile in .nox/_bootstrap, which is made first where it is missing or not whole."""
    home = ROOT / ".nox" / "_bootstrap"
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    python = bin_ / ("python.exe" if os.name == "nt" else "python")
    import importlib.util

    at_hand = importlib.util.find_spec("pip") is not None
    os.environ[ASKED] = sys.executable if at_hand else str(python)
    ready = home / "ready"  # written last: an interrupted start is made anew
    if not ready.is_file() or ready.read_text(encoding="utf-8") != sys.version:
        _prepare(home, python, at_hand)
        ready.write_text(sys.version, encoding="utf-8")
    os.environ["PATH"] = str(bin_) + os.pathsep + os.environ.get("PATH", os.defpath)
    os.environ["NOX_SCRIPT_MODE"] = "none"  # what the script block asks for is there
    command = [str(python), str(ROOT / "noxfile.py"), *sys.argv[1:]]
    if os.name == "nt":  # exec hands the terminal back at once there
        import subprocess

        sys.exit(subprocess.call(command))
    os.execv(python, command)


def _prepare(home: Path, python: Path, at_hand: bool) -> None:
    """Make the environment and install nox.

    A pip at hand serves it too: faster than a second one, and Debian's python3 may lack ensurepip,
    which makes it.
    """
    import subprocess
    import venv

    from graders import mirrors, reach
    from graders.words import say

    speak()
    sys.stderr.write(say("noxfile.py: preparing nox in .nox/_bootstrap (once)") + "\n")
    sys.stderr.flush()
    try:
        venv.create(home, clear=True, with_pip=not at_hand)
    except subprocess.CalledProcessError:
        _end(say("noxfile.py: this Python has neither pip nor ensurepip; install one, on Debian: "
                 "{command}", command="apt install python3-pip python3-venv"), 1)
    asked = [os.environ[ASKED], "-m", "pip"]
    source = mirrors.source(os.environ, asked, ROOT, uv=False)
    pip = [*asked, "--python", str(python)] if at_hand else asked
    done = subprocess.run(
        [*pip, "install", "--quiet", *source.arguments, "nox[uv]"], check=False,
        env={**os.environ, **{name: value for name, value in source.variables.items() if value}},
        capture_output=True, text=True, encoding="utf-8", errors="replace")
    if done.returncode:
        blamed = reach.blamed(source.addresses)
        if not blamed:
            sys.stderr.write(done.stdout + done.stderr)
        _end(blamed or say("noxfile.py: could not install nox; the lines above say why"), 1)


def _end(line: str, code: int) -> NoReturn:
    sys.stderr.write(line + "\n")
    sys.exit(code)
