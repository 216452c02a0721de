"""Consistent hashing: who owns a key, who holds its copies, and what moves when nodes change."""


class HashRing:
    """Nodes on a circle of 2**64 places.

    A node of weight w has vnodes * w points: point number i (from 0) lies at the place of the
    UTF-8 bytes of f"{node}#{i}", a key at the place of its own bytes. The place of some bytes is
    the first 8 bytes of their MD5 digest read as a big-endian integer. A key belongs to the first
    point at or after its place; after the last point comes the first one again.
    """

    def __init__(self, nodes: dict[str, int], vnodes: int = 100) -> None:
        """Put the nodes (name: weight) on the circle; their order in the dict means nothing.

        No nodes are allowed. Raises ValueError when vnodes or a weight is below 1.
        """
        raise NotImplementedError

    def lookup(self, key: bytes) -> str:
        """Return the name of the node that owns the key.

        Raises LookupError on a ring without nodes.
        """
        raise NotImplementedError

    def preference(self, key: bytes, n: int) -> list[str]:
        """Return the first n different nodes met clockwise from the key, its owner first.

        All nodes when the ring has no more than n. Raises ValueError when n is below 1 and
        LookupError on a ring without nodes.
        """
        raise NotImplementedError

    def plan(self, keys: list[bytes], new_nodes: dict[str, int]) -> list[tuple[bytes, str, str]]:
        """Return the moves (key, owner now, owner then) to a ring of new_nodes, in key order.

        The new ring has the same vnodes. Keys that stay are left out; a key that stands twice in
        `keys` is listed twice. This ring stays as it is. Raises ValueError when new_nodes is
        empty or a weight is below 1, LookupError when there are keys and this ring has no nodes.
        """
        raise NotImplementedError
