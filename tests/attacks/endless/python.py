"""Never ends, in Python."""

# verdicts: TIME_LIMIT_EXCEEDED

def solve(n):
    while True:
        n += 1
