"""The catalogue of Chinese words, kept with Babel: what there is to say, and what lacks.

    code, help pages  --extract-->  texts in the order of files and lines
    texts  +  kata40.po as it is  --update-->  kata40.po: no text lacks a place, none is left over

An entry is one line each way and carries its file but no line number, so branches that add words
in different places merge.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from graders.author.extraction import Said, extract
from graders.words import LANGUAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_HEADER = """\
# What the program says, in Chinese. Written by `python3 noxfile.py -s words`; fill in `msgstr`.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def path(root: Path, language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return root / "graders" / "locale" / language / "LC_MESSAGES" / "kata40.po"


def update(root: Path, helps: Iterable[Said]) -> list[str]:
    """Write each catalogue anew, keeping its translations; return what is left to do in them."""
    said = extract(root, helps)
    findings = []
    for language in LANGUAGES:
        if language != "en":
            old = _read(path(root, language), language)
            path(root, language).parent.mkdir(parents=True, exist_ok=True)
            path(root, language).write_text(_written(said, old, language), encoding="utf-8")
            findings += check(root, said, language)
    return findings


def check(root: Path, said: list[Said], language: str) -> list[str]:
    """Return what is wrong with the catalogue of one language, compared with the texts."""
    file = path(root, language)
    shown = file.relative_to(root).as_posix()
    catalog = _read(file, language)
    wanted = {(each.context, each.text) for each in said}
    lines = file.read_text(encoding="utf-8").splitlines()

    def finding(text: str, what: str) -> str:
        near = "msgid " + json.dumps(text, ensure_ascii=False)
        number = next((n for n, line in enumerate(lines, 1) if line == near), 1)
        return f"{shown}:{number}: {what}"

    findings = []
    for each in said:
        entry = catalog.get(each.text, each.context or None)
        forms = _forms(entry)
        if not all(forms):
            what = f"no translation of {each.text!r} ({each.file}); write it, after: " \
                   "python3 noxfile.py -s words"
            findings.append(finding(each.text, what))
        elif entry is not None and entry.fuzzy:
            what = f"the translation of {each.text!r} is marked fuzzy; check it"
            findings.append(finding(each.text, what))
        elif any(places(form) != places(each.many or each.text) for form in forms):
            what = f"the translation of {each.text!r} fills in other values: {forms[0]!r}"
            findings.append(finding(each.text, what))
    for entry in catalog:
        if entry.id and (entry.context or "", _first(entry.id)) not in wanted:
            what = f"nothing says {_first(entry.id)!r} any more; take it out: " \
                   "python3 noxfile.py -s words"
            findings.append(finding(_first(entry.id), what))
    return findings


def places(text: str) -> set[str]:
    """Return the names of the places in a text; a spec or conversion counts as another name."""
    return {f"{name}{'!' + how if how else ''}{':' + spec if spec else ''}"
            for _, name, spec, how in Formatter().parse(text) if name is not None}


def _read(file: Path, language: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not file.is_file():
        return Catalog(locale=language)
    with file.open("rb") as data:
        return read_po(data, locale=language, ignore_obsolete=True)


def _written(said: list[Said], old: Catalog, language: str) -> str:
    """Return a catalogue of `said` as text, with the translations that `old` has."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog(locale=language)
    for each in said:
        # A merge may have taken the context from an entry: its translation is good all the same.
        before = old.get(each.text, each.context or None) or old.get(each.text)
        fuzzy = {"fuzzy"} if before is not None and before.fuzzy else set()
        catalog.add((each.text, each.many) if each.many else each.text,
                    before.string if before is not None else "", context=each.context or None,
                    locations=[(each.file, each.line)], flags=fuzzy)
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}  # the check knows better
    written = io.BytesIO()
    write_po(written, catalog, width=0, omit_header=True, include_lineno=False)
    return _HEADER.format(language=language) + written.getvalue().decode()


def _forms(entry: Any) -> tuple[str, ...]:
    if entry is None or not entry.string:
        return ("",)
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def _first(text: Any) -> str:
    return text if isinstance(text, str) else str(text[0])
