"""A suite that the engine runs once before its first job, in itself.

pytest compiles patterns, fills caches and gets its code specialised the first time that it
collects and runs something. Done here, no judge child has to do it again. Collected by path.
"""

from __future__ import annotations

import pytest


@pytest.mark.stage(1)
def test_passes() -> None:
    """A test with a marker."""
    assert [1, 2] == [1, 2]


@pytest.mark.perf
@pytest.mark.parametrize("number", [1, 2])
def test_is_made_twice(number: int) -> None:
    """A test with parameters."""
    with pytest.raises(ValueError, match="invalid"):
        int("x" * number)


def test_fails() -> None:
    """A comparison that has to be explained."""
    assert [1, 2] == [1, 3]
