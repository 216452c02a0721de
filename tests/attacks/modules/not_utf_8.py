"""Is encoded in Latin-1 and says so."""

# made: latin
# verdicts: COMPILE_ERROR
