"""Takes more memory at once than there is."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(n):
    return len(bytearray(1 << 40))
