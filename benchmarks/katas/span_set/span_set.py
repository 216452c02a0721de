"""Half-open spans of ints, joined where they touch."""


class SpanSet:
    """A sorted list of spans (low, high), none of which touch."""

    def __init__(self):
        self._spans = []

    def add(self, low, high):
        """Add every int from `low` up to, without, `high`. Raises ValueError for none."""
        if low >= high:
            raise ValueError(f"empty span ({low}, {high})")
        self._spans = _joined([*self._spans, (low, high)])

    def spans(self):
        """Return the spans in order."""
        return list(self._spans)

    def covers(self, value):
        """Whether `value` is in one of the spans."""
        return any(low <= value < high for low, high in self._spans)

    def __len__(self):
        return len(self._spans)


def covered(pairs):
    """Return how many ints the spans cover together."""
    return sum(high - low for low, high in _joined(pairs))


def _joined(pairs):
    kept = []
    for low, high in sorted(pairs):
        if kept and low <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(high, kept[-1][1]))
        else:
            kept.append((low, high))
    return kept
