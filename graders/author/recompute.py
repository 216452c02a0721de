"""The values of `predict` items, computed again from the text that learners read.

    question.toml ── variants ──> compute.py (beside key.toml) ── values ──> key.toml, the same?

compute.py reads {"item": ["variant", …]} as JSON from stdin and prints {"item": [value, …]}. The
references of the topic's katas are on its path, so `from two_sum import count_pairs` works. It is
the maintainers' own code and runs without a sandbox.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from graders.author import answer_key
from graders.author.answer_key import COMPUTE, Keys
from graders.author.finding import Finding
from graders.errors import GraderError
from graders.model import Kata
from graders.question import normal, paper
from graders.question.items import Form, Item, Paper, Predicted
from graders.question.place import Place

_SECONDS = 60  # wall clock; a whole set takes 0.1 s


def check(place: Place, katas: list[Kata]) -> Iterator[Finding]:
    """Yield the values in key.toml that the topic's compute.py does not confirm."""
    try:
        read = paper.read(place)
        keys = answer_key.read(place, read)
    except GraderError:
        return  # the law says what is wrong with them
    program = (place.solutions / COMPUTE).relative_to(place.root).as_posix()
    asked = {item.id: list(item.variants) for item in read.items if item.form is Form.PREDICT}
    if not asked or not (place.root / program).is_file():
        return
    try:
        values = _run(place, katas, asked)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", "") or str(error)
        last = (told.strip().splitlines() or [type(error).__name__])[-1][:200]
        yield Finding(program, 0, "question-values", f"fails ({last}); run it by hand")
        return
    yield from _compare(place, read, keys, values)


def _compare(
    place: Place, read: Paper, keys: Keys, values: dict[str, Any]
) -> Iterator[Finding]:
    key = (place.solutions / answer_key.FILE).relative_to(place.root).as_posix()
    for item in read.items:
        if item.form is not Form.PREDICT:
            continue
        found = values.get(item.id)
        if not isinstance(found, list) or len(found) != len(item.variants):
            what = f"'{item.id}': compute.py gives no value for each variant"
            yield Finding(key, 0, "question-values", what)
            continue
        for number, (each, written) in enumerate(zip(found, keys[item.id].right, strict=True), 1):
            yield from _value(key, item, number, (normal.value(each, item.reading), written))


def _value(path: str, item: Item, number: int, pair: tuple[str, object]) -> Iterator[Finding]:
    computed, written = pair
    if not isinstance(written, Predicted) or computed != written.value:
        shown = written.value if isinstance(written, Predicted) else "nothing"
        what = f"'{item.id}' variant {number}: the key is '{shown}', computed '{computed}'"
        yield Finding(path, 0, "question-values", what)


def _run(place: Place, katas: list[Kata], asked: dict[str, list[str]]) -> dict[str, Any]:
    folders = [place.solutions.parent / kata.slug for kata in katas]
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, folders)),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-P", str(place.solutions / COMPUTE)], input=json.dumps(asked),
        capture_output=True, text=True, encoding="utf-8", env=environment, timeout=_SECONDS,
        check=True,
    )  # fmt: skip
    values = json.loads(done.stdout)
    if not isinstance(values, dict):
        raise ValueError("it prints no JSON object")
    return values
