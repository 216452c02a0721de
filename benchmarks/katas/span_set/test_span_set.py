"""Ten tests with 25 calls into the learner's code: what the benchmarks judge."""

import pytest
from span_set import SpanSet, covered


def test_begins_empty():
    """Two calls."""
    assert SpanSet().spans() == []


def test_keeps_one_span():
    """Three calls."""
    spans = SpanSet()
    spans.add(3, 5)
    assert spans.spans() == [(3, 5)]


def test_sorts_spans():
    """Four calls."""
    spans = SpanSet()
    spans.add(7, 9)
    spans.add(1, 2)
    assert spans.spans() == [(1, 2), (7, 9)]


def test_joins_touching_spans():
    """Four calls."""
    spans = SpanSet()
    spans.add(1, 3)
    spans.add(3, 6)
    assert spans.spans() == [(1, 6)]


def test_covers_the_lower_end_only():
    """Four calls."""
    spans = SpanSet()
    spans.add(1, 3)
    assert spans.covers(1)
    assert not spans.covers(3)


def test_refuses_an_empty_span():
    """Two calls."""
    spans = SpanSet()
    with pytest.raises(ValueError, match="empty"):
        spans.add(4, 4)


def test_counts_spans():
    """Three calls."""
    spans = SpanSet()
    spans.add(1, 3)
    assert len(spans) == 1


def test_covered_of_nothing_is_zero():
    """One call."""
    assert covered([]) == 0


def test_covered_counts_overlaps_once():
    """One call."""
    assert covered([(5, 9), (1, 6), (2, 3)]) == 8


@pytest.mark.perf
def test_covered_of_two_thousand_spans():
    """One call."""
    assert covered([(3 * i, 3 * i + 2) for i in range(2000)]) == 4000
