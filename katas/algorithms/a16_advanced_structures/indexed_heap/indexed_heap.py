"""Indexed heap: a priority queue whose priorities may change while keys are waiting."""


class IndexedHeap:
    """Keys with priorities; the key with the least priority is the first.

    Of keys with equal priority the one that was pushed earlier comes first. A key is a str or an
    int and is there at most once; a priority is an int or a float, infinity included.
    """

    def __init__(self) -> None:
        """Begin empty."""
        raise NotImplementedError

    def push(self, key: str | int, priority: float) -> None:
        """Add a key; one that is there already raises KeyError, and nothing changes."""
        raise NotImplementedError

    def pop(self) -> tuple[str | int, float]:
        """Take the first key out, return (key, priority); IndexError if there is none."""
        raise NotImplementedError

    def peek(self) -> tuple[str | int, float]:
        """Return what `pop` would return, and leave it there; IndexError if there is none."""
        raise NotImplementedError

    def update(self, key: str | int, priority: float) -> None:
        """Give a key another priority, lower or higher; KeyError if it is not there.

        Among equal priorities it still counts when the key was pushed, not when it was updated.
        """
        raise NotImplementedError

    def remove(self, key: str | int) -> float:
        """Take a key out and return its priority; KeyError if it is not there."""
        raise NotImplementedError

    def size(self) -> int:
        """Return how many keys there are."""
        raise NotImplementedError

    def contains(self, key: str | int) -> bool:
        """Return whether a key is there."""
        raise NotImplementedError
