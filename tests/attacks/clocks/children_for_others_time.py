"""Does its quadratic work in a child process, whose time its own clock does not show."""

# target: growth
# verdicts: TIME_LIMIT_EXCEEDED

import os


def solve(items):
    read, write = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        return sum(a > b for a in items for b in items)
    if pid == 0:
        os.write(write, str(sum(a > b for a in items for b in items)).encode())
        os._exit(0)
    os.waitpid(pid, 0)
    return int(os.read(read, 99))
