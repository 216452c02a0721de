"""A loop whose length the benchmark sets, so that it takes a wanted part of the limit."""

STEPS = 100_000


def work():
    """Keep a processor busy for STEPS steps of plain Python."""
    total = 0
    for i in range(STEPS):
        total += i * i % 7
    return "done" if total >= 0 else "never"
