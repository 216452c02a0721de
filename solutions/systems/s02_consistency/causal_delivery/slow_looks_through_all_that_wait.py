"""Misconception: going through all waiting messages at each arrival costs little."""


class CausalNode:
    def __init__(self, me, nodes):
        if me not in nodes or len(set(nodes)) != len(nodes):
            raise ValueError(f"bad group {nodes} for {me!r}")
        self.me = me
        self.delivered = {node: 0 for node in nodes}
        self.waiting = {}

    def broadcast(self, payload):
        self.delivered[self.me] += 1
        return self.me, dict(self.delivered), payload

    def receive(self, message):
        sender, vector, _ = message
        if sender not in self.delivered:
            raise ValueError(f"unknown sender {sender!r}")
        identity = sender, vector[sender]
        if vector[sender] <= self.delivered[sender] or identity in self.waiting:
            return []
        self.waiting[identity] = message
        shown = []
        progress = True
        while progress:
            progress = False
            for identity, (sender, vector, payload) in list(self.waiting.items()):
                if self.may_go(sender, vector):
                    del self.waiting[identity]
                    self.delivered[sender] += 1
                    shown.append(payload)
                    progress = True
        return shown

    def pending(self):
        return len(self.waiting)

    def clock(self):
        return dict(self.delivered)

    def may_go(self, sender, vector):
        if vector[sender] != self.delivered[sender] + 1:
            return False
        return all(vector[n] <= self.delivered[n] for n in vector if n != sender)
