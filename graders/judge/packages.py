"""Where an installed distribution lies, for the few that code in the sandbox may import.

A worker sees no installed package but those that its job names: their folders and files join the
read-only binds, at the paths they have outside, which are on the worker's import path already.
What a distribution needs is not looked up: name it as well. Where packages lie in the base
interpreter's own site-packages (no virtual environment), the sandbox covers them.
"""

from __future__ import annotations

from importlib import metadata

from graders.phrases import phrase


def paths(names: tuple[str, ...]) -> list[str]:
    """Return the top-level folders and files of these distributions.

    Raises LookupError for one that is not installed.
    """
    found: dict[str, None] = {}
    for name in names:
        installed = _installed(name)
        for file in installed.files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not top.endswith((".dist-info", ".pth")):
                found[str(installed.locate_file(top))] = None
    return list(found)


def is_installed(name: str) -> bool:
    """Whether this environment has the distribution."""
    return not versions((name,))[0].endswith("==")


def versions(names: tuple[str, ...]) -> list[str]:
    """Return "name==version" for each; an empty version for one that is not installed."""
    told = []
    for name in sorted(names):
        try:
            told.append(f"{name}=={metadata.version(name)}")
        except metadata.PackageNotFoundError:
            told.append(f"{name}==")
    return told


def _installed(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise LookupError(phrase("{name} is not installed here; install the dependency group "
                                 "that holds it", name=name)) from error
