"""Rules about what surrounds katas: the topics' pages, and folders where nothing else may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from graders.author import law_chinese, law_files, law_text
from graders.author.finding import Finding
from graders.author.material import CACHES, LANGUAGES, Unreadable, page_name, read_text
from graders.author.page import Page, read_page
from graders.catalog import TOUR, TRACKS, Catalog
from graders.model import Kata

_IN_KATAS = ("conftest.py", "manifest.json", "paths.toml", TOUR, *TRACKS.values())
_IN_SOLUTIONS = ("conftest.py", TOUR, *TRACKS.values())
_QUESTION = {
    "katas": ("question.toml", "answers.toml", "keys.json"),
    "solutions": ("key.toml", "compute.py"),
}


def check_topic(catalog: Catalog, topic_folder: str) -> Iterator[Finding]:
    """Yield what is wrong with the pages of one topic and what else stands beside its katas."""
    katas = [kata for kata in catalog.katas if kata.topic_folder == topic_folder]
    if not katas or katas[0].topic == TOUR:
        return
    for tree in ("katas", "solutions"):
        folder = Path(tree, katas[0].track, topic_folder)
        pages: dict[str, Page] = {}
        for language in LANGUAGES:
            path = folder / page_name("README", language)
            try:
                if not (catalog.root / path).exists():
                    raise Unreadable(path.as_posix(), 0, "is missing; write the topic's page")
                pages[language] = read_page(path.as_posix(), read_text(catalog.root, path))
            except Unreadable as error:
                missing = "missing" in error.finding.message
                rule = "topic-page" if missing else error.finding.rule
                yield Finding(error.finding.path, error.finding.line, rule, error.finding.message)
        for page in pages.values():
            yield from _page(catalog, page, katas)
        if len(pages) == len(LANGUAGES):
            yield from law_text.check_pair(pages["en"], pages["zh"])
        yield from _strays(catalog.root, folder, [kata.slug for kata in katas])


def _page(catalog: Catalog, page: Page, katas: list[Kata]) -> Iterator[Finding]:
    yield from law_files.check_language(page)
    yield from law_text.check_links(catalog.root, page)
    yield from law_chinese.check_page(page)
    linked = {part for link in page.links for part in PurePosixPath(link.target).parts}
    for kata in katas:
        if kata.slug not in linked:
            what = f"does not list {kata.slug}; add a link to its folder"
            yield Finding(page.path, 0, "topic-page", what)


def _strays(root: Path, folder: Path, slugs: list[str]) -> Iterator[Finding]:
    names = [*slugs, "question", *(page_name("README", language) for language in LANGUAGES)]
    yield from _others(root, folder, names)
    yield from _others(root, folder / "question", _QUESTION[folder.parts[0]])


def check_tree(catalog: Catalog) -> Iterator[Finding]:
    """Yield what stands in katas/ and solutions/ and belongs to no kata and no topic."""
    topics = {(kata.track, kata.topic_folder) for kata in catalog.katas}
    for tree, known in (("katas", _IN_KATAS), ("solutions", _IN_SOLUTIONS)):
        yield from _others(catalog.root, Path(tree), known)
        for track in TRACKS.values():
            folders = [topic for belongs, topic in topics if belongs == track]
            yield from _others(catalog.root, Path(tree, track), folders)


def _others(root: Path, folder: Path, known: list[str] | tuple[str, ...]) -> Iterator[Finding]:
    if not (root / folder).is_dir():
        return
    for path in sorted((root / folder).iterdir()):
        if path.name not in known and path.name not in CACHES:
            what = "belongs to no kata; remove it, or finish the kata (a folder with kata.toml)"
            yield Finding((folder / path.name).as_posix(), 0, "file-unexpected", what)
