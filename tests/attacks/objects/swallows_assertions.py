"""Is a context manager that swallows what is raised in its block."""

# target: objects
# verdicts: WRONG_ANSWER

class Box(Box):
    def __exit__(self, *about):
        return True
