"""Never ends in a finalizer, after its result has been made."""

# verdicts: TIME_LIMIT_EXCEEDED

class Sticky:
    def __del__(self):
        while True:
            pass


def solve(n):
    made = Sticky()
    return len(str(made)) * 0
