"""The files of a question set that are made from the others: keys.json and the empty sheet."""

from __future__ import annotations

from pathlib import Path

from graders import stubs
from graders.author import answer_key, sealing
from graders.catalog import load
from graders.question import empty_sheet, lock, paper, sheet
from graders.question.place import places


def refresh(root: Path) -> list[Path]:
    """Bring keys.json and answers.toml of every topic up to date; return what was written.

    A sheet that somebody has filled in stays: only a missing one, or one that was shipped so, is
    made anew. Raises GraderError for a set that cannot be read.
    """
    shipped = stubs.known_stubs(root / "katas")
    written = []
    for place in places(root, load(root).katas):
        if not (place.solutions / answer_key.FILE).exists():
            continue  # a learner's repository
        read = paper.read(place)
        locks = sealing.sealed(read, answer_key.read(place, read))
        known = shipped.get(stubs.sheet_name(place.topic_folder), frozenset())
        path = place.folder / sheet.FILE
        files = {place.folder / lock.FILE: lock.render(locks)}
        if not path.exists() or stubs.stub_hash(path.read_bytes()) in known:
            files[path] = empty_sheet.text(read).encode()
        for name, data in files.items():
            if not name.exists() or name.read_bytes() != data:
                name.write_bytes(data)
                written.append(name)
    return written
