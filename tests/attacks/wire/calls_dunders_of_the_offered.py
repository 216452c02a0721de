"""Reaches for attributes of the offered function that lead into the suite."""

# target: callback
# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

def solve(call):
    for name in ("__globals__", "__code__", "__self__", "__closure__", "secret", "hidden"):
        found = getattr(call, name, None)
        if type(found) is dict:
            print(found)
    for name in ("hidden", "secret"):
        try:
            return getattr(call, name)()
        except AttributeError:
            continue
    return 0
