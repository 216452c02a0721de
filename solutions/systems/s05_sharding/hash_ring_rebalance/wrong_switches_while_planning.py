"""Misconception: whoever plans a move has made it."""

from bisect import bisect_left
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
        self.places = [place for place, _ in self.ring]

    def start(self, key):
        if not self.ring:
            raise LookupError("no nodes")
        return bisect_left(self.places, place_of(key)) % len(self.ring)

    def lookup(self, key):
        return self.ring[self.start(key)][1]

    def preference(self, key, n):
        if n < 1:
            raise ValueError("n starts at 1")
        start = self.start(key)
        found = []
        for i in range(len(self.ring)):
            node = self.ring[(start + i) % len(self.ring)][1]
            if node not in found:
                found.append(node)
            if len(found) == n:
                break
        return found

    def plan(self, keys, new_nodes):
        if not new_nodes:
            raise ValueError("no new nodes")
        new = HashRing(new_nodes, self.vnodes)
        moves = [(key, self.lookup(key), new.lookup(key)) for key in keys]
        self.ring, self.places = new.ring, new.places
        return [move for move in moves if move[1] != move[2]]
