"""Rules about the marks of a question set: whether it can tell knowledge from luck.

Three sheets say so: the model sheet, sheets filled in at random, and for S01 to S07 the one that
follows the article the topic comes from.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from graders.author import sealing
from graders.author.answer_key import FILE, Keys
from graders.author.finding import Finding
from graders.model import Text
from graders.question import marking
from graders.question.items import (
    LETTERS,
    Answer,
    Chosen,
    Form,
    Item,
    Paper,
    Predicted,
    Sheet,
    Spotted,
)
from graders.question.place import Place

RANDOM_MOST, BRIEF_MOST = 30, 60  # points
_SHEETS = 400  # the mean of so many random sheets is within a point or two of the true one


def check(place: Place, read: Paper, keys: Keys) -> Iterator[Finding]:
    """Yield what the marks of model, article and luck say against a set."""
    locks = sealing.sealed(read, keys)
    at = place.relative(place.solutions / FILE)
    for learner in map(str, range(8)):  # several, so that every variant is somebody's
        variants = marking.variants(read, learner)
        model = marking.mark(read, locks, sealing.model(keys, variants), learner)
        if model.points < 100:
            yield Finding(at, 0, "question-marks", f"the model sheet has {model.points:g} points")
            return
        brief = marking.mark(read, locks, sealing.model(keys, variants, brief=True), learner)
        if brief.points >= BRIEF_MOST:
            what = f"a sheet that follows the article has {brief.points:g} points; less than "
            yield Finding(at, 0, "question-marks", f"{what}{BRIEF_MOST} are allowed")
            return
    mean = random_points(read, keys, _SHEETS)
    if mean >= RANDOM_MOST:
        what = f"random sheets have {mean:.1f} points on average; less than {RANDOM_MOST} are"
        yield Finding(at, 0, "question-marks", f"{what} allowed")


def random_points(read: Paper, keys: Keys, count: int) -> float:
    """Return the mean points of so many sheets filled in at random; the same ones every time."""
    locks, chance = sealing.sealed(read, keys), random.Random(40)
    total = 0.0
    for number in range(count):
        guesses = random_sheet(read, keys, chance)
        total += marking.mark(read, locks, guesses, str(number)).points
    return total / count


def random_sheet(read: Paper, keys: Keys, chance: random.Random) -> Sheet:
    """Return a sheet of guesses, all of them plausible.

    A value is one that is right for some variant; each line is wrong at even odds; letters are
    drawn from those that are there.
    """
    answers: Mapping[str, Answer] = {
        item.id: _guess(item, keys, chance) for item in read.items if item.form is not Form.EXPLAIN
    }
    return Sheet(answers)


def _guess(item: Item, keys: Keys, chance: random.Random) -> Answer:
    def letter(of: tuple[Text, ...]) -> str:
        return chance.choice(LETTERS[: len(of)])

    match item.form:
        case Form.PREDICT:
            values = {each.value for each in keys[item.id].right if isinstance(each, Predicted)}
            return Predicted(chance.choice(sorted(values)))
        case Form.SPOT:
            lines = [line for line in range(1, len(item.lines) + 1) if chance.random() < 0.5]
            return Spotted({line: letter(item.reasons) for line in lines})
        case _:
            return Chosen(letter(item.options), letter(item.constraints))
