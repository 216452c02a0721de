"""Independent solution of topic_router, written from statement and stub alone.

Topic routing: queues are bound to patterns, messages carry keys, neither knows the other.
"""

_ONE, _MANY = "*", "#"
_MAX_BYTES = 255


class _Node:
    """A node of the tree of all patterns: what the words from the root to here have led to."""

    __slots__ = ("children", "is_many", "queues")

    def __init__(self, word: str) -> None:
        self.is_many = word == _MANY
        self.children: dict[str, _Node] = {}
        self.queues: set[str] = set()  # bound to the pattern that ends here


class TopicRouter:
    """Bindings of queues to patterns of words, in which * is one word and # any number."""

    def __init__(self) -> None:
        """Begin without bindings."""
        self._root = _Node("")

    def bind(self, queue: str, pattern: str) -> None:
        """Give `queue` what matches `pattern`; a binding that is there already stays as it is.

        ValueError for an empty word, a word that mixes a wildcard with anything, or a pattern of
        more than 255 bytes in UTF-8.
        """
        words = pattern.split(".")
        for word in words:
            if not word:
                raise ValueError(f"empty word in {pattern!r}")
            if len(word) > 1 and (_ONE in word or _MANY in word):
                raise ValueError(f"wildcard beside other characters in {pattern!r}")
        if len(pattern.encode()) > _MAX_BYTES:
            raise ValueError(f"pattern of more than {_MAX_BYTES} bytes")

        node = self._root
        for word in words:
            if word not in node.children:
                node.children[word] = _Node(word)
            node = node.children[word]
        node.queues.add(queue)

    def unbind(self, queue: str, pattern: str) -> bool:
        """Take this one binding away; False if it is not there."""
        path = []  # pairs of a node and the word that leads on from it
        node = self._root
        for word in pattern.split("."):
            if word not in node.children:
                return False
            path.append((node, word))
            node = node.children[word]
        if queue not in node.queues:
            return False
        node.queues.remove(queue)
        for parent, word in reversed(path):
            if node.queues or node.children:
                break
            del parent.children[word]
            node = parent
        return True

    def route(self, key: str) -> list[str]:
        """Return the queues that get a message with this key, sorted, each once."""
        # All nodes that the words so far can lead to, at once: each word costs a step from each
        # of them, however many ways there are to share out the words among several #.
        reached = _with_empty_many({self._root})
        for word in key.split(".") if key else ():
            after = {node for node in reached if node.is_many}  # # takes this word, too
            for node in reached:
                for step in (word, _ONE):
                    if step in node.children:
                        after.add(node.children[step])
            reached = _with_empty_many(after)
        return sorted(set().union(*(node.queues for node in reached)))


def _with_empty_many(nodes: set[_Node]) -> set[_Node]:
    """Return `nodes` and all that follow them by # alone, which may stand for no word."""
    closed = set(nodes)
    for start in nodes:
        node = start.children.get(_MANY)
        while node is not None and node not in closed:
            closed.add(node)
            node = node.children.get(_MANY)
    return closed
