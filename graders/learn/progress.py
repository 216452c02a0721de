"""How far the learner of this working tree is, without running anything.

    module like a stub that was shipped      untouched
    accepted in this checkout, as it stands   solved
    anything else, unreadable ones too        attempted
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from graders import stubs
from graders.catalog import Catalog
from graders.learn import memory, rounds
from graders.model import Kata, Report, Verdict
from graders.report.standing import Standing, State

_MAX_BYTES = 1 << 20  # the judge refuses more; a stub has some KiB


def survey(catalog: Catalog) -> tuple[Standing, ...]:
    """Return where the learner stands with every kata, in the order of learning.

    Raises GraderError when katas/manifest.json cannot be understood.
    """
    shipped = stubs.known_stubs(catalog.root / "katas")
    remembered = memory.read(catalog.root)
    return tuple(
        Standing(kata, _state(kata, shipped, remembered.get(kata.slug))) for kata in catalog.katas
    )


def remember(root: Path, slug: str, source: bytes, report: Report, minutes: int = 0) -> None:
    """Store the verdict on a module with this content; a fault of the judge says nothing.

    `minutes` are the kata's: how long it took counts when it comes back in a review.
    """
    if report.verdict is not Verdict.JUDGE_ERROR:
        digest, at = stubs.stub_hash(source), rounds.now()
        memory.change(root, slug, lambda known: rounds.judged(known, digest, report, minutes, at))


def _state(
    kata: Kata, shipped: Mapping[str, frozenset[str]], known: memory.Memory | None
) -> State:
    data = module(kata.stub)
    if data is None:
        return State.ATTEMPTED  # the judge says what is wrong with the file
    digest = stubs.stub_hash(data)
    if digest in shipped.get(kata.slug, frozenset()):
        return State.UNTOUCHED
    accepted = known is not None and known.verdict is Verdict.ACCEPTED and known.sha256 == digest
    return State.SOLVED if accepted else State.ATTEMPTED


def module(path: Path) -> bytes | None:
    """Return the content of a regular file of ordinary size, None for anything else."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            data = file.read(_MAX_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= _MAX_BYTES else None
