"""The katas of a tree: which there are, and their order.

    katas/start_here/kata.toml                           the tour: a kata of no topic, always first
    katas/<track>/<topic>_<name>/<slug>/kata.toml        all others, by topic code, then `order`

Owns the names of folders and what holds between katas. What stands in a kata.toml is
`catalog_kata`'s, how a word finds a kata `catalog_find`'s; stray and missing files are `verify`'s:
a learner may keep notes in the tree.
"""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from graders.catalog_find import find, topic_of
from graders.catalog_kata import Place, parse
from graders.catalog_toml import Document, open_document
from graders.errors import GraderError, did_you_mean
from graders.model import Kata
from graders.phrases import phrase

TRACKS = {"a": "algorithms", "s": "systems"}
TOUR = "start_here"
WARM_UP = 10  # the order of a topic's first kata, whose suite is all there is
TOPIC = re.compile(r"([as](?:0[1-9]|1[0-9]|20))_([a-z][a-z0-9_]*)")
SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SUBMISSIONS = ("wrong_", "slow_", "hungry_", "hang_")  # begin the names of known-bad solutions


@dataclass(frozen=True, slots=True)
class Catalog:
    """All katas of the tree at `root`, in the order of learning."""

    root: Path
    katas: tuple[Kata, ...]

    def find(self, word: str) -> tuple[Kata, ...]:
        """Return the kata that `word` names, or all of a topic ("s03"); see `catalog_find`.

        Raises GraderError with the closest known word when there is none.
        """
        return find(self.katas, word)

    def topic_of(self, word: str) -> str:
        """Return the code of the topic that `word` names, or "" where it names none."""
        return topic_of(self.katas, word)


def load(root: Path) -> Catalog:
    """Read every kata.toml below `root`/katas.

    Raises GraderError at the first fault. In a tree that copier made for some topics only
    (`.copier-answers.yml`), prerequisites that were left out are dropped.
    """
    root = root.resolve()
    if not (root / "katas").is_dir():
        raise GraderError(phrase("{root}: no folder 'katas' here; run this in the root of the "
                                 "repository", root=root))
    katas: dict[str, Kata] = {}
    for place in _places(root):
        kata = parse(_document(root, place.folder), place)
        if other := katas.get(kata.slug):
            raise GraderError(phrase(
                "{where}: slug '{slug}' is taken by {other}; rename one of the folders",
                where=_shown(root, place.folder), slug=kata.slug,
                other=_shown(root, other.folder)))
        katas[kata.slug] = kata
    if (root / ".copier-answers.yml").exists():
        katas = {slug: _without_absent(kata, katas) for slug, kata in katas.items()}
    _check_prerequisites(root, katas)
    return Catalog(root, tuple(sorted(katas.values(), key=_place_in_order)))


def load_named(root: Path, names: Iterable[str]) -> Catalog:
    """Read the kata.toml of the katas with these slugs only; the whole tree for any other word.

    What one kata costs must not grow with the number of its neighbours. What holds between katas
    is not checked here, `load` and `verify` do that.
    """
    root, wanted = root.resolve(), tuple(dict.fromkeys(names))
    found = [_place_of(root, slug) for slug in wanted]
    places = [each for each in found if each is not None]
    if not wanted or len(places) < len(wanted):
        return load(root)
    katas = [parse(_document(root, place.folder), place) for place in places]
    if (root / ".copier-answers.yml").exists():
        asked = {slug for kata in katas for slug in kata.prerequisites}
        present = {slug for slug in asked if _place_of(root, slug)}
        katas = [_without_absent(kata, present) for kata in katas]
    return Catalog(root, tuple(sorted(katas, key=_place_in_order)))


def _place_of(root: Path, slug: str) -> Place | None:
    """Return the one place of a slug, without a look at its neighbours; None if in doubt."""
    if check_slug(slug):
        return None
    found = [place for track in sorted(TRACKS.values())
             for topic in _folders(root / "katas" / track)
             if not check_topic_folder(topic.name, track)
             and _has_kata(topic / slug) and not topic.is_symlink()
             for place in [_place(root, track, topic, topic / slug)]]
    if len(found) != 1:
        return None
    _refuse_link(root, found[0].folder)
    return found[0]


def _place(root: Path, track: str, topic: Path, folder: Path) -> Place:
    solutions = root / "solutions" / track / topic.name / folder.name
    return Place(folder, track, topic.name[:3], topic.name, solutions)


def _place_in_order(kata: Kata) -> tuple[bool, str, int, str]:
    return kata.topic != TOUR, kata.topic, kata.order, kata.slug


