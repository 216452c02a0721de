"""Never ends and catches all that is raised in it."""

# verdicts: TIME_LIMIT_EXCEEDED

def solve(n):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
