"""Asks every binding by a regular expression of its own, for every key."""

import re

LONGEST = 255


class TopicRouter:
    """A list of bindings, each with a regular expression."""

    def __init__(self) -> None:
        self._bindings: dict[tuple[str, str], re.Pattern[str]] = {}

    def bind(self, queue: str, pattern: str) -> None:
        self._bindings[queue, pattern] = re.compile(_translated(_checked(pattern)))

    def unbind(self, queue: str, pattern: str) -> bool:
        return self._bindings.pop((queue, pattern), None) is not None

    def route(self, key: str) -> list[str]:
        text = "." + key if key else ""
        return sorted({queue for (queue, _), found in self._bindings.items()
                       if found.fullmatch(text)})


def _translated(words: list[str]) -> str:
    """Return an expression for the words, each with the dot before it."""
    parts = {"*": r"\.[^.]+", "#": r"(?:\.[^.]+)*"}
    return "".join(parts.get(word, r"\." + re.escape(word)) for word in words)


def _checked(pattern: str) -> list[str]:
    """Return the words of a pattern; ValueError if it is none."""
    words = pattern.split(".")
    if len(pattern.encode()) > LONGEST:
        raise ValueError(f"longer than {LONGEST} bytes")
    for word in words:
        if not word or (word not in ("*", "#") and {"*", "#"} & set(word)):
            raise ValueError(f"{word!r} is neither a word nor a wildcard")
    return words
