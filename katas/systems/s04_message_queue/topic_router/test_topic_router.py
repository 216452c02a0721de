"""What topic routing must do: words, wildcards, each queue once, and all of it at size."""

import pytest

from graders.kit import replay
from topic_router import TopicRouter


def router_with(bindings):
    """Return a router with these (queue, pattern) pairs."""
    router = TopicRouter()
    replay(router, [("bind", queue, pattern) for queue, pattern in bindings])
    return router


def matched(pattern, keys):
    """Return those of `keys` that reach a queue bound to `pattern`."""
    answers = replay(router_with([("q", pattern)]), [("route", key) for key in keys])
    assert all(answer in ([], ["q"]) for answer in answers)
    return [key for key, answer in zip(keys, answers, strict=True) if answer]


def test_a_pattern_without_wildcards_matches_its_own_key_only():
    keys = ["order.paid", "order", "order.paid.eu", "paid", "order.Paid", "orderxpaid", ""]
    assert matched("order.paid", keys) == ["order.paid"]


def test_a_star_is_exactly_one_word():
    assert matched("order.*", ["order.paid", "order", "order.paid.eu", "orders.paid"]) == [
        "order.paid"]
    assert matched("*.*", ["a", "a.b", "a.b.c", ""]) == ["a.b"]
    assert matched("*", ["a", "", "a.b"]) == ["a"]
    assert matched("a.*.c", ["a.b.c", "a.c", "a.b.b.c", "a.bb.c"]) == ["a.b.c", "a.bb.c"]


def test_a_hash_is_any_number_of_words_none_included():
    assert matched("#", ["", "a", "a.b.c"]) == ["", "a", "a.b.c"]
    assert matched("order.#", ["order", "order.paid", "order.paid.eu", "orders", ""]) == [
        "order", "order.paid", "order.paid.eu"]
    assert matched("#.eu", ["eu", "order.eu", "order.paid.eu", "eu.order", "xeu"]) == [
        "eu", "order.eu", "order.paid.eu"]


def test_a_hash_may_stand_in_the_middle_and_more_than_once():
    assert matched("a.#.z", ["a.z", "a.b.z", "a.b.c.z", "a", "z", "a.b", "a.z.b"]) == [
        "a.z", "a.b.z", "a.b.c.z"]
    assert matched("#.b.#", ["b", "a.b", "b.c", "a.b.c", "bc", "a.bc", ""]) == [
        "b", "a.b", "b.c", "a.b.c"]
    assert matched("#.a.#.a", ["a", "a.a", "b.a.c.a", "a.b", "a.a.b"]) == ["a.a", "b.a.c.a"]


def test_wildcards_beside_each_other():
    assert matched("#.*", ["", "a", "a.b"]) == ["a", "a.b"]
    assert matched("*.#", ["", "a", "a.b"]) == ["a", "a.b"]
    assert matched("#.#", ["", "a", "a.b.c"]) == ["", "a", "a.b.c"]
    assert matched("*.#.*", ["a", "a.b", "a.b.c"]) == ["a.b", "a.b.c"]


def test_other_signs_are_letters_like_any():
    assert matched("a?.[b]", ["a?.[b]", "ax.b", "a.b"]) == ["a?.[b]"]
    assert matched("a+.$", ["a+.$", "aa.x", "a.$"]) == ["a+.$"]
    assert matched("订单.*", ["订单.已付", "订单", "定单.已付"]) == ["订单.已付"]


def test_all_queues_that_match_are_returned_sorted_and_once():
    router = router_with([("mail", "order.*"), ("audit", "#"), ("mail", "*.paid"),
                          ("stock", "order.paid"), ("mail", "order.#")])
    assert replay(router, [("route", "order.paid"), ("route", "order.sent"), ("route", "x")]) == [
        ["audit", "mail", "stock"], ["audit", "mail"], ["audit"]]


def test_a_new_consumer_changes_nothing_for_whoever_publishes():
    router = router_with([("mail", "order.paid")])
    assert replay(router, [("route", "order.paid"), ("bind", "fraud", "order.#"),
                           ("route", "order.paid"), ("unbind", "fraud", "order.#"),
                           ("route", "order.paid")]) == [
        ["mail"], None, ["fraud", "mail"], True, ["mail"]]


def test_unbind_takes_one_binding_and_no_other():
    router = router_with([("q", "a.*"), ("q", "*.b"), ("p", "a.*"), ("q", "a.*.c")])
    assert replay(router, [("unbind", "q", "a.*"), ("route", "a.b"), ("route", "a.x"),
                           ("route", "a.x.c"), ("unbind", "q", "*.b"), ("route", "a.b")]) == [
        True, ["p", "q"], ["p"], ["q"], True, ["p"]]


def test_unbind_of_what_is_not_bound_is_false():
    router = router_with([("q", "a.b")])
    assert replay(router, [("unbind", "q", "a"), ("unbind", "p", "a.b"), ("unbind", "q", "a.b.c"),
                           ("unbind", "q", "a.*"), ("unbind", "q", ""), ("unbind", "q", "a.b"),
                           ("unbind", "q", "a.b"), ("route", "a.b")]) == [
        False, False, False, False, False, True, False, []]


def test_binding_twice_is_binding_once():
    router = router_with([("q", "a.#"), ("q", "a.#")])
    assert replay(router, [("route", "a"), ("unbind", "q", "a.#"), ("route", "a")]) == [
        ["q"], True, []]


def test_what_is_no_pattern_is_refused_and_changes_nothing():
    router = TopicRouter()
    for pattern in ("", ".", "a.", ".a", "a..b", "a*", "*a", "a.b#", "##", "**", "*#", "a.#b.c",
                    "x" * 256, "é" * 128, "a." * 127 + "bc"):
        with pytest.raises(ValueError):
            router.bind("q", pattern)
    router.bind("p", "a." * 127 + "b")
    router.bind("p", "é" * 127)
    assert replay(router, [("route", "a." * 127 + "b"), ("route", "a"), ("route", "")]) == [
        ["p"], [], []]


@pytest.mark.perf
def test_four_thousand_bindings_and_three_thousand_keys():
    names = [f"s{number}" for number in range(2000)]
    router = router_with([(f"errors of {name}", f"{name}.*.error") for name in names]
                         + [(f"all of {name}", f"{name}.#") for name in names])
    wanted = [f"s{number * 7 % 2000}" for number in range(1500)]
    answers = replay(router, [("route", f"{name}.{end}") for name in wanted
                              for end in ("host.error", "host.info")])
    assert answers[::2] == [[f"all of {name}", f"errors of {name}"] for name in wanted]
    assert answers[1::2] == [[f"all of {name}"] for name in wanted]


@pytest.mark.perf
def test_a_pattern_of_twenty_hashes_and_a_key_of_forty_words():
    router = router_with([("q", "#.a." * 20 + "#.b")])
    keys = [".".join(["a"] * 40), ".".join(["a"] * 39 + ["b"]), ".".join(["a", "c"] * 20)]
    assert replay(router, [("route", key) for key in keys]) == [[], ["q"], []]


@pytest.mark.perf
def test_long_bindings_that_come_and_go_leave_nothing_behind():
    router = router_with([("stays", "#")])
    steps = [step for number in range(1500) for pattern in [f"{number}" + ".x" * 115]
             for step in (("bind", "q", pattern), ("unbind", "q", pattern))]
    assert replay(router, steps) == [None, True] * 1500
    assert router.route("7" + ".x" * 115) == ["stays"]
