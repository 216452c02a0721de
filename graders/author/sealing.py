"""What is made from the true keys of a set: keys.json for learners, model sheets for the law."""

from __future__ import annotations

from collections.abc import Mapping

from graders.author.answer_key import Key, Keys
from graders.question import lock
from graders.question.items import Answer, Chosen, Explained, Item, Paper, Predicted, Sheet, Spotted
from graders.question.lock import Lock, Locks


def sealed(paper: Paper, keys: Keys) -> Locks:
    """Return the keys as learners get them. The salt is the topic's: equal keys, equal file."""
    salt = lock.digest("kata40 question", paper.topic_folder)
    return Locks(salt, {item.id: _lock(salt, item, keys[item.id]) for item in paper.items})


def model(keys: Keys, variants: Mapping[str, int], brief: bool = False) -> Sheet:
    """Return the model sheet, or the one that follows the article, for these variants."""
    answers: dict[str, Answer] = {}
    for name, key in keys.items():
        given = key.brief if brief else key.right
        if given:
            answers[name] = given[variants.get(name, 0)]
    return Sheet(answers)


def _lock(salt: str, item: Item, key: Key) -> Lock:
    packed = lock.pack(key.notes)
    match key.right[0]:
        case Predicted():
            hashed = [lock.digest(salt, item.id, f"value {number}", each.value)
                      for number, each in enumerate(key.right, 1) if isinstance(each, Predicted)]
            return Lock(values=tuple(hashed), notes=packed)
        case Spotted(reasons):
            lines = sorted(lock.digest(salt, item.id, "line", str(line)) for line in reasons)
            pairs = sorted(lock.digest(salt, item.id, f"line {line}", letter)
                           for line, letter in reasons.items())
            return Lock(lines=tuple(lines), pairs=tuple(pairs), notes=packed)
        case Chosen(option, because):
            return Lock(option=lock.digest(salt, item.id, "option", option),
                        because=lock.digest(salt, item.id, "because", because), notes=packed)
        case Explained():
            return Lock(notes=packed)
