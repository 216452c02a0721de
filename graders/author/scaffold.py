"""`new`: write every file of a new kata, in both trees, for its author to finish.

The files are written into a folder beside the trees and moved into place when all are there; a
fault on the way leaves the trees as they were. What is written is valid for the catalogue, so
that the other katas can still be judged, and fails `verify` in every file.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

from graders.author import scaffold_program
from graders.author import scaffold_texts as texts
from graders.catalog import TOPIC, TRACKS, WARM_UP, Catalog, check_slug, load
from graders.errors import GraderError, did_you_mean

_STEP = 10  # between the `order` of neighbours, so that another kata fits between them
_WRONG = 4


@dataclass(frozen=True, slots=True)
class _Plan:
    """The kata to be: where it goes and what its templates need."""

    slug: str
    track: str
    topic_folder: str
    order: int
    new_topic: bool
    program: bool

    @property
    def fields(self) -> dict[str, str]:
        warm_up = self.order == WARM_UP
        return {
            "slug": self.slug,
            "kind": '"program"'.ljust(27) if self.program else '"implement"'.ljust(27),
            "api": "forbid = []" if self.program else f'functions = ["{self.slug}"]',
            "code": self.topic_folder[:3].upper(),
            "order": str(self.order),
            "difficulty": "1" if warm_up else "2",
            "minutes": "20" if warm_up else "45",
        }


def new(root: Path, topic: str, slug: str, program: bool = False) -> list[Path]:
    """Scaffold a kata; return the files that were written.

    `topic` is a code ("s03") or, for a topic without folder, the folder to make ("s03_cache");
    `program` makes one that reads standard input.
    The first kata of a topic is its warm-up. Raises GraderError for a name that is taken or not
    allowed, and when the files cannot be written; then nothing has changed.
    """
    catalog = load(root)
    plan = replace(_plan(catalog, topic, slug), program=program)
    staged = Path(tempfile.mkdtemp(prefix=".new_", dir=catalog.root))
    try:
        staged.chmod(0o755)
        files = [path for path in _write(staged, plan) if not (catalog.root / path).exists()]
        _move(staged, catalog.root)
    except OSError as error:
        why = error.strerror or type(error).__name__
        what = f"{slug}: cannot be written ({why}); nothing was changed"
        raise GraderError(f"{what}, try again when this is mended") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return [catalog.root / path for path in files]


def _plan(catalog: Catalog, topic: str, slug: str) -> _Plan:
    if wrong := check_slug(slug):
        raise GraderError(f"{slug}: {wrong}")
    for kata in catalog.katas:
        if kata.slug == slug:
            raise GraderError(
                f"{slug}: this kata exists in {kata.topic_folder}; choose another name"
            )
    track, folder = _topic(catalog.root, topic)
    for tree in ("katas", "solutions"):
        if (catalog.root / tree / track / folder / slug).exists():
            where = f"{tree}/{track}/{folder}/{slug}"
            raise GraderError(f"{where}: is there already; remove it or choose another name")
    orders = [kata.order for kata in catalog.katas if kata.topic_folder == folder]
    order = max(orders) + _STEP if orders else WARM_UP
    known = (catalog.root / "katas" / track / folder).exists()
    return _Plan(slug, track, folder, order, not known, False)


def _topic(root: Path, topic: str) -> tuple[str, str]:
    """Return track and folder of a topic, which need not exist when its full name is given."""
    folders = {
        path.name: track
        for track in TRACKS.values()
        for path in sorted((root / "katas" / track).glob("*_*"))
        if path.is_dir() and TOPIC.fullmatch(path.name)
    }
    name = topic.lower()
    for folder, track in folders.items():
        if name in (folder, folder[:3]):
            return track, folder
    if match := TOPIC.fullmatch(name):
        for folder in folders:
            if folder[:3] == match[1]:
                raise GraderError(
                    f"{topic}: topic {match[1]} has the folder {folder}; use this name"
                )
        return TRACKS[name[0]], name
    if TOPIC.fullmatch(f"{name}_x"):
        example = f"write its full name, like {name}_cache, to make one"
        raise GraderError(f"{topic}: this topic has no folder yet; {example}")
    wrong = did_you_mean(name, folders) or "; name it like s03_cache or a01_two_sum"
    raise GraderError(f"{topic}: is no topic{wrong}")


def _write(staged: Path, plan: _Plan) -> list[Path]:
    code = scaffold_program if plan.program else texts
    here = Path("katas", plan.track, plan.topic_folder, plan.slug)
    there = Path("solutions", plan.track, plan.topic_folder, plan.slug)
    files = {
        here / "kata.toml": texts.KATA_TOML,
        here / "README.md": texts.README_EN,
        here / "README.zh.md": texts.README_ZH,
        here / f"{plan.slug}.py": code.STUB,
        here / f"test_{plan.slug}.py": code.SUITE,
        there / f"{plan.slug}.py": code.REFERENCE,
        there / "ANSWER.md": texts.ANSWER_EN,
        there / "ANSWER.zh.md": texts.ANSWER_ZH,
    }
    if plan.order != WARM_UP:
        files[there / f"test_hidden_{plan.slug}.py"] = code.HIDDEN
        for number in range(1, _WRONG + 1):
            files[there / f"wrong_unfinished_{number}.py"] = code.WRONG
    if plan.new_topic:
        for folder in (here.parent, there.parent):
            files[folder / "README.md"] = texts.TOPIC_EN
            files[folder / "README.zh.md"] = texts.TOPIC_ZH
    for path, text in files.items():
        filled = Template(text).substitute(plan.fields | _page_fields(path))
        (staged / path).parent.mkdir(parents=True, exist_ok=True)
        (staged / path).write_text(filled, encoding="utf-8", newline="\n")
    return sorted(files)


def _page_fields(path: Path) -> dict[str, str]:
    """Return what differs between the topic's page for learners and the one with the answer."""
    chinese = path.name.endswith(".zh.md")
    if path.parts[0] == "katas":
        return {"page": "README.zh.md" if chinese else "README.md", "answer": ""}
    answer = "的参考答案与分析" if chinese else ", its model answer and analysis"
    return {"page": "ANSWER.zh.md" if chinese else "ANSWER.md", "answer": answer}


def _move(staged: Path, root: Path) -> None:
    """Move what is new into the trees; on a fault, take back what was moved and raise OSError."""
    moved: list[tuple[Path, Path]] = []
    try:
        for source in _topmost(staged, staged, root):
            target = root / source.relative_to(staged)
            source.rename(target)
            moved.append((source, target))
    except OSError:
        for source, target in reversed(moved):
            target.rename(source)
        raise


def _topmost(folder: Path, staged: Path, root: Path) -> list[Path]:
    """Return the largest folders (or files) below `folder` that have no counterpart in `root`."""
    found = []
    for path in sorted(folder.iterdir()):
        if not (root / path.relative_to(staged)).exists():
            found.append(path)
        elif path.is_dir():
            found += _topmost(path, staged, root)
    return found
