"""Topic routing: queues are bound to patterns, messages carry keys, neither knows the other."""


class TopicRouter:
    """Bindings of queues to patterns of words, in which * is one word and # any number."""

    def __init__(self) -> None:
        """Begin without bindings."""
        raise NotImplementedError

    def bind(self, queue: str, pattern: str) -> None:
        """Give `queue` what matches `pattern`; a binding that is there already stays as it is.

        ValueError for an empty word, a word that mixes a wildcard with anything, or a pattern of
        more than 255 bytes in UTF-8.
        """
        raise NotImplementedError

    def unbind(self, queue: str, pattern: str) -> bool:
        """Take this one binding away; False if it is not there."""
        raise NotImplementedError

    def route(self, key: str) -> list[str]:
        """Return the queues that get a message with this key, sorted, each once."""
        raise NotImplementedError
