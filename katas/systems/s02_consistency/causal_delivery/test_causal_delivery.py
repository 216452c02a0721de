"""Visible suite of causal_delivery: stamps, causal order, a network that repeats and loses."""

import pytest

from causal_delivery import CausalNode
from graders.kit import replay

GROUP = ["A", "B", "C", "D"]


def message(sender, payload, **counts):
    """Make a message of the group GROUP; nodes that are not named count 0."""
    return sender, {node: counts.get(node, 0) for node in GROUP}, payload


def receive_all(node, messages):
    """Let the node receive the messages one by one; return what each call delivered."""
    return replay(node, [("receive", item) for item in messages])


def long_conversation(rounds):
    """A and B speak in turn, each after reading all that was said: one chain of causes."""
    chain = []
    for number in range(1, rounds + 1):
        chain.append(message("A", f"a{number}", A=number, B=number - 1))
        chain.append(message("B", f"b{number}", A=number, B=number))
    return chain


@pytest.mark.stage(1)
def test_a_broadcast_carries_the_count_of_what_its_sender_has_delivered():
    sent = replay(CausalNode("A", ["A", "B"]), [("broadcast", "q"), ("broadcast", "r")])
    assert sent == [("A", {"A": 1, "B": 0}, "q"), ("A", {"A": 2, "B": 0}, "r")]


@pytest.mark.stage(1)
def test_a_delivered_message_counts_in_the_next_broadcast():
    node = CausalNode("B", GROUP)
    got = replay(node, [("receive", message("A", "q", A=1)), ("broadcast", "answer")])
    assert got == [["q"], message("B", "answer", A=1, B=1)]


@pytest.mark.stage(1)
def test_the_clock_counts_own_broadcasts_and_deliveries():
    node = CausalNode("A", GROUP)
    steps = [("clock",), ("broadcast", "q"), ("clock",)]
    steps += [("receive", message("B", "hello", B=1)), ("clock",)]
    assert replay(node, steps) == [
        {"A": 0, "B": 0, "C": 0, "D": 0},
        message("A", "q", A=1),
        {"A": 1, "B": 0, "C": 0, "D": 0},
        ["hello"],
        {"A": 1, "B": 1, "C": 0, "D": 0},
    ]


@pytest.mark.stage(1)
def test_me_must_be_one_of_distinct_nodes():
    for nodes in (["B", "C"], ["A", "B", "B"], ["A", "B", "A"], []):
        with pytest.raises(ValueError):
            CausalNode("A", nodes)


@pytest.mark.stage(2)
def test_an_answer_waits_for_its_question():
    node = CausalNode("C", GROUP)
    question, answer = message("A", "q", A=1), message("B", "answer", A=1, B=1)
    steps = [("receive", answer), ("pending",), ("receive", question), ("pending",), ("clock",)]
    assert replay(node, steps) == [
        [],
        1,
        ["q", "answer"],
        0,
        {"A": 1, "B": 1, "C": 0, "D": 0},
    ]


@pytest.mark.stage(2)
def test_messages_of_one_sender_come_in_the_order_of_sending():
    first, second, third = (message("A", f"a{n}", A=n) for n in (1, 2, 3))
    assert receive_all(CausalNode("B", GROUP), [third, second, first]) == [
        [],
        [],
        ["a1", "a2", "a3"],
    ]


@pytest.mark.stage(2)
def test_a_chain_received_backwards_is_delivered_forwards():
    chain = [
        message("A", "one", A=1),
        message("B", "two", A=1, B=1),
        message("C", "three", A=1, B=1, C=1),
        message("A", "four", A=2, B=1, C=1),
    ]
    got = receive_all(CausalNode("D", GROUP), chain[::-1])
    assert got == [[], [], [], ["one", "two", "three", "four"]]


@pytest.mark.stage(2)
def test_messages_that_know_nothing_of_each_other_are_delivered_as_they_arrive():
    a, b = message("A", "from A", A=1), message("B", "from B", B=1)
    assert receive_all(CausalNode("C", GROUP), [a, b]) == [["from A"], ["from B"]]
    assert receive_all(CausalNode("D", GROUP), [b, a]) == [["from B"], ["from A"]]


