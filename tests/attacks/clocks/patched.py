"""Patches every clock of Python while it is quadratic."""

# target: growth
# verdicts: TIME_LIMIT_EXCEEDED

import time

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
    setattr(time, f"{name}_ns", lambda: 0)
