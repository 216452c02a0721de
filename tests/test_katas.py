"""Every kata of this repository keeps the law: what `verify` finds must be nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from graders.author.verify import verify

ROOT = Path(__file__).parent.parent


@pytest.mark.timeout(1500)
def test_every_kata_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    found = verify(ROOT)
    findings = [*found.findings, *(each for row in found.rows for each in row.findings)]
    assert not findings, "\n".join(map(str, findings))
    assert len(found.rows) >= 8
    with capsys.disabled():
        sys.stdout.write(f"\nproven: {', '.join(row.slug for row in found.rows)}; lane: embedded "
                         "(no kata uses a service yet)\n")