@pytest.mark.stage(2)
def test_a_message_that_waits_counts_nowhere():
    node = CausalNode("C", GROUP)
    late = message("B", "answer", A=1, B=1)
    steps = [
        ("receive", late),
        ("clock",),
        ("broadcast", "hi"),
        ("receive", message("A", "q", A=1)),
    ]
    assert replay(node, steps) == [
        [],
        {"A": 0, "B": 0, "C": 0, "D": 0},
        message("C", "hi", C=1),
        ["q", "answer"],
    ]


@pytest.mark.stage(2)
def test_one_arrival_may_free_several_in_any_causal_order():
    node = CausalNode("D", GROUP)
    early = [
        message("C", "c2", A=1, B=1, C=2),
        message("B", "b1", A=1, B=1),
        message("C", "c1", A=1, C=1),
    ]
    assert receive_all(node, early) == [[], [], []]
    freed = node.receive(message("A", "a1", A=1))
    assert freed in (["a1", "b1", "c1", "c2"], ["a1", "c1", "b1", "c2"])


@pytest.mark.stage(3)
def test_a_message_received_again_is_ignored():
    node = CausalNode("B", GROUP)
    first, second, third = (message("A", f"a{n}", A=n) for n in (1, 2, 3))
    steps = [("receive", item) for item in (third, third, first, first, second, third, second)]
    assert replay(node, [*steps[:2], ("pending",)]) == [[], [], 1]
    assert replay(node, [*steps[2:], ("pending",)]) == [["a1"], [], ["a2", "a3"], [], [], 0]


@pytest.mark.stage(3)
def test_an_own_message_that_comes_back_is_ignored():
    node = CausalNode("A", GROUP)
    sent = node.broadcast("q")
    assert replay(node, [("receive", sent), ("pending",), ("clock",)]) == [[], 0, sent[1]]


@pytest.mark.stage(3)
def test_equal_texts_are_different_messages():
    node = CausalNode("C", GROUP)
    sent = [message("A", "ok", A=1), message("B", "ok", A=1, B=1), message("A", "ok", A=2, B=1)]
    assert receive_all(node, [sent[2], sent[1], sent[0]]) == [[], [], ["ok", "ok", "ok"]]


@pytest.mark.stage(3)
def test_a_lost_message_holds_up_only_what_depends_on_it():
    node = CausalNode("D", GROUP)
    dependent = [message("A", "a2", A=2), message("B", "b1", A=2, B=1)]
    free = [message("C", f"c{n}", C=n) for n in (1, 2)]
    assert receive_all(node, [dependent[0], free[0], dependent[1]]) == [[], ["c1"], []]
    assert receive_all(node, [free[1], message("A", "a1", A=1)]) == [["c2"], ["a1", "a2", "b1"]]


@pytest.mark.stage(3)
def test_an_unknown_sender_is_refused_and_changes_nothing():
    node = CausalNode("A", GROUP)
    stranger = ("Z", {"A": 0, "B": 0, "C": 0, "D": 0, "Z": 1}, "hello")
    with pytest.raises(ValueError):
        node.receive(stranger)
    assert replay(node, [("pending",), ("clock",)]) == [0, {"A": 0, "B": 0, "C": 0, "D": 0}]


@pytest.mark.perf
@pytest.mark.stage(3)
def test_8000_messages_wait_for_the_first_while_4000_others_pass():
    chain = long_conversation(4000)
    backwards = chain[::-1]
    arrivals = []
    for number in range(1, 4001):
        arrivals += [backwards[2 * number - 2], backwards[2 * number - 1]]
        arrivals.append(message("C", f"c{number}", C=number))
    first = arrivals.pop(-2)
    node = CausalNode("D", GROUP)
    got = receive_all(node, [*arrivals, first])
    assert got[:-1] == [[text] if sender == "C" else [] for sender, _, text in arrivals]
    assert got[-1] == [text for _, _, text in chain]
