"""The table of topics in README.md and README.zh.md: one line a topic, written by machine.

    <!-- topics: publish --manifest -->
    | topic | | katas |
    | A01 | [Two sum](katas/algorithms/a01_two_sum/README.md) | 2 |
    <!-- end of topics -->

What stands between the marks is made from the tree; a page without them is left alone. Knows
nothing of the rest of the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graders.author.finding import Finding
from graders.author.material import LANGUAGES, Unreadable, page_name, read_text
from graders.catalog import Catalog
from graders.model import Kata
from graders.report.topics import topic_title

BEGIN, END = "<!-- topics: publish --manifest -->\n", "<!-- end of topics -->"
_HEADS = {
    "en": "| topic | title | katas |\n|---|---|---:|\n",
    "zh": "| 主题 | 名称 | 练习数 |\n|---|---|---:|\n",
}


def table(catalog: Catalog, language: str) -> str:
    """Return the lines of the table; the tour belongs to no topic."""
    topics: dict[str, list[Kata]] = {}
    for kata in catalog.katas:
        if kata.track:
            topics.setdefault(kata.topic, []).append(kata)
    return _HEADS[language] + "".join(
        _line(catalog.root, topic, katas, language) for topic, katas in topics.items())


def refresh(catalog: Catalog) -> list[Path]:
    """Bring the tables up to date; return the pages that changed."""
    changed = []
    for path, text, wanted in _pages(catalog):
        if text != wanted:
            (catalog.root / path).write_text(wanted, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def check(catalog: Catalog) -> Iterator[Finding]:
    """Yield the first line at which a table is not what `refresh` would write."""
    for path, text, wanted in _pages(catalog):
        if text != wanted:
            ours, theirs = text.splitlines(), wanted.splitlines()
            same = zip(ours, theirs, strict=False)
            at = next((n for n, (one, other) in enumerate(same) if one != other),
                      min(len(ours), len(theirs)))
            what = f"the table of topics should say '{theirs[at]}' here; run `publish --manifest`"
            yield Finding(path.as_posix(), at + 1, "topic-table", what)


def _pages(catalog: Catalog) -> Iterator[tuple[Path, str, str]]:
    """Yield each page that has the marks, its text, and the text that it should have."""
    for language in LANGUAGES:
        path = Path(page_name("README", language))
        try:
            text = read_text(catalog.root, path)
        except Unreadable:
            continue  # a tree may have no such page
        before, begin, rest = text.partition(BEGIN)
        _, end, after = rest.partition(END)
        if begin and end:
            yield path, text, before + begin + table(catalog, language) + end + after


def _line(root: Path, topic: str, katas: list[Kata], language: str) -> str:
    folder = katas[0].folder.parent.relative_to(root).as_posix()
    title = topic_title(katas[0], language).replace("|", "\\|")
    page = f"{folder}/{page_name('README', language)}"
    return f"| {topic.upper()} | [{title}]({page}) | {len(katas)} |\n"
