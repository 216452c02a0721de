"""By what a submission is judged: the hash of everything that may change its points.

    Basis = suite + hidden suite + what of kata.toml the judge reads + seed + version of graders

Two results of one submission under one basis are the same result, so it is judged once, whoever
handed it in and however often it is collected. A mended suite gives its kata another basis, and
only that one is judged anew. Titles, hints and times for learners are no part of it. The machine
is none either: limits are reference seconds; what else `judge.cache` counts, it counts itself.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graders import __version__
from graders.catalog import hidden_suite
from graders.cohort.fetch import File, State
from graders.errors import GraderError
from graders.judge import cache
from graders.model import Kata
from graders.phrases import phrase
from graders.plain import to_plain

SECRET = "secret"
_BYTES = 32
_READ_BY_THE_JUDGE = ("slug", "kind", "services", "packages", "network", "processes", "threads",
                      "open_files", "stages", "api", "limits")


@dataclass(frozen=True, slots=True)
class Basis:
    """One kata as it is judged now. `files` are the contents behind the hashes."""

    id: str
    kata: Kata
    hidden: Path | None  # a warm-up has none
    seed: bytes
    suite_sha256: str
    hidden_sha256: str
    kata_sha256: str
    files: tuple[File, ...]


def secret(cohort: Path) -> bytes:
    """Return the cohort's secret, made once: 32 random bytes that only the owner can read.

    Raises GraderError when others can read it, or it is not what we wrote.
    """
    path = cohort / SECRET
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise GraderError(phrase("{file}: cannot be written ({error}); mend that, and run again",
                                 file=path, error=error.strerror)) from error
    else:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
    try:
        text = path.read_text(encoding="ascii").strip()
        shared = path.stat().st_mode & 0o077
        found = bytes.fromhex(text)
    except (OSError, ValueError) as error:
        raise GraderError(phrase("{file}: is not the secret that was written there; put it back, "
                                 "or the seeds of all marks are lost", file=path)) from error
    if shared:
        raise GraderError(phrase("{file}: others can read it; run: chmod 600 {file}", file=path))
    if len(found) != _BYTES:
        raise GraderError(phrase("{file}: is not the secret that was written there; put it back, "
                                 "or the seeds of all marks are lost", file=path))
    return found


def bases(root: Path, katas: Sequence[Kata], key: bytes) -> dict[str, Basis]:
    """Return the basis of each kata, by slug. Raises GraderError for one without hidden suite."""
    return {kata.slug: _basis(root, kata, key) for kata in katas}


def _basis(root: Path, kata: Kata, key: bytes) -> Basis:
    try:
        hidden = hidden_suite(root, kata)
    except FileNotFoundError as missing:
        raise GraderError(phrase("{slug}: no hidden suite here ({path}); grade a cohort where the "
                                 "solutions are", slug=kata.slug, path=missing)) from None
    seed = hmac.new(key, kata.slug.encode(), hashlib.sha256).digest()[:16]
    suite_data, hidden_data = kata.suite.read_bytes(), hidden.read_bytes() if hidden else b""
    read = to_plain(kata)
    judged_by = json.dumps({name: read[name] for name in _READ_BY_THE_JUDGE}, sort_keys=True)
    suite, hides, read_by = (cache.sha256(each)
                             for each in (suite_data, hidden_data, judged_by.encode()))
    whole = json.dumps(["kata40 basis 1", suite, hides, read_by, seed.hex(), __version__])
    files = tuple(
        File(name, State.TAKEN, data=data, size=len(data)) for name, data in (
            ("kata.json", judged_by.encode()), (kata.suite.name, suite_data),
            (f"test_hidden_{kata.slug}.py", hidden_data)))
    return Basis(cache.sha256(whole.encode())[:32], kata, hidden, seed, suite, hides, read_by,
                 files)
