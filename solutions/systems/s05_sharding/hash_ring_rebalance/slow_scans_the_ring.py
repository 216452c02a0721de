"""Misconception: walking round the ring to the key's point is quick enough."""

from hashlib import md5


def place_of(data):
    return int.from_bytes(md5(data).digest()[:8], "big")


class HashRing:
    def __init__(self, nodes, vnodes=100):
        if vnodes < 1 or any(weight < 1 for weight in nodes.values()):
            raise ValueError("weights and vnodes start at 1")
        self.vnodes = vnodes
        self.ring = sorted(
            (place_of(f"{node}#{i}".encode()), node)
            for node, weight in nodes.items()
            for i in range(vnodes * weight)
        )

    def start(self, key):
        if not self.ring:
            raise LookupError("no nodes")
        wanted = place_of(key)
        for i, (place, _) in enumerate(self.ring):
            if place >= wanted:
                return i
        return 0

    def lookup(self, key):
        return self.ring[self.start(key)][1]

    def preference(self, key, n):
        if n < 1:
            raise ValueError("n starts at 1")
        found = []
        i = self.start(key)
        for _ in self.ring:
            if self.ring[i][1] not in found:
                found.append(self.ring[i][1])
            if len(found) == n:
                break
            i = (i + 1) % len(self.ring)
        return found

    def plan(self, keys, new_nodes):
        if not new_nodes:
            raise ValueError("no new nodes")
        new = HashRing(new_nodes, self.vnodes)
        moves = [(key, self.lookup(key), new.lookup(key)) for key in keys]
        return [move for move in moves if move[1] != move[2]]
