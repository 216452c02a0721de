"""An independent answer to lru_cache_repair: a ring of linked nodes, written from the statement."""


class _Node:
    """One entry and its neighbours in order of use."""

    __slots__ = ("key", "newer", "older", "value")

    def __init__(self, key: int = 0, value: int = 0) -> None:
        self.key = key
        self.value = value
        self.newer = self.older = self


class LRUCache:
    """A dict of nodes; `_gate` closes the ring: its older side is the newest entry."""

    def __init__(self, capacity: int) -> None:
        if capacity <= 0:
            raise ValueError("an LRU cache needs room for one entry at least")
        self._room = capacity
        self._gate = _Node()
        self._nodes: dict[int, _Node] = {}

    def get(self, key: int) -> int:
        node = self._nodes.get(key)
        if node is None:
            return -1
        self._unlink(node)
        self._link_newest(node)
        return node.value

    def put(self, key: int, value: int) -> None:
        node = self._nodes.get(key)
        if node is not None:
            node.value = value
            self._unlink(node)
        else:
            if self._room == 0:
                # the node of the dropped entry serves the new one
                node = self._gate.newer
                self._unlink(node)
                del self._nodes[node.key]
                node.key, node.value = key, value
            else:
                node = _Node(key, value)
                self._room -= 1
            self._nodes[key] = node
        self._link_newest(node)

    def items(self) -> list[tuple[int, int]]:
        pairs = []
        node = self._gate.older
        while node is not self._gate:
            pairs.append((node.key, node.value))
            node = node.older
        return pairs

    def __len__(self) -> int:
        return len(self._nodes)

    @staticmethod
    def _unlink(node: _Node) -> None:
        node.newer.older = node.older
        node.older.newer = node.newer

    def _link_newest(self, node: _Node) -> None:
        node.newer, node.older = self._gate, self._gate.older
        node.older.newer = node
        self._gate.older = node
