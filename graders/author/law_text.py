"""Rules about the two languages: same numbers, same code blocks, live links, how to run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from graders.author import numerals
from graders.author.finding import Finding
from graders.author.law_files import CHINESE, WORD
from graders.author.material import LANGUAGES, Material, Unreadable, read_text
from graders.author.page import CODE, Block, Page, read_page
from graders.catalog import TOUR

WARM_UP_WORDS, WARM_UP_CHARACTERS = 200, 350
TOUR_WORDS, TOUR_CHARACTERS = 400, 700  # its statement leads through the whole loop

# Folders that learners do not get: a link from their tree into these is dead for them.
_MAINTAINERS = ("solutions", "tests", "benchmarks", "copier", ".github", ".ci")


def check(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with the pages of one kata."""
    for name in ("README", "ANSWER"):
        english, chinese = material.page(name, "en"), material.page(name, "zh")
        if english and chinese:
            yield from check_pair(english, chinese)
    for page in material.pages.values():
        yield from check_links(material.root, page)
    for language in LANGUAGES:
        if statement := material.page("README", language):
            yield from _statement(material, statement)


def _statement(material: Material, page: Page) -> Iterator[Finding]:
    run = f"noxfile.py -s grade -- {material.kata.slug}"
    if run not in page.text:
        what = f"does not say how to run; end it with `python3 {run}`"
        yield Finding(page.path, 0, "how-to-run", what)
    if not material.is_warm_up:
        return
    tour = material.kata.topic == TOUR
    kind = "the tour" if tour else "a warm-up"
    if page.language == "en":
        counted, unit = len(WORD.findall(page.prose)), "words"
        most = TOUR_WORDS if tour else WARM_UP_WORDS
    else:
        counted, unit = len(CHINESE.findall(page.prose)), "Chinese characters"
        most = TOUR_CHARACTERS if tour else WARM_UP_CHARACTERS
    if counted > most:
        what = f"has {counted} {unit}, {kind} at most {most}; say less or ask for less"
        yield Finding(page.path, 0, "warm-up", what)


def check_pair(english: Page, chinese: Page) -> Iterator[Finding]:
    """Yield where two pages that say the same carry other numbers or other code blocks."""
    for page, other in ((english, chinese), (chinese, english)):
        yield from _numbers(page, other)
    ours, theirs = len(english.blocks), len(chinese.blocks)
    if ours != theirs:
        what = f"has {theirs} code blocks and {english.path} has {ours}; show the same ones"
        yield Finding(chinese.path, 0, "examples", what)
        return
    for left, right in zip(english.blocks, chinese.blocks, strict=True):
        if number := _first_difference(left, right):
            what = f"differs from line {left.number + number} of {english.path}; show the same code"
            yield Finding(chinese.path, right.number + number, "examples", what)


def _numbers(page: Page, other: Page) -> Iterator[Finding]:
    # A number may be a word on the other side ("two", 两), but a figure on this side must be
    # known there in some form. Code blocks are compared as such.
    known = numerals.figures(_counted(other)) | numerals.words(other.prose, other.language)
    for line in page.lines:
        for number in sorted(numerals.figures(line.text.replace(CODE, " "), *line.codes) - known):
            what = f"says {number:g}, which {other.path} does not; give both the same numbers"
            yield Finding(page.path, line.number, "numbers", what)
            known.add(number)  # once is enough


def _counted(page: Page) -> str:
    return "\n".join(text for line in page.lines for text in (line.text, *line.codes))


def _first_difference(left: Block, right: Block) -> int:
    """Return which line of the right block (from 1) differs, or 0.

    Comments may be translated, and so may what a line says in Chinese: there only the numbers
    have to agree.
    """
    ours, theirs = left.text.rstrip().split("\n"), right.text.rstrip().split("\n")
    for number in range(max(len(ours), len(theirs))):
        if number >= min(len(ours), len(theirs)):
            return number + 1
        our, their = _code(ours[number]), _code(theirs[number])
        if CHINESE.search(their):
            if numerals.figures(our) != numerals.figures(their):
                return number + 1
        elif our != their:
            return number + 1
    return 0


def _code(line: str) -> str:
    return " ".join(re.sub(r"(^|\s)#.*", "", line).split())


def check_links(root: Path, page: Page) -> Iterator[Finding]:
    """Yield the links of a page that lead nowhere, here or in a learner's copy."""
    for link in page.links:
        if what := _wrong_link(root, page, link.target):
            yield Finding(page.path, link.number, "link", what)


def _wrong_link(root: Path, page: Page, target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return ""  # the web is not asked: a rule must say the same thing every day
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    if path.startswith("/"):
        return f"link '{target}' begins with /; make it relative to this page"
    if not path:
        return _wrong_anchor(page, fragment, target)
    joined = PurePosixPath(os.path.normpath(PurePosixPath(page.path).parent / path))
    if joined.parts[:1] == ("..",) or not (root / joined).exists():
        return f"link '{target}' leads nowhere; mend or remove it"
    if page.path.startswith("katas/") and joined.parts[0] in _MAINTAINERS:
        return f"link '{target}' leads into {joined.parts[0]}/, which learners do not have"
    if fragment and joined.suffix == ".md":
        try:
            text = read_text(root, Path(joined))
        except Unreadable:
            return ""  # said where that page is checked
        return _wrong_anchor(read_page(joined.as_posix(), text), fragment, target)
    return ""


def _wrong_anchor(page: Page, fragment: str, target: str) -> str:
    if not fragment or fragment.lower() in page.anchors:
        return ""
    return f"link '{target}' names no heading of {page.path}; mend the part after #"
