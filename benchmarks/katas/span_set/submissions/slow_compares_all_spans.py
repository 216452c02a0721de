"""Joins by comparing each span with every other one."""


class SpanSet:
    """Spans (low, high), joined when asked for."""

    def __init__(self):
        self._spans = []

    def add(self, low, high):
        """Add every int from `low` up to, without, `high`. Raises ValueError for none."""
        if low >= high:
            raise ValueError(f"empty span ({low}, {high})")
        self._spans.append((low, high))

    def spans(self):
        """Return the spans in order."""
        return sorted(_joined(self._spans))

    def covers(self, value):
        """Whether `value` is in one of the spans."""
        return any(low <= value < high for low, high in self._spans)

    def __len__(self):
        return len(self.spans())


def covered(pairs):
    """Return how many ints the spans cover together."""
    return sum(high - low for low, high in _joined(pairs))


def _joined(pairs):
    kept = []
    for low, high in pairs:
        apart = []
        for other_low, other_high in kept:
            if other_low <= high and low <= other_high:
                low, high = min(low, other_low), max(high, other_high)
            else:
                apart.append((other_low, other_high))
        kept = [*apart, (low, high)]
    return kept
