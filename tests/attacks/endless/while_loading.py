"""Never ends, while it is imported."""

# verdicts: TIME_LIMIT_EXCEEDED

while True:
    pass
