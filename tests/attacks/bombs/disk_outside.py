"""Fills a folder outside its box."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(n):
    with open("@outside@/large", "wb") as file:
        for _ in range(20):
            file.write(bytes(1 << 16))
    return 0
