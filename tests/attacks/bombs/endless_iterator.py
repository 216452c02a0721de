"""Yields without end."""

# target: iterator
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def count(n):
    while True:
        yield 0
