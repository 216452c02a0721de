"""Is a source that takes the compiler's stack or patience."""

# made: deep
# verdicts: COMPILE_ERROR
