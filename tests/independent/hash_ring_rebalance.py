"""A second solution of hash_ring_rebalance, written from the statement and the stub alone.

Each node keeps its own sorted places; copies are found by asking every node for its distance. A
plan sorts the keys by place and sweeps both rings once instead of searching for each key.
"""

import hashlib
from bisect import bisect_left
from heapq import merge


def locate(data):
    return int(hashlib.md5(data).hexdigest()[:16], 16)


class HashRing:
    def __init__(self, nodes, vnodes=100):
        if min([vnodes, *nodes.values()]) < 1:
            raise ValueError("weights and vnodes start at 1")
        self.vnodes = vnodes
        self.places = {
            node: sorted(locate(b"%b#%d" % (node.encode(), i)) for i in range(weight * vnodes))
            for node, weight in nodes.items()
        }
        self.arcs = list(merge(*([(p, node) for p in ps] for node, ps in self.places.items())))
        if self.arcs:
            self.arcs.append((2**64, self.arcs[0][1]))  # the wrap, as a last arc

    def lookup(self, key):
        if not self.arcs:
            raise LookupError("no nodes")
        low, high, wanted = 0, len(self.arcs) - 1, locate(key)
        while low < high:
            middle = (low + high) // 2
            if self.arcs[middle][0] < wanted:
                low = middle + 1
            else:
                high = middle
        return self.arcs[low][1]

    def preference(self, key, n):
        if n < 1:
            raise ValueError("n starts at 1")
        if not self.arcs:
            raise LookupError("no nodes")
        wanted = locate(key)

        def distance(node):
            places = self.places[node]
            index = bisect_left(places, wanted)
            return places[index] - wanted if index < len(places) else 2**64 + places[0] - wanted

        return sorted(self.places, key=distance)[:n]

    def sweep(self, located):
        if not self.arcs:
            raise LookupError("no nodes")
        arc = 0
        for place, index in located:
            while self.arcs[arc][0] < place:
                arc += 1
            yield index, self.arcs[arc][1]

    def plan(self, keys, new_nodes):
        if not new_nodes:
            raise ValueError("no node left")
        other = HashRing(new_nodes, self.vnodes)
        located = sorted((locate(key), index) for index, key in enumerate(keys))
        before, after = dict(self.sweep(located)), dict(other.sweep(located))
        return [(k, before[i], after[i]) for i, k in enumerate(keys) if before[i] != after[i]]
