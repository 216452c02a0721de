"""Prints without end."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(n):
    while True:
        print("x" * 10_000)
