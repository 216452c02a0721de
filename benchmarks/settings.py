"""How much of each row is measured: the sizes of a full run, and of one that only shows it works.

Chosen so that a full run of all rows takes about ten minutes on two cores.
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
    hits: int = 1000  # verdicts asked of the cache in one round
    runs: int = 100  # at each part of the limit, for flips
    calibrations: int = 7  # judgements of which the fastest says how long the work takes
    jobs: int = os.cpu_count() or 1


TINY = Settings(rounds=1, batch=1, submissions=4, hits=5, runs=1, calibrations=1)
