"""Misconception: hash modulo the number of nodes is consistent hashing."""

from hashlib import md5


class HashRing:
    def __init__(self, nodes, vnodes=100):
        if vnodes < 1 or any(weight < 1 for weight in nodes.values()):
            raise ValueError("weights and vnodes start at 1")
        self.vnodes = vnodes
        self.slots = [node for node, weight in sorted(nodes.items()) for _ in range(weight)]

    def slot(self, key):
        if not self.slots:
            raise LookupError("no nodes")
        return int.from_bytes(md5(key).digest()[:8], "big") % len(self.slots)

    def lookup(self, key):
        return self.slots[self.slot(key)]

    def preference(self, key, n):
        if n < 1:
            raise ValueError("n starts at 1")
        slot = self.slot(key)
        return list(dict.fromkeys(self.slots[slot:] + self.slots[:slot]))[:n]

    def plan(self, keys, new_nodes):
        if not new_nodes:
            raise ValueError("no new nodes")
        new = HashRing(new_nodes, self.vnodes)
        moves = [(key, self.lookup(key), new.lookup(key)) for key in keys]
        return [move for move in moves if move[1] != move[2]]
