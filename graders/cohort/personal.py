"""What differs between the learners of a cohort: their id and name, in two files.

    render with SENTINELS ─ Master ─ of(learner) ─ {path: bytes}

One rendering serves all: copier takes seconds, this a millisecond. It is right only while every
place that copier fills with the learner is known here, so `Master.of` asserts which files hold
the sentinels, and that writing them anew changes no byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graders.cohort.template import File
from graders.errors import GraderError
from graders.model import Learner
from graders.phrases import phrase

ANSWERS = ".copier-answers.yml"
PAGE = "README.md"
# Words that no text has, this one included, since it is handed out; they mean nothing in YAML and
# Markdown, and stay one line.
SENTINELS = {key: f"zq0{key.replace('_', '0')}0qz" for key in ("learner_id", "learner_name")}
# What copier/markdown.jinja puts a backslash before.
_PUNCTUATION = re.compile(r"([!-&*+./:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Master:
    """The files that are rendered once, and how to make a learner's own of two of them."""

    files: Mapping[str, File]

    @classmethod
    def of(cls, files: Mapping[str, File]) -> Master:
        """Return the master of a rendering with SENTINELS. Raises GraderError if it is none."""
        marks = [word.encode() for word in SENTINELS.values()]
        holding = {name for name, file in files.items() if any(m in file.data for m in marks)}
        if holding != {ANSWERS, PAGE}:
            told = ", ".join(sorted(holding)) or "-"
            raise GraderError(phrase(
                "the template writes the learner into other files than {first} and {second} "
                "({names}); take a version of it that fits these graders", first=ANSWERS,
                second=PAGE, names=told))
        master = cls(files)
        same = Learner(SENTINELS["learner_id"], SENTINELS["learner_name"], "")
        if any(data != files[name].data for name, data in master.personal(same).items()):
            raise GraderError(phrase("{file}: copier writes it otherwise than these graders; "
                                     "update graders/, or take another version of copier",
                                     file=ANSWERS))
        return master

    def personal(self, learner: Learner) -> dict[str, bytes]:
        """Return the files that are the learner's own, as copier would write them."""
        return {name: change(self.files[name].data.decode(), learner).encode()
                for name, change in _CHANGES.items()}


def plain(text: str) -> str:
    """Return a text as Markdown that shows it letter by letter, as copier/markdown.jinja does."""
    return _PUNCTUATION.sub(r"\\\1", text)


def _answers(text: str, learner: Learner) -> str:
    """Write the answers anew, by copier's own filter: only a serializer quotes any name right."""
    import yaml  # type: ignore[import-untyped]
    from jinja2_ansible_filters.core_filters import to_nice_yaml  # type: ignore[import-untyped]

    lines = text.splitlines(keepends=True)
    head = [line for line in lines if line.startswith("#")]
    held = yaml.safe_load(text)
    held.update(learner_id=learner.id, learner_name=learner.name)
    return "".join(head) + str(to_nice_yaml(held))


def _page(text: str, learner: Learner) -> str:
    for key, value in (("learner_id", learner.id), ("learner_name", learner.name)):
        text = text.replace(SENTINELS[key], plain(value))
    return text


_CHANGES: Mapping[str, Callable[[str, Learner], str]] = {ANSWERS: _answers, PAGE: _page}
