"""Returns strings with lone surrogates and NUL characters."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(n):
    return "\ud800\x00\udfff" * 3
