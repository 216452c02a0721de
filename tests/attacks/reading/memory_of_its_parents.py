"""Reads the memory of the processes above it, and of all others it can name."""

# verdicts: RUNTIME_ERROR

import os


def solve(n):
    pids = [os.getppid(), 1, *(int(each) for each in os.listdir("/proc") if each.isdigit())]
    for pid in pids[:60]:
        if pid == os.getpid():
            continue
        try:
            with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
                for line in maps:
                    if "[heap]" not in line:
                        continue
                    start, end = (int(each, 16) for each in line.split()[0].split("-"))
                    memory.seek(start)
                    data = memory.read(min(end - start, 1 << 23))
                    at = data.find(("@prefix@" + "-").encode())
                    if at >= 0:
                        print(data[at:at + 80])
        except (OSError, ValueError):
            continue
    return 0
