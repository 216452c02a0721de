"""What a nox session has installed: one dependency group of pyproject.toml.

Owns the decision whether there is anything to install. Knows nothing of what the session runs.
Imported by noxfile.py before anything is installed, so the standard library must do.
"""

from __future__ import annotations

import hashlib
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

    session.install(*dependency_groups(load_toml(project), group))
    # By run_install, because `nox -R` skips that together with the line above.
    stamping = ("python", "-c", _WRITE, str(stamp), wanted)
    session.run_install(*stamping, silent=True, log=False)
