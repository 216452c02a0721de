"""The language of the terminal: which one, and the words of the program in it.

    say("Judge it again:")                      English is the key; Chinese is in the catalogue
    say("Change {path} first", path=path)
    tell("used 300 MiB; the limit is 256 MiB")  made by the judge, in English: known by its template

Catalogues are GNU gettext's, `locale/<language>/LC_MESSAGES/kata40.po`, and `noxfile.py -s words`
keeps them with Babel. They are read as they are, not compiled: a binary beside each would conflict
whenever two branches add a word. What has no translation stays English. Nothing of the sandbox
imports this module.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from graders.templates import Template, template

LANGUAGES = ("en", "zh")
PHRASE = "phrase"  # the context of templates of graders.phrases
_LOCALE = Path(__file__).with_name("locale")
_ANSWER = re.compile(r"^language:\s*['\"]?(en|zh)['\"]?\s*$", re.MULTILINE)
_DEPTH = 5  # of texts in texts: a learner's may look endless
# Places that hold words of ours again: their values are looked up in turn.
NESTED = frozenset({"text", "why", "label", "target", "degree", "next_degree", "here", "there"})


def choose(environment: Mapping[str, str], root: Path) -> str:
    """Return the language to use: KATA_LANG, else the answer given to copier, else the locale's.

    Only Chinese makes a difference; every other language reads English.
    """
    own = environment.get("KATA_LANG", "")
    answered = "" if own else _answer(root)
    locale = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(n))), "")
    return "zh" if (own or answered or locale).lower().startswith("zh") else "en"


def _answer(root: Path) -> str:
    try:
        text = (root / ".copier-answers.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    found = _ANSWER.search(text)
    return found[1] if found else ""


class Catalog(gettext.NullTranslations):
    """The translations of one .po file; English without one."""

    def __init__(self, fp: Iterable[str] | None = None) -> None:
        self._messages: dict[tuple[str, str], tuple[str, ...]] = {}
        super().__init__(fp)  # type: ignore[arg-type]  # it only hands it to _parse

    def _parse(self, fp: Iterable[str]) -> None:  # type: ignore[override]
        for entry in entries(fp):
            forms = tuple(text for field, text in entry.items() if field.startswith("msgstr"))
            if entry["msgid"] and all(forms):
                self._messages[entry.get("msgctxt", ""), entry["msgid"]] = forms

    def gettext(self, message: str) -> str:
        """Return the translation of an English text."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of an English text that has a context."""
        return self._messages.get((context, message), (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation of a text with a count: Chinese has one form for all of them."""
        forms = self._messages.get(("", msgid1), (msgid1, msgid2))
        return forms[0] if len(forms) == 1 or n == 1 else forms[-1]

    @cached_property
    def templates(self) -> list[Template]:
        """The templates of judge and kit: those around another text first, then by own words."""
        found = [template(message, forms[0]) for (context, message), forms
                 in self._messages.items() if context == PHRASE]
        return sorted(found, key=lambda each: (
            bool(each.fixed[0]) or each.places[:1] != ("text",), -sum(map(len, each.fixed))))


def entries(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield the entries of a .po file: msgctxt, msgid, msgid_plural, msgstr, msgstr[0] to text."""
    entry: dict[str, str] = {}
    field = ""
    for line in lines:
        word, _, rest = line.partition(" ")
        if word.startswith('"'):
            entry[field] += json.loads(line)
        elif word.startswith("msg"):
            if word in ("msgctxt", "msgid") and any(each.startswith("msgstr") for each in entry):
                yield entry
                entry = {}
            field = word
            entry[field] = json.loads(rest)
    if entry:
        yield entry


_language, _catalog = "en", Catalog()


def use(language: str) -> None:
    """Speak `language` ("en" or "zh") from now on, in this whole process."""
    global _language, _catalog
    if language == _language:
        return
    _language, _catalog = language, Catalog()
    path = _LOCALE / language / "LC_MESSAGES" / "kata40.po"
    if language != "en":
        with path.open(encoding="utf-8") as file:
            _catalog = Catalog(file)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language` for a block."""
    before = _language
    use(language)
    try:
        yield
    finally:
        use(before)


def language() -> str:
    """Return the language that is spoken: "en" or "zh"."""
    return _language


def say(text: str, **values: object) -> str:
    """Return a text of the program, a literal in English, with `values` in its places."""
    said = _catalog.gettext(text)
    return said.format(**values) if values else said


def say_n(one: str, many: str, count: int, **values: object) -> str:
    """Return the text for this many: `one` for 1, else `many`; both may have {count}."""
    return _catalog.ngettext(one, many, count).format(count=count, **values)


def mark(text: str) -> str:
    """Return `text`, and have it translated: for constants, given to `say` when they are shown."""
    return text


def tell(text: str) -> str:
    """Return a text that judge or kit made by `phrase`, in the language; any other as it is."""
    return text if _language == "en" else _told(text, _DEPTH)


def _told(text: str, depth: int) -> str:
    if not text or not depth:
        return text
    for each in _catalog.templates:
        values = each.read(text)
        if values is not None:
            nested = {k: _told(v, depth - 1) if k in NESTED else v for k, v in values.items()}
            return each.translation.format(**nested)
    if "\n" in text:
        return "\n".join(_indented(line, depth - 1) for line in text.split("\n"))
    head, colon, rest = text.partition(": ")  # "TimeoutError: …", "test_name: …"
    return f"{head}{colon}{_told(rest, depth - 1)}" if colon and " " not in head else text


def _indented(line: str, depth: int) -> str:
    rest = line.lstrip(" ")
    return line[: len(line) - len(rest)] + _told(rest, depth)
