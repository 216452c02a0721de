"""Which stubs were ever shipped: how `grade` tells an untouched stub from a learner's work.

    katas/manifest.json     {"format": 1, "stubs": {"two_sum": ["<sha256>", …], …}}

A sheet of answers is one as well, under a name that no slug can have: "a01_two_sum/answers".

Owns that file's form and the hash. It only ever grows: a learner may hold the stub of any past
version. Who writes it, and when, is `author.publish`'s. Knows nothing of what a stub contains.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from graders.errors import GraderError
from graders.phrases import phrase

FORMAT = 1
MANIFEST = "katas/manifest.json"  # in the repository and in every learner's copy
_SHA256 = re.compile(r"[0-9a-f]{64}")


def stub_hash(data: bytes) -> str:
    """Return the hash of a stub's bytes as hexadecimal SHA-256, with newlines taken as LF.

    Editors and git on other systems turn newlines into CRLF; that touches nothing.
    """
    return hashlib.sha256(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).hexdigest()


def sheet_name(topic_folder: str) -> str:
    """Return the name under which a manifest lists the sheets of a topic."""
    return f"{topic_folder}/answers"


def known_stubs(katas_dir: Path) -> dict[str, frozenset[str]]:
    """Return the hashes of every stub ever shipped, by slug; empty without a manifest.

    Raises GraderError when the manifest cannot be understood.
    """
    path = katas_dir / Path(MANIFEST).name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    return parse(data, str(path))


def parse(data: bytes, where: str) -> dict[str, frozenset[str]]:
    """Return the hashes by slug that a manifest lists. `where` names it in the GraderError."""
    remedy = phrase(
        "restore it with git, or make it anew with 'python -m graders publish --manifest'"
    )
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:  # also text that is not UTF-8
        raise GraderError(
            phrase("{where}: not JSON ({error}); {text}", where=where, error=error, text=remedy)
        ) from error
    version = document.get("format") if isinstance(document, dict) else None
    if not isinstance(version, int):
        raise GraderError(phrase("{where}: no 'format'; {text}", where=where, text=remedy))
    if version > FORMAT:
        raise GraderError(
            phrase("{where}: format {version} is newer than {known}, the one known here; update "
                   "graders/", where=where, version=version, known=FORMAT)
        )  # fmt: skip
    if version < FORMAT:
        raise GraderError(
            phrase("{where}: format {version} is older than {known}; {text}",
                   where=where, version=version, known=FORMAT, text=remedy)
        )  # fmt: skip
    stubs = document.get("stubs")
    if not isinstance(stubs, dict) or not all(map(_are_hashes, stubs.values())):
        raise GraderError(
            phrase("{where}: 'stubs' must map slugs to lists of SHA-256 hashes; {text}",
                   where=where, text=remedy)
        )  # fmt: skip
    return {slug: frozenset(hashes) for slug, hashes in stubs.items()}


def merge(sets: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, frozenset[str]]:
    """Return the union of several sets of known stubs."""
    union: dict[str, frozenset[str]] = {}
    for known in sets:
        for slug, hashes in known.items():
            union[slug] = union.get(slug, frozenset()) | hashes
    return union


def document(known: Mapping[str, frozenset[str]]) -> dict[str, object]:
    """Return the manifest that lists `known`, in an order that does not depend on history."""
    return {"format": FORMAT, "stubs": {slug: sorted(known[slug]) for slug in sorted(known)}}


def render(manifest: Mapping[str, object]) -> bytes:
    """Return the manifest as it is written: one hash a line, so that git can merge additions."""
    return (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode()


def _are_hashes(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, str) and _SHA256.fullmatch(item) for item in value
    )
