"""A Markdown page as the rules see it: prose by line, code blocks, links, anchors.

Owns the reading of Markdown (markdown-it); judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

CODE = "\ue000"  # stands for a code span in prose: a private-use character, never in real text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of prose without its markup; code spans are CODE, their contents in `codes`."""

    number: int
    text: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One code block; `number` is the line on which it begins."""

    number: int
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link or image."""

    number: int
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `path` is relative to the root; headings are lines too, blocks are not."""

    path: str
    language: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    anchors: frozenset[str]
    text: str

    @property
    def prose(self) -> str:
        """All prose, code spans as CODE."""
        return "\n".join(line.text for line in self.lines)


def read_page(path: str, text: str) -> Page:
    """Parse one page; its language is read off its name."""
    lines: list[Line] = []
    blocks: list[Block] = []
    links: list[Link] = []
    anchors: set[str] = set()
    number, heading = 1, False
    for token in _markdown().parse(text):
        if token.map:
            number = token.map[0] + 1
        if token.type in ("fence", "code_block"):
            blocks.append(Block(number, token.info.strip(), token.content))
        elif token.type == "inline":
            found = list(read_lines(token, number))
            lines += found
            links += _links(token, number)
            if heading:
                anchors.add(_anchor(token))
        heading = token.type == "heading_open"
    language = "zh" if path.endswith(".zh.md") else "en"
    return Page(path, language, tuple(lines), tuple(blocks), tuple(links), frozenset(anchors), text)


def prose_of(text: str, number: int = 1) -> list[Line]:
    """Read a short text (a title, a hint) as prose."""
    return [line for token in _markdown().parseInline(text) for line in read_lines(token, number)]


def read_lines(token: Token, number: int) -> Iterator[Line]:
    """Yield the lines of one paragraph, heading or table cell that begins on line `number`."""
    text, codes = "", []
    for child in token.children or ():
        match child.type:
            case "text" | "text_special":
                text += child.content
            case "code_inline":
                text += CODE
                codes.append(child.content)
            case "softbreak" | "hardbreak":
                yield Line(number, text, tuple(codes))
                text, codes = "", []
                number += 1
    yield Line(number, text, tuple(codes))


def _links(token: Token, number: int) -> Iterator[Link]:
    for child in token.children or ():
        match child.type:
            case "softbreak" | "hardbreak":
                number += 1
            case "link_open":
                yield Link(number, str(child.attrs.get("href", "")))
            case "image":
                yield Link(number, str(child.attrs.get("src", "")))


def _anchor(token: Token) -> str:
    # As the usual hosts make them: lower case, spaces to hyphens, punctuation gone.
    words = "".join(c.content for c in token.children or () if c.type in ("text", "code_inline"))
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
