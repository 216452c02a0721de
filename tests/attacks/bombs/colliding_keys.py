"""Returns keys that all have the same hash."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(n):
    return {i * (2**61 - 1): 0 for i in range(50_000)}
