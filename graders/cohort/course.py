"""A cohort together with the repository it is marked by: what most commands begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.catalog import load
from graders.cohort import chosen, roster, settings
from graders.cohort.basis import Basis, bases, secret
from graders.cohort.settings import Cohort
from graders.errors import GraderError, closest
from graders.model import Kata, Learner
from graders.phrases import phrase


@dataclass(frozen=True, slots=True)
class Course:
    """Settings, roster, and each kata with what it is judged by. `root` has the solutions."""

    root: Path
    cohort: Cohort
    learners: tuple[Learner, ...]
    bases: Mapping[str, Basis]

    @property
    def folder(self) -> Path:
        """The cohort's folder."""
        return self.cohort.folder

    @property
    def katas(self) -> tuple[Kata, ...]:
        """What the cohort is marked by, in the order of learning."""
        return tuple(basis.kata for basis in self.bases.values())

    def learner(self, word: str) -> Learner:
        """Return the learner of an id. Raises GraderError with the closest one."""
        for each in self.learners:
            if each.id == word:
                return each
        ids = [each.id for each in self.learners]
        if close := closest(word[:80], ids):
            raise GraderError(phrase("{word}: no learner of this cohort has this id; did you mean "
                                     "'{close}'?", word=word[:80], close=close))
        raise GraderError(phrase("{word}: no learner of this cohort has this id; its roster lists "
                                 "them", word=word[:80]))

    def kata(self, word: str) -> Kata:
        """Return the kata of the cohort that has this slug. Raises GraderError."""
        if word in self.bases:
            return self.bases[word].kata
        raise GraderError(phrase("{words}: no kata of this cohort; it has {slugs}",
                                 words=word[:80], slugs=", ".join(self.bases)))


def course(root: Path, folder: Path, names: Sequence[str] = ()) -> Course:
    """Read a cohort, and the katas that `names` name of it, or all. Raises GraderError."""
    root = root.resolve()
    cohort = settings.read(folder)
    learners = roster.read(cohort.roster)
    katas = chosen.katas(load(root), cohort, names)
    return Course(root, cohort, learners, bases(root, katas, secret(cohort.folder)))
