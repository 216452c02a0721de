"""What a path of a learner's repository is: theirs, the graders', or a page that both may write.

    work     katas/…/two_sum/two_sum.py, katas/…/question/answers.toml    the learner's, always
    ground   suites, kata.toml, graders/, noxfile.py, .github/, …         what marks stand on
    page     README.md, docs/, statements, pyproject.toml, …              the rest that is shipped

Whatever was never shipped is the learner's own as well; that is for the caller to know.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

_SHEET = re.compile(r"katas/[^/]+/([^/]+)/question/answers\.toml")
_MODULE = re.compile(r"(katas/(?:[^/]+/)*([^/]+))/\2\.py")
_GROUND = re.compile(
    r"graders/.*|\.github/.*|noxfile\.py|\.copier-answers\.yml"
    r"|katas/(?:.*/)?(?:test_[^/]*\.py|conftest\.py|kata\.toml|question\.toml|keys\.json)"
    r"|katas/(?:manifest\.json|paths\.toml)")
_TOML = "/kata.toml"


class Kind(Enum):
    """Whose a shipped file is."""

    WORK = "work"
    GROUND = "ground"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Shipment:
    """The paths of one version that was or is to be shipped."""

    paths: frozenset[str]
    katas: frozenset[str]  # their folders

    @classmethod
    def of(cls, paths: Iterable[str]) -> Shipment:
        """Return the shipment of these paths; a folder with a kata.toml is a kata's."""
        held = frozenset(paths)
        return cls(held, frozenset(path.removesuffix(_TOML) for path in held
                                   if path.startswith("katas/") and path.endswith(_TOML)))

    def kind(self, path: str) -> Kind:
        """Return what a path is. The other Python files in a kata's folder are pages."""
        if _SHEET.fullmatch(path):
            return Kind.WORK
        module = _MODULE.fullmatch(path)
        if module and module[1] in self.katas:
            return Kind.WORK
        return Kind.GROUND if _GROUND.fullmatch(path) else Kind.PAGE

    def home(self, slug: str) -> str:
        """Return the folder of a kata, "" where it is not shipped."""
        return next((each for each in self.katas if each.endswith(f"/{slug}")), "")


def manifest_name(path: str) -> str:
    """Return under which name a piece of work stands in katas/manifest.json."""
    sheet = _SHEET.fullmatch(path)
    return f"{sheet[1]}/answers" if sheet else path.rpartition("/")[2].removesuffix(".py")


def module_of(folder: str) -> str:
    """Return the path of the module in a kata's folder."""
    return f"{folder}/{folder.rpartition('/')[2]}.py"


def folder_of(path: str, folders: Collection[str]) -> str:
    """Return the one of `folders` that a path lies in, "" if in none."""
    parts = path.split("/")
    tries = ("/".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((each for each in tries if each in folders), "")
