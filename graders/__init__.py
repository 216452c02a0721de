"""kata40's graders: catalogue, judge, kit and commands.

This file stays free of imports: it also runs inside the sandbox.
"""

__version__ = "0.1.0"
