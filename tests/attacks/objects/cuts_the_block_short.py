"""Raises inside its own block and swallows it, so that no assertion is reached."""

# target: objects
# verdicts: RUNTIME_ERROR

class Box(Box):
    def get(self):
        raise LookupError

    def __exit__(self, *about):
        return True
