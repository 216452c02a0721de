"""Which katas a cohort is marked by: those of its cohort.toml, in the order of learning."""

from __future__ import annotations

from collections.abc import Sequence

from graders.catalog import TOUR, Catalog
from graders.cohort.settings import Cohort
from graders.errors import GraderError
from graders.model import Kata
from graders.phrases import phrase


def katas(catalog: Catalog, cohort: Cohort, names: Sequence[str] = ()) -> tuple[Kata, ...]:
    """Return the cohort's katas; of them those that `names` name, if any.

    The tour is handed out with all others, and marked only where cohort.toml names it. Raises
    GraderError for a word that names none.
    """
    known = {kata.slug: kata for kata in catalog.katas}
    for slug in cohort.katas:
        if slug not in known:
            raise GraderError(phrase(
                "{file}: no kata '{slug}' here; grade with the repository that has it",
                file=cohort.folder / "cohort.toml", slug=slug))
    found = tuple(kata for kata in catalog.katas if _fits(kata, cohort))
    if not found:
        raise GraderError(phrase("{file}: names no kata that is here; check its topics, katas and "
                                 "difficulty", file=cohort.folder / "cohort.toml"))
    if not names:
        return found
    wanted = {kata.slug for name in names for kata in catalog.find(name)}
    some = tuple(kata for kata in found if kata.slug in wanted)
    if not some:
        raise GraderError(phrase("{words}: no kata of this cohort; it has {slugs}",
                                 words=" ".join(names),
                                 slugs=", ".join(kata.slug for kata in found)))
    return some


def _fits(kata: Kata, cohort: Cohort) -> bool:
    if cohort.katas:
        return kata.slug in cohort.katas
    within = not cohort.topics or kata.topic in cohort.topics
    return kata.topic != TOUR and within and kata.difficulty <= cohort.difficulty
