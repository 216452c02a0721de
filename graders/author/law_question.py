"""Rules about a topic's question set: its files are there, current, and enough of them.

What its texts say is `law_question_words`', what its marks are worth `law_question_marks`'.
"""

from __future__ import annotations

from collections.abc import Iterator

from graders.author import answer_key, law_question_marks, law_question_words, sealing
from graders.author.answer_key import Keys
from graders.author.finding import Finding
from graders.catalog import Catalog
from graders.errors import GraderError
from graders.question import empty_sheet, lock, paper, sheet
from graders.question import place as places
from graders.question.items import Form, Paper
from graders.question.lock import Locks
from graders.question.place import Place

LEAST_ITEMS, LEAST_TRACED, LEAST_VARIANTS = 8, 3, 3
WITH_BRIEF = ("s01", "s02", "s03", "s04", "s05", "s06", "s07")


def check(catalog: Catalog, topic_folder: str) -> Iterator[Finding]:
    """Yield what is wrong with the question set of a topic; nothing where it has none yet."""
    katas = [kata for kata in catalog.katas if kata.topic_folder == topic_folder]
    place = Place(catalog.root, katas[0].topic, topic_folder, katas[0].track)
    if not place.track or not (place.folder.exists() or place.solutions.exists()):
        return
    missing = list(_missing(place))
    yield from missing
    if any(each.path.endswith((places.FILE, answer_key.FILE)) for each in missing):
        return
    try:
        read = paper.read(place)
        keys = answer_key.read(place, read)
    except GraderError as error:
        yield _refused(error)
        return
    yield from _shape(place, read, keys)
    yield from _shipped(place, read, sealing.sealed(read, keys))
    yield from law_question_words.check(place, read, keys)
    yield from law_question_marks.check(place, read, keys)


def _refused(error: GraderError) -> Finding:
    path, _, rest = str(error).partition(":")
    number, _, what = rest.partition(":")
    if not number.strip().isdigit():
        number, what = "0", rest
    return Finding(path, int(number), "question-files", what.strip())


def _missing(place: Place) -> Iterator[Finding]:
    wanted = [place.folder / name for name in (places.FILE, sheet.FILE, lock.FILE)]
    wanted += [place.solutions / name for name in (answer_key.FILE, answer_key.COMPUTE)]
    for path in wanted:
        if not path.is_file():
            what = "is missing; write it, or run: python3 noxfile.py -s publish -- --manifest"
            yield Finding(place.relative(path), 0, "question-files", what)


def _shape(place: Place, read: Paper, keys: Keys) -> Iterator[Finding]:
    traced = [item for item in read.items if item.form in (Form.PREDICT, Form.SPOT)]
    at = f"{place.shown}/{places.FILE}"
    if len(read.items) < LEAST_ITEMS:
        what = f"has {len(read.items)} items; write {LEAST_ITEMS} or more"
        yield Finding(at, 0, "question-shape", what)
    if len(traced) < LEAST_TRACED:
        what = f"has {len(traced)} predict and spot items; write {LEAST_TRACED} or more"
        yield Finding(at, 0, "question-shape", what)
    for item in read.items:
        if item.form is Form.PREDICT and len(set(item.variants)) < LEAST_VARIANTS:
            what = f"'{item.id}' has {len(item.variants)} variants; write {LEAST_VARIANTS} or more"
            yield Finding(at, 0, "question-shape", what)
        wanted = place.topic in WITH_BRIEF and item.form is not Form.EXPLAIN
        if wanted and not keys[item.id].brief:
            what = f"'{item.id}' does not say what the article would answer; add 'brief'"
            yield Finding(place.relative(place.solutions / answer_key.FILE), 0, "question-shape",
                          what)


def _shipped(place: Place, read: Paper, locks: Locks) -> Iterator[Finding]:
    remedy = "run: python3 noxfile.py -s publish -- --manifest"
    files = ((lock.FILE, lock.render(locks), "does not have the keys of key.toml"),
             (sheet.FILE, empty_sheet.text(read).encode(), "is not the empty sheet of these items"))
    for name, wanted, what in files:
        path = place.folder / name
        if path.is_file() and path.read_bytes() != wanted:
            advice = f"{what}; {remedy}"
            if name == sheet.FILE:
                advice = f"{what}; remove it and {remedy}"
            yield Finding(place.relative(path), 0, "question-shipped", advice)
