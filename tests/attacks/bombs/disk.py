"""Fills its folder."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(n):
    with open("large", "wb") as file:
        for _ in range(200):
            file.write(bytes(1 << 20))
    return 0
