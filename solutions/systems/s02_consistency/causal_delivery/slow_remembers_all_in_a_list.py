"""Misconception: asking a list of everything received whether it holds a message is one step."""


class CausalNode:
    def __init__(self, me, nodes):
        if me not in nodes or len(set(nodes)) != len(nodes):
            raise ValueError(f"bad group {nodes} for {me!r}")
        self.me = me
        self.delivered = {node: 0 for node in nodes}
        self.waiting = {node: {} for node in nodes}
        self.received = []

    def broadcast(self, payload):
        self.delivered[self.me] += 1
        self.received.append((self.me, dict(self.delivered), payload))
        return self.me, dict(self.delivered), payload

    def receive(self, message):
        sender, vector, payload = message
        if sender not in self.delivered:
            raise ValueError(f"unknown sender {sender!r}")
        if message in self.received:
            return []
        self.received.append(message)
        self.waiting[sender][vector[sender]] = vector, payload
        shown = []
        progress = True
        while progress:
            progress = False
            for node, count in self.delivered.items():
                vector, payload = self.waiting[node].get(count + 1, (None, ""))
                if vector and all(vector[n] <= self.delivered[n] for n in vector if n != node):
                    del self.waiting[node][count + 1]
                    self.delivered[node] += 1
                    shown.append(payload)
                    progress = True
        return shown

    def pending(self):
        return sum(map(len, self.waiting.values()))

    def clock(self):
        return dict(self.delivered)
