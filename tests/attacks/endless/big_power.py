"""Never ends, inside the arithmetic of big numbers."""

# verdicts: TIME_LIMIT_EXCEEDED

def solve(n):
    return 7 ** (9 ** 9) % 10
