"""Is no file at all."""

# made: missing
# verdicts: COMPILE_ERROR
