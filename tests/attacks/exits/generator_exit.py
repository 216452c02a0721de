"""Raises GeneratorExit and KeyboardInterrupt, which few handlers catch."""

# verdicts: RUNTIME_ERROR

def solve(n):
    raise GeneratorExit if n == 3 else KeyboardInterrupt
