"""Texts with `{named}` places, and reading a finished text back by the template it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter


@dataclass(frozen=True, slots=True)
class Template:
    """A text with named places: `fixed` stands before, between and after the `places`."""

    fixed: tuple[str, ...]
    places: tuple[str, ...]
    translation: str

    def read(self, text: str) -> dict[str, str] | None:
        """Return what stands in the places if `text` is made of this template, else None.

        Takes each part where it stands first, and never tries again: a learner's text cannot make
        this slow.
        """
        first, *inner, last = self.fixed if self.places else (*self.fixed, "")
        if not self.places:
            return {} if text == first else None
        at, end = len(first), len(text) - len(last)
        if at > end or not text.startswith(first) or not text.endswith(last):
            return None
        values = []
        for each in inner:
            found = text.find(each, at, end)
            if found < 0:
                return None
            values.append(text[at:found])
            at = found + len(each)
        held = dict(zip(self.places, [*values, text[at:end]], strict=True))
        return held if _is_number(held.get("count", "0")) else None


def _is_number(text: str) -> bool:
    """Whether a place called "count" may hold this: "{count} s" is not every text that ends so."""
    return text.replace(",", "").replace(".", "").isdecimal()


def template(text: str, translation: str = "") -> Template:
    """Return a text with `{named}` places as a Template."""
    fixed, places = [""], []
    for before, place, _, _ in Formatter().parse(text):
        fixed[-1] += before
        if place is not None:
            places.append(place)
            fixed.append("")
    return Template(tuple(fixed), tuple(places), translation)
