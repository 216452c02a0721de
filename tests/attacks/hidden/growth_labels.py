"""Names its class and its functions after the hidden input while it fails."""

# target: hidden
# verdicts: RUNTIME_ERROR

def solve(n):
    def inner():
        raise LookupError

    inner.__code__ = inner.__code__.replace(co_name=str(n), co_qualname=str(n))
    return inner()
