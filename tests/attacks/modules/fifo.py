"""Is a pipe that nobody writes to."""

# made: fifo
# verdicts: COMPILE_ERROR
