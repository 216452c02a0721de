"""Hands the suite's function large values again and again, for it to keep."""

# target: callback
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(call):
    while True:
        call("x" * (1 << 20))