def solutions_dir(root: Path, kata: Kata) -> Path:
    """Return where the solutions of `kata` stand in a tree that has them."""
    depth = 1 if kata.topic == TOUR else 3
    return root.joinpath("solutions", *kata.folder.parts[-depth:])


def hidden_suite(root: Path, kata: Kata) -> Path | None:
    """Return the hidden suite of `kata`; None for a warm-up or the tour, whose suite is all.

    Raises FileNotFoundError, with the path in the tree, where the solutions are not here.
    """
    folder = solutions_dir(root, kata)
    path = folder / f"test_hidden_{kata.slug}.py"
    if path.is_file():
        return path
    whole = kata.topic == TOUR or kata.order == WARM_UP
    if whole and (folder / f"{kata.slug}.py").is_file():
        return None
    raise FileNotFoundError(path.relative_to(root).as_posix())


def check_slug(slug: str) -> str:
    """Return what is wrong with a slug and what to do, or an empty string."""
    if not SLUG.fullmatch(slug):
        return phrase("'{slug}' is no slug; use words of a-z and 0-9 joined by _, a letter first",
                      slug=slug)
    if slug.startswith(("test_", *SUBMISSIONS)):
        return phrase("'{slug}' begins like a suite or a submission; put another word first",
                      slug=slug)
    if slug in sys.stdlib_module_names:
        return phrase("'{slug}' is a module of the standard library; choose another name",
                      slug=slug)
    if slug in _taken_names():
        return phrase("'{slug}' is a well-known Python package; choose another name", slug=slug)
    return ""


def check_topic_folder(name: str, track: str) -> str:
    """Return what is wrong with the name of a topic's folder and what to do, or nothing."""
    match = TOPIC.fullmatch(name)
    if not match:
        return phrase("'{name}' is no topic folder; name it like s03_cache or a01_two_sum",
                      name=name)
    if TRACKS[name[0]] != track:
        return phrase("topic {topic} belongs to {track}; move the folder there", topic=match[1],
                      track=TRACKS[name[0]])
    return ""


def _places(root: Path) -> Iterator[Place]:
    tour = root / "katas" / TOUR
    if _has_kata(tour):
        _refuse_link(root, tour)
        yield Place(tour, "", TOUR, TOUR, root / "solutions" / TOUR)
    for track in sorted(TRACKS.values()):
        for topic in _folders(root / "katas" / track):
            for folder in _folders(topic):
                if not _has_kata(folder):
                    continue  # a question, or a learner's own folder
                _refuse_link(root, topic)
                _refuse_link(root, folder)
                wrong = check_topic_folder(topic.name, track)
                where = topic if wrong else folder
                if wrong := wrong or check_slug(folder.name):
                    raise GraderError(f"{_shown(root, where)}: {wrong}")
                yield _place(root, track, topic, folder)


def _folders(parent: Path) -> list[Path]:
    try:
        with os.scandir(parent) as entries:
            names = sorted(each.name for each in entries if each.is_dir())
    except OSError:
        return []  # a copy may lack a whole track
    return [parent / name for name in names if not name.startswith((".", "__"))]


def _has_kata(folder: Path) -> bool:
    return os.path.lexists(folder / "kata.toml")


def _refuse_link(root: Path, path: Path) -> None:
    if path.is_symlink():
        where = _shown(root, path)
        raise GraderError(phrase("{where}: is a symbolic link; put the real file or folder there",
                                 where=where))


def _document(root: Path, folder: Path) -> Document:
    return open_document(root, folder / "kata.toml", phrase("the kata's metadata"))


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _without_absent(kata: Kata, katas: Collection[str]) -> Kata:
    present = tuple(slug for slug in kata.prerequisites if slug in katas)
    return dataclasses.replace(kata, prerequisites=present)


def _check_prerequisites(root: Path, katas: dict[str, Kata]) -> None:
    for kata in katas.values():
        for slug in kata.prerequisites:
            if slug not in katas:
                advice = did_you_mean(slug, katas) or "; leave it out until it exists"
                raise _at_prerequisites(root, kata, f"no kata '{slug}'{advice}")
    try:
        TopologicalSorter({kata.slug: kata.prerequisites for kata in katas.values()}).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        what = f"prerequisites go in a circle: {' -> '.join(reversed(circle))}; break it"
        raise _at_prerequisites(root, katas[circle[0]], what) from error


def _at_prerequisites(root: Path, kata: Kata, what: str) -> GraderError:
    return _document(root, kata.folder).error(("prerequisites",), what)


@cache
def _taken_names() -> frozenset[str]:
    text = Path(__file__).with_name("taken_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name for line in lines for name in line.split())
