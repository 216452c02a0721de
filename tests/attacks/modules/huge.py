"""Is larger than any module has to be."""

# made: huge
# verdicts: COMPILE_ERROR
