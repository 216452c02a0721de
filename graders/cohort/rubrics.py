"""Rubrics: the model points of an `explain` item, as an instructor ticks them in an answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graders.catalog import load
from graders.errors import GraderError
from graders.phrases import phrase
from graders.question import paper
from graders.question.items import Form
from graders.question.place import places


def check(root: Path, topic: str, item: str, ticks: Sequence[int]) -> str:
    """Return the topic's code. Raises GraderError for what is no `explain` item or model point."""
    from graders.author import answer_key

    katas = load(root).katas
    for place in places(root, katas):
        if topic not in (place.topic, place.topic_folder):
            continue
        asked = paper.read(place)
        own = [each.id for each in asked.items if each.form is Form.EXPLAIN]
        if item not in own:
            raise GraderError(phrase("{item}: no `explain` item of {topic}; it has {items}",
                                     item=item[:80], topic=topic, items=", ".join(own)))
        points = len(answer_key.read(place, asked)[item].notes.points)
        if any(each > points for each in ticks):
            raise GraderError(phrase("{item}: has {count} model points; tick some of 1 to {count}",
                                     item=item, count=points))
        return place.topic
    raise GraderError(phrase("{topic}: no topic with questions has this name; `list` shows all",
                             topic=topic[:80]))
