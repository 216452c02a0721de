"""Is a symbolic link to another file."""

# made: symlink
# verdicts: COMPILE_ERROR
