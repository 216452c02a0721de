"""Holds a NUL character."""

# made: nul
# verdicts: COMPILE_ERROR
