"""Is no text."""

# made: binary
# verdicts: COMPILE_ERROR
