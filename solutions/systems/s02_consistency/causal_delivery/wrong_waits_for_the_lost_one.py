"""Misconception: one queue for all: nothing overtakes the message at its head."""


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
        self.waiting.append(message)
        self.waiting.sort(key=lambda m: sum(m[1].values()))
        shown = []
        while self.waiting and self.may_go(self.waiting[0]):
            ready = self.waiting.pop(0)
            self.delivered[ready[0]] += 1
            shown.append(ready[2])
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
