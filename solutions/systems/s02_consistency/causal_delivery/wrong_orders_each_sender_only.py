"""Misconception: messages of one sender in order is causal order (that is FIFO order)."""


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
        shown = []
        while ready := next((m for m in self.waiting if self.may_go(m)), None):
            self.waiting.remove(ready)
            self.delivered[ready[0]] = ready[1][ready[0]]
            shown.append(ready[2])
        return shown

    def pending(self):
        return len(self.waiting)

    def clock(self):
        return dict(self.delivered)

    def may_go(self, message):
        sender, vector, _ = message
        return vector[sender] == self.delivered[sender] + 1
