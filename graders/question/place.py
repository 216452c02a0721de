"""Which topics have a question set, and where its files are.

    katas/<track>/<topic>_<name>/question/question.toml        [[items]], both languages
                                          answers.toml         the learner's sheet
                                          keys.json            the keys, hashed
    solutions/<track>/<topic>_<name>/question/key.toml         the keys
                                              compute.py       makes the values of predict items
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graders.model import Kata

FOLDER, FILE = "question", "question.toml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the question set of a topic is, or would be."""

    root: Path
    topic: str
    topic_folder: str
    track: str

    @property
    def folder(self) -> Path:
        """The folder in katas/: question.toml, answers.toml, keys.json."""
        return self.root.joinpath("katas", self.track, self.topic_folder, FOLDER)

    @property
    def solutions(self) -> Path:
        """The folder in solutions/: key.toml, compute.py."""
        return self.root.joinpath("solutions", self.track, self.topic_folder, FOLDER)

    @property
    def shown(self) -> str:
        """The folder in katas/ as people know it."""
        return self.relative(self.folder)

    def relative(self, path: Path) -> str:
        """Return the path of a file as people know it."""
        return path.relative_to(self.root).as_posix()


def places(root: Path, katas: Iterable[Kata]) -> tuple[Place, ...]:
    """Return the question folders that the topics of these katas have, in their order."""
    topics = dict.fromkeys((kata.topic, kata.topic_folder, kata.track) for kata in katas)
    every = (Place(root, *topic) for topic in topics if topic[2])
    return tuple(place for place in every if (place.folder / FILE).exists())
