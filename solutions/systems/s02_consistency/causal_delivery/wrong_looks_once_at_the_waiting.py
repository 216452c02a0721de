"""Misconception: one pass over the waiting messages after an arrival frees all that can go."""


class CausalNode:
    def __init__(self, me, nodes):
        if me not in nodes or len(set(nodes)) != len(nodes):
            raise ValueError(f"bad group {nodes} for {me!r}")
        self.me = me
        self.delivered = {node: 0 for node in nodes}
        self.waiting = []

    def broadcast(self, payload):
        self.delivered[self.me] += 1
        return self.me, dict(self.delivered), payload

    def receive(self, message):
        sender, vector, payload = message
        if sender not in self.delivered:
            raise ValueError(f"unknown sender {sender!r}")
        if vector[sender] <= self.delivered[sender] or message in self.waiting:
            return []
        if not self.may_go(message):
            self.waiting.append(message)
            return []
        self.delivered[sender] += 1
        shown = [payload]
        for other in list(self.waiting):
            if self.may_go(other):
                self.waiting.remove(other)
                self.delivered[other[0]] += 1
                shown.append(other[2])
        return shown

    def pending(self):
        return len(self.waiting)

    def clock(self):
        return dict(self.delivered)

    def may_go(self, message):
        sender, vector, _ = message
        others = (n for n in vector if n != sender)
        return vector[sender] == self.delivered[sender] + 1 and all(
            vector[node] <= self.delivered[node] for node in others
        )
