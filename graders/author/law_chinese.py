"""Rules about Chinese typography: the few that are never a matter of taste.

Code spans, code blocks and link targets are left alone. Brackets are too: "最近最少使用 (LRU)" and
"最近最少使用（LRU）" are both good. What this does not see is left to autocorrect and the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graders.author.finding import Finding
from graders.author.material import Material
from graders.author.page import CODE, Line, Page, prose_of
from graders.catalog_toml import Keys, line_of

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
_LATIN = rf"[A-Za-z0-9{CODE}]"
_TOUCHING = re.compile(f"{_HAN}{_LATIN}|{_LATIN}{_HAN}")
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
# A half-width mark after Chinese, or between Latin and Chinese; a full stop only where it ends.
_HALF = re.compile(
    rf"{_HAN}\s?([,;:!?])|{_HAN}(\.)(?=\s|$|{_HAN})|(?<={_LATIN})([,;:!?])\s?(?={_HAN})"
)
# Only before a mark: after one, Markdown needs a space where emphasis ends ("**先写库。** 再……").
_SPACED = re.compile(r"\s([，。；：！？、])")


def check(material: Material) -> Iterator[Finding]:
    """Yield what is wrong with the Chinese of one kata: pages, title, stages and hints."""
    for page in material.pages.values():
        yield from check_page(page)
    path = f"{material.here}/kata.toml"
    text = (material.kata.folder / "kata.toml").read_text(encoding="utf-8")
    kata = material.kata
    words: list[tuple[Keys, str]] = [(("title", "zh"), kata.title.zh)]
    words += [(("hints", "zh"), hint.zh) for hint in kata.hints]
    words += [(("stages", i, "title"), stage.title.zh) for i, stage in enumerate(kata.stages)]
    for keys, value in words:
        for line in prose_of(value):
            for finding in check_line(path, line):
                number = line_of(text, keys)
                # Items of a list stand on lines of their own: look for this one's.
                after = text.splitlines()[number - 1 :]
                offset = next((i for i, each in enumerate(after) if value[:20] in each), 0)
                yield Finding(path, number + offset, finding.rule, finding.message)


def check_page(page: Page) -> Iterator[Finding]:
    """Yield what is wrong with the typography of a page, if it is Chinese."""
    if page.language == "zh":
        for line in page.lines:
            yield from check_line(page.path, line)


def check_line(path: str, line: Line) -> Iterator[Finding]:
    """Yield what is wrong with the typography of one line of Chinese."""
    text = line.text
    if match := _TOUCHING.search(text):
        what = f"no space in '{_around(line, match)}'; put one between Chinese and Latin or code"
        yield Finding(path, line.number, "zh-space", what)
    if match := _HALF.search(text):
        mark = next(group for group in match.groups() if group)
        what = f"half-width '{mark}' in '{_around(line, match)}'; write '{_FULL[mark]}'"
        yield Finding(path, line.number, "zh-punctuation", what)
    if match := _SPACED.search(text.strip()):
        what = f"a space before '{match[1]}'; full-width punctuation carries its own"
        yield Finding(path, line.number, "zh-punctuation", what)
    if "您" in text:
        yield Finding(path, line.number, "zh-address", "says 您; write 你")


def _around(line: Line, match: re.Match[str]) -> str:
    codes = iter(line.codes)
    skipped = line.text[: max(0, match.start() - 5)].count(CODE)
    for _ in range(skipped):
        next(codes)
    piece = line.text[max(0, match.start() - 5) : match.end() + 5]
    return "".join(f"`{next(codes)}`" if letter == CODE else letter for letter in piece)
