"""Returns a small graph of shared lists that unfolds without end."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(n):
    held = [0]
    for _ in range(60):
        held = [held, held]
    return held
