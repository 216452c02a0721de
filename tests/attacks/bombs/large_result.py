"""Returns a value far too large to send."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(n):
    return "x" * (40 << 20) if n == 3 else [0] * 3_000_000
