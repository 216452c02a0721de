"""The front pages: every link leads to a file of this repository, wherever it is mirrored."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh.md", "copier/README.en.md.jinja", "copier/README.zh.md.jinja")


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead, autolinks and HTML ones too."""
    found = []
    for block in MarkdownIt("commonmark").parse(text):
        for token in [block, *(block.children or ())]:
            found += [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
            if token.type in ("html_block", "html_inline") and "=" in token.content:
                found += [part.strip("\"'").split("\"")[0].split("'")[0]
                          for key in ("href=", "src=") for part in token.content.split(key)[1:]]
    return found


def absolute(link: str) -> bool:
    return "://" in link or link.startswith(("/", "mailto:"))


@pytest.mark.parametrize("page", PAGES)
def test_no_link_is_absolute(page: str) -> None:
    found = links((ROOT / page).read_text(encoding="utf-8"))
    assert found
    assert [link for link in found if absolute(link)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_something(page: str) -> None:
    for link in links((ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / link.partition("#")[0]).exists(), link


def test_every_kind_of_link_is_found() -> None:
    page = ("[a](https://a/) <https://b/> ![c](//c/d.png) [e]\n\n[e]: /e\n\n"
            "x <img src='https://f'> [g](docs/g.md)\n\n<p><a href=\"https://h\">h</a></p>\n")
    found = links(page)
    assert found == ["https://a/", "https://b/", "//c/d.png", "/e", "https://f", "docs/g.md",
                     "https://h"]
    assert [link for link in found if not absolute(link)] == ["docs/g.md"]
