"""The title of a topic, read off the first heading of its page."""

from __future__ import annotations

from graders.model import Kata

_READ = 400  # characters: a heading stands in the first lines


def topic_title(kata: Kata, language: str) -> str:
    """Return the title of the kata's topic; the folder's name in words where no page has one."""
    folder = kata.folder if kata.topic == kata.topic_folder else kata.folder.parent
    names = ["README.zh.md", "README.md"] if language == "zh" else ["README.md"]
    for name in names:
        try:
            with (folder / name).open(encoding="utf-8") as page:
                lines = page.read(_READ).splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        heading = next((line for line in lines if line.startswith("# ")), "")
        if title := heading.removeprefix("# ").strip():
            return title
    return kata.topic_folder.partition("_")[2].replace("_", " ") or kata.topic
