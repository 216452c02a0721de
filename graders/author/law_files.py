"""Rules about files: what must be there, what must not, and that each is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from graders.author.finding import Finding
from graders.author.material import LANGUAGES, Material, page_name
from graders.author.page import CODE, Page
from graders.catalog import SUBMISSIONS
from graders.stubs import stub_hash

UNFINISHED = "UNFINISHED"  # what `new` leaves wherever an author has to write
CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
WORD = re.compile(rf"[A-Za-z0-9_'’-]+|{CODE}")
# Below this a page cannot hold what it must say: the shortest honest statements (warm-ups of
# one function) have about 60 words or 90 Chinese characters.
LEAST_WORDS, LEAST_CHARACTERS = 30, 50

_OPTIONAL = ("mutants.toml",)


def check(material: Material, stubs: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Yield what is wrong with the files of one kata. `stubs`: shipped hashes by slug, or empty."""
    yield from _missing(material)
    yield from _unexpected(material)
    yield from _unfinished(material)
    for page in material.pages.values():
        yield from check_language(page)
    if stubs and material.stub:
        known = stubs.get(material.kata.slug, frozenset())
        if stub_hash(material.stub.text.encode()) not in known:
            what = "katas/manifest.json does not know this stub; run `publish --manifest`"
            yield material.stub.finding(None, "stub-listed", what)


def _missing(material: Material) -> Iterator[Finding]:
    slug, present = material.kata.slug, {path.as_posix() for path in material.files}
    here = [f"{slug}.py", f"test_{slug}.py", *(page_name("README", each) for each in LANGUAGES)]
    there = [f"{slug}.py", *(page_name("ANSWER", each) for each in LANGUAGES)]
    if not material.is_warm_up:
        there.append(f"test_hidden_{slug}.py")
    for folder, names in ((material.here, here), (material.there, there)):
        for name in names:
            if f"{folder}/{name}" not in present:
                yield Finding(f"{folder}/{name}", 0, "file-missing", "is missing; write it")


def _unexpected(material: Material) -> Iterator[Finding]:
    slug = material.kata.slug
    here = {f"{slug}.py", f"test_{slug}.py", "kata.toml"}
    here |= {page_name("README", each) for each in LANGUAGES}
    there = {f"{slug}.py", f"test_hidden_{slug}.py", *_OPTIONAL}
    there |= {page_name("ANSWER", each) for each in LANGUAGES}
    for file in material.files:
        path = PurePosixPath(file)
        known = here if path.is_relative_to(material.here) else there
        flat = path.parent.as_posix() in (material.here, material.there)
        submission = known is there and path.suffix == ".py" and path.name.startswith(SUBMISSIONS)
        if not flat or not (path.name in known or submission):
            what = "is not part of a kata; remove it"
            if known is there and path.suffix == ".py":
                what = f"is no submission; begin its name with one of {', '.join(SUBMISSIONS)}"
            yield Finding(path.as_posix(), 0, "file-unexpected", what)
    if material.is_warm_up and material.hidden:
        what = "a warm-up has no hidden suite; remove it or move its tests to the visible one"
        yield material.hidden.finding(None, "warm-up", what)


def _unfinished(material: Material) -> Iterator[Finding]:
    texts = [(path, module.text) for path, module in material.modules.items()]
    texts += [(path, page.text) for path, page in material.pages.items()]
    metadata = material.kata.folder / "kata.toml"
    texts.append((f"{material.here}/kata.toml", metadata.read_text(encoding="utf-8")))
    for path, text in texts:
        for number, line in enumerate(text.splitlines(), 1):
            if UNFINISHED in line:
                what = "is not written yet; replace this placeholder"
                yield Finding(path, number, "unfinished", what)
                break  # one finding a file: the author is about to rewrite it anyway


def check_language(page: Page) -> Iterator[Finding]:
    """Yield a finding when a page is empty or not written in the language of its name."""
    words, characters = len(WORD.findall(page.prose)), len(CHINESE.findall(page.prose))
    what = ""
    if page.language == "zh" and characters < LEAST_CHARACTERS:
        what = f"has {characters} Chinese characters; write the page for a Chinese reader"
    elif page.language == "en" and words < LEAST_WORDS:
        what = f"has {words} words; write the page"
    elif page.language == "en" and characters * 5 > words:
        what = f"has {characters} Chinese characters; write the page for an English reader"
    if what:
        yield Finding(page.path, 0, "language", what)
