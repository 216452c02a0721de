"""Hands huge, nested and foreign values to the suite's function."""

# target: callback
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED|MEMORY_LIMIT_EXCEEDED|OUTPUT_LIMIT_EXCEEDED

def solve(call):
    for value in ("x" * (20 << 20), [[]] * 100_000, object(), {1: object()}, call):
        try:
            call(value)
        except Exception:
            continue
    return 0
