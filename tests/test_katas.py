"""Every kata of this repository keeps the law: what `verify` finds must be nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graders.author.verify import verify
from graders.services.lanes import LANES

ROOT = Path(__file__).parent.parent


@pytest.mark.timeout(4000)  # on a busy machine
def test_every_kata_is_proven(record_property: Callable[[str, object], None]) -> None:
    """In the embedded lane by all its submissions, in real lanes that answer by its reference."""
    found = verify(ROOT, every_lane=True)
    findings = [*found.findings, *(each for row in found.rows for each in row.findings)]
    assert not findings, "\n".join(map(str, findings))
    assert len(found.rows) >= 8
    record_property("said", f"proven: {', '.join(row.slug for row in found.rows)}")
    record_property("said", f"lane embedded: all {len(found.lanes['embedded'])} katas")
    for lane in LANES[1:]:  # which servers answer stands in the head of the run
        slugs = ", ".join(found.lanes.get(lane, ())) or "no kata"
        record_property("said", f"lane {lane}: {slugs}")
