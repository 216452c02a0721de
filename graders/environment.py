"""What a nox session has installed: one dependency group of pyproject.toml.

Owns the decision whether there is anything to install. Knows nothing of what the session runs.
Imported by noxfile.py before anything is installed, so the standard library must do.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nox

_WRITE = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])"


def install(session: nox.Session, group: str) -> None:
    """Install the dependency group `group` into the session's environment.

    Asking the installer whether all is there costs 0.2 s at each start, so a stamp inside the
    environment remembers for which pyproject.toml it was filled; remade environments have none.
    """
    project = Path("pyproject.toml")  # nox has changed into the repository's root
    wanted = f"{group} {hashlib.sha256(project.read_bytes()).hexdigest()}"
    stamp = Path(session.virtualenv.location) / "kata40-installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    from nox.project import dependency_groups, load_toml

    _install(session, *dependency_groups(load_toml(project), group))
    # By run_install, because `nox -R` skips that together with the line above.
    stamping = ("python", "-c", _WRITE, str(stamp), wanted)
    session.run_install(*stamping, silent=True, log=False)


def spread(session: nox.Session) -> tuple[str, ...]:
    """Return what pytest runs, a file at a time on each core; nothing where tests are named.

    A learner's copy has no tests of the graders: there it is the suites of the katas that were
    begun, by plain pytest and so with its debugger. While there are none, all are only loaded.
    """
    if session.posargs:
        return ()
    every = ("--numprocesses=logical", "--dist=loadfile")
    if Path("tests").is_dir():
        return (*every, "--durations=20")
    begun = _begun(Path("katas"))
    return (*every, *begun) if begun else ("--collect-only", "-qq", "katas")


def _begun(katas: Path) -> list[str]:
    """Return the visible suites of katas whose module is none of the stubs that were shipped."""
    from graders import stubs

    known = stubs.known_stubs(katas)
    found = []
    for toml in sorted(katas.rglob("kata.toml")):
        slug = toml.parent.name
        module = toml.with_name(f"{slug}.py")
        if module.is_file() and stubs.stub_hash(module.read_bytes()) not in known.get(slug, ()):
            found.append(toml.with_name(f"test_{slug}.py").as_posix())
    return found


def _install(session: nox.Session, *requirements: str) -> None:
    """Install from where pip is set to, with either installer; a silent index ends it in a line."""
    from nox.command import CommandFailed

    from graders import bootstrap, mirrors, reach

    source = mirrors.source(os.environ, _pip(), Path.cwd(), uv=session.venv_backend == "uv")
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as told:
        try:
            session.install(*source.arguments, *requirements, env=source.variables,
                            silent=False, stdout=told)
        except CommandFailed:
            bootstrap.speak()
            blamed = reach.blamed(source.addresses)
            if blamed:
                session.error(blamed)
            told.seek(0)
            sys.stderr.write(told.read())
            raise


def _pip() -> list[str]:
    """Return the pip to ask for its settings: of the Python that started, of this, of the PATH."""
    import importlib.util

    from graders.bootstrap import ASKED

    asked = os.environ.get(ASKED) or (sys.executable if importlib.util.find_spec("pip") else "")
    if asked:
        return [asked, "-m", "pip"]
    found = shutil.which("pip3") or shutil.which("pip")
    return [found] if found else []
