"""Hidden suite of causal_delivery: random groups over a network that reorders, repeats and loses.

The oracle keeps no vectors. A message is an id and the explicit set of ids that happened before
it; it may be delivered when that set has been. Stamps are counted from the sets.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pytest

from causal_delivery import CausalNode
from graders.kit import replay


def text_of(identity):
    """Name the payload of a message: unique, so that orders can be read off."""
    sender, number = identity
    return f"{sender}{number}"


class Oracle:
    """A group of nodes as sets of message ids (sender, number)."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.before = {}  # id -> ids that happened before it
        self.delivered = {node: set() for node in nodes}
        self.waiting = {node: set() for node in nodes}

    def clock(self, node):
        counts = Counter(sender for sender, _ in self.delivered[node])
        return {name: counts[name] for name in self.nodes}

    def broadcast(self, node):
        """Send a new message of the node; return its id and its stamp."""
        identity = (node, self.clock(node)[node] + 1)
        self.before[identity] = set(self.delivered[node])
        self.delivered[node].add(identity)
        return identity, self.clock(node)

    def receive(self, node, identity):
        """Return the ids that the node delivers when this one arrives, as a set."""
        if identity in self.delivered[node]:
            return set()
        self.waiting[node].add(identity)
        known = set(self.delivered[node])
        while free := {i for i in self.waiting[node] if self.before[i] <= known} - known:
            known |= free
        fresh = known - self.delivered[node]
        self.delivered[node] = known
        self.waiting[node] -= fresh
        return fresh


@dataclass
class Run:
    """What happened in one random schedule, and what the oracle answered to each call."""

    oracle: Oracle
    messages: dict = field(default_factory=dict)  # id -> message
    operations: dict = field(default_factory=lambda: defaultdict(list))  # node -> calls
    expected: dict = field(default_factory=lambda: defaultdict(list))  # node -> answers


def random_run(rng, nodes, steps, lose=0.0, repeat=0.3):
    """Play a random schedule against the oracle: who speaks, what arrives, what arrives twice.

    A network that repeats also brings a node's own messages back to it. Expected of a broadcast
    is the message, of a receive the set of delivered texts.
    """
    run = Run(Oracle(nodes))
    inboxes = {node: [] for node in nodes}

    def send(node):
        identity, stamp = run.oracle.broadcast(node)
        message = run.messages[identity] = (node, stamp, text_of(identity))
        run.operations[node].append(("broadcast", text_of(identity)))
        run.expected[node].append(message)
        for other in nodes:
            if repeat > 0 if other == node else rng.random() >= lose:
                inboxes[other].append(identity)

    def arrive(node):
        identity = rng.choice(inboxes[node])
        if rng.random() >= repeat:
            inboxes[node].remove(identity)
        run.operations[node] += [("receive", run.messages[identity]), ("pending",), ("clock",)]
        run.expected[node].append({text_of(i) for i in run.oracle.receive(node, identity)})
        run.expected[node] += [len(run.oracle.waiting[node]), run.oracle.clock(node)]

    for _ in range(steps):
        node = rng.choice(nodes)
        if inboxes[node] and rng.random() < 0.75:
            arrive(node)
        else:
            send(node)
    for node in nodes:
        while inboxes[node]:
            arrive(node)
    return run


def check_node(oracle, name, operations, expected):
    """Replay what one node saw; demand the oracle's answers and an order that causes allow."""
    answers = replay(CausalNode(name, oracle.nodes), operations)
    before = {text_of(i): {text_of(cause) for cause in oracle.before[i]} for i in oracle.before}
    seen = set()
    for number, (operation, got, right) in enumerate(
        zip(operations, answers, expected, strict=True)
    ):
        where = f"node {name}, call {number}: {operation}: expected {right}, got {got}"
        if operation[0] == "broadcast":
            seen.add(operation[1])
        if operation[0] != "receive":
            assert got == right, where
            continue
        assert isinstance(got, list) and sorted(got) == sorted(right), where
        for text in got:
            assert before[text] <= seen, f"{where}: {text} before {sorted(before[text] - seen)}"
            seen.add(text)


@pytest.mark.stage(2)
def test_every_node_of_a_random_group_follows_the_oracle(rng):
    for size in (2, 3, 5):
        nodes = [f"n{i}" for i in range(size)]
        run = random_run(rng, nodes, 50, repeat=0.0)
        for node in nodes:
            check_node(run.oracle, node, run.operations[node], run.expected[node])


@pytest.mark.stage(2)
def test_any_permutation_of_a_history_is_put_in_order(rng):
    nodes = ["a", "b", "c", "d", "reader"]
    run = random_run(rng, nodes[:-1], 60, repeat=0.0)
    history = list(run.messages)
    for _ in range(5):
        rng.shuffle(history)
        reader = Oracle(nodes)
        reader.before = run.oracle.before
        steps, right = [], []
        for identity in history:
            sender, vector, text = run.messages[identity]
            steps.append(("receive", (sender, vector | {"reader": 0}, text)))
            right.append({text_of(i) for i in reader.receive("reader", identity)})
        assert reader.waiting["reader"] == set()
        check_node(reader, "reader", steps, right)


@pytest.mark.stage(3)
def test_loss_and_repetition_hold_up_only_the_causal_future(rng):
    for _ in range(3):
        nodes = ["a", "b", "c"]
        run = random_run(rng, nodes, 60, lose=0.1)
        for node in nodes:
            check_node(run.oracle, node, run.operations[node], run.expected[node])


@pytest.mark.stage(3)
def test_nodes_that_talk_to_each_other_end_in_the_same_state(rng):
    names = ["x", "y", "z"]
    nodes = {name: CausalNode(name, names) for name in names}
    in_flight = {name: [] for name in names}
    shown = {name: [] for name in names}
    knew = {}
    for number in range(30):
        name = rng.choice(names)
        if in_flight[name] and rng.random() < 0.6:
            shown[name] += nodes[name].receive(rng.choice(in_flight[name]))
        else:
            knew[f"m{number}"] = set(shown[name])
            sent = nodes[name].broadcast(f"m{number}")
            shown[name].append(f"m{number}")
            for other in names:
                in_flight[other] += [sent, sent]
    for name in names:
        rng.shuffle(in_flight[name])
        answers = replay(nodes[name], [("receive", item) for item in in_flight[name]])
        shown[name] += [text for answer in answers for text in answer]
        assert sorted(shown[name]) == sorted(knew), f"{name} has shown {shown[name]}"
        for at, text in enumerate(shown[name]):
            assert knew[text] <= set(shown[name][:at]), f"{name}: {text} came before its cause"
        assert replay(nodes[name], [("pending",)]) == [0]
    assert nodes["x"].clock() == nodes["y"].clock() == nodes["z"].clock()
