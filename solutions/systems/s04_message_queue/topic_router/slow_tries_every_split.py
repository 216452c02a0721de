"""Tries for each # all lengths, one after the other, and remembers nothing."""

from collections.abc import Iterator

LONGEST = 255  # bytes of a pattern


class _Node:
    """A place in the trie: the words of some patterns up to here, and who is bound just here."""

    def __init__(self, stays: bool = False) -> None:
        self.next: dict[str, _Node] = {}
        self.queues: set[str] = set()
        self.stays = stays  # reached by "#": any further word may be taken without moving


class TopicRouter:
    """Bindings of queues to patterns of words, in which * is one word and # any number."""

    def __init__(self) -> None:
        self._root = _Node()

    def bind(self, queue: str, pattern: str) -> None:
        """Give `queue` what matches `pattern`; once more changes nothing."""
        words = _checked(pattern)
        node = self._root
        for word in words:
            if word not in node.next:
                node.next[word] = _Node(stays=word == "#")
            node = node.next[word]
        node.queues.add(queue)

    def unbind(self, queue: str, pattern: str) -> bool:
        """Take this one binding away, and the branch that it leaves empty; False if not there."""
        node: _Node | None = self._root
        path = []
        for word in pattern.split("."):
            path.append((node, word))
            node = node.next.get(word)
            if node is None:
                return False
        if queue not in node.queues:
            return False
        node.queues.remove(queue)
        for parent, word in reversed(path):
            if parent.next[word].next or parent.next[word].queues:
                break
            del parent.next[word]
        return True

    def route(self, key: str) -> list[str]:
        """Return the queues that get a message with this key, sorted."""
        found: set[str] = set()
        _collect(self._root, key.split(".") if key else [], found)
        return sorted(found)


def _collect(node: _Node, words: list[str], found: set[str]) -> None:
    """Add the queues that are bound where some walk of the words ends."""
    if not words:
        found |= node.queues
    elif node.stays:
        _collect(node, words[1:], found)
    if words:
        for step in {words[0], "*"} & set(node.next):
            _collect(node.next[step], words[1:], found)
    if "#" in node.next:
        _collect(node.next["#"], words, found)


def _after(node: _Node, word: str) -> Iterator[_Node]:
    """Yield where a walk may stand once it has taken `word` from `node`."""
    if node.stays:
        yield from _with_hashes(node)
    for step in (word, "*"):
        if step in node.next:
            yield from _with_hashes(node.next[step])


def _with_hashes(node: _Node) -> Iterator[_Node]:
    """Yield the node, and what follows it by # alone: that may stand for no word."""
    yield node
    while "#" in node.next:
        node = node.next["#"]
        yield node


def _checked(pattern: str) -> list[str]:
    """Return the words of a pattern; ValueError if it is none."""
    words = pattern.split(".")
    if len(pattern.encode()) > LONGEST:
        raise ValueError(f"longer than {LONGEST} bytes")
    for word in words:
        if not word or (word not in ("*", "#") and {"*", "#"} & set(word)):
            raise ValueError(f"{word!r} is neither a word nor a wildcard")
    return words
