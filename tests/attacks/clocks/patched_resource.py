"""Patches os.times, resource usage and limits while it is quadratic."""

# target: growth
# verdicts: TIME_LIMIT_EXCEEDED

import os
import resource

os.times = lambda: (0, 0, 0, 0, 0)
resource.getrusage = lambda who: (0,) * 16
resource.setrlimit(resource.RLIMIT_CPU, resource.getrlimit(resource.RLIMIT_CPU))
