"""How much of each row is measured: the sizes of a full run, and of one that only shows it works.

Chosen so that a full run of all rows takes about forty minutes on two cores, most
of it `stability` and `margin`.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes that every row takes what it needs from."""

    rounds: int = 15  # interleaved: each contender once in every round
    batch: int = 4  # judgements in one round of one_kata: about as long as one fresh pytest
    submissions: int = 100  # of the cohort
    learners: int = 300  # of the cohort that is graded whole, by seven katas
    hits: int = 1000  # verdicts asked of the cache in one round
    runs: int = 143  # of each of the seven submissions of stability: 1,001 in each company
    samples: int = 12  # at each part of the limit, for margin
    repositories: int = 100  # of a cohort
    jobs: int = os.cpu_count() or 1


TINY = Settings(rounds=1, batch=1, submissions=4, learners=2, hits=5, runs=1, samples=1,
                repositories=2)
