"""Visible suite of discovery_client_cache: in step, out of step, and in doubt."""

import pytest

from discovery_client_cache import DiscoveryClient
from graders.kit import replay

SHOP = {"cart": ["c:2", "c:1"], "mail": ["m:1", "m:2"]}


def client_at(index, services, **settings):
    """Make a client that is in step at an index."""
    client = DiscoveryClient(**settings)
    assert client.on_snapshot(index, services) == "applied"
    return client


def known(client):
    """Return what the client answers for the services of these tests."""
    return {name: client.resolve(name) for name in ("cart", "mail") if client.resolve(name)}


@pytest.mark.stage(1)
def test_a_new_client_knows_nothing_and_asks_for_a_snapshot():
    client = DiscoveryClient()
    steps = [("next_request",), ("fresh",), ("resolve", "cart")]
    assert replay(client, steps) == [("snapshot",), False, []]


@pytest.mark.stage(1)
def test_a_snapshot_tells_the_instances_and_where_to_watch():
    client = client_at(7, SHOP)
    assert replay(client, [("next_request",), ("fresh",)]) == [("watch", 7), True]
    steps = [("resolve", name) for name in ("cart", "mail", "cash")]
    assert replay(client, steps) == [["c:1", "c:2"], ["m:1", "m:2"], []]


@pytest.mark.stage(1)
def test_events_in_order_bring_instances_and_take_them():
    client = client_at(7, SHOP)
    steps = [
        ("on_event", 8, "down", "cart", "c:2"),
        ("on_event", 9, "up", "cash", "k:1"),
        ("on_event", 10, "up", "cart", "c:0"),
        ("resolve", "cart"),
        ("resolve", "cash"),
        ("next_request",),
    ]
    applied = ["applied"] * 3
    assert replay(client, steps) == [*applied, ["c:0", "c:1"], ["k:1"], ("watch", 10)]


@pytest.mark.stage(1)
def test_an_event_that_changes_nothing_is_applied_all_the_same():
    client = client_at(0, {"cart": ["c:1"]})
    steps = [
        ("on_event", 1, "up", "cart", "c:1"),
        ("on_event", 2, "down", "cart", "c:9"),
        ("on_event", 3, "down", "cash", "k:1"),
        ("on_event", 4, "down", "cart", "c:1"),
        ("resolve", "cart"),
        ("next_request",),
    ]
    assert replay(client, steps) == ["applied"] * 4 + [[], ("watch", 4)]


@pytest.mark.stage(1)
def test_a_later_snapshot_replaces_what_was_known():
    client = client_at(7, {"cart": ["c:1"], "mail": ["m:1"]})
    assert client.on_snapshot(9, {"cart": ["c:2"], "mail": []}) == "applied"
    assert known(client) == {"cart": ["c:2"]}
    assert client.next_request() == ("watch", 9)
    assert client.on_snapshot(9, {"mail": ["m:1"]}) == "applied"
    assert known(client) == {"mail": ["m:1"]}


@pytest.mark.stage(1)
def test_what_is_no_kind_and_no_percentage_is_refused():
    client = client_at(7, SHOP)
    for kind in ("", "UP", "gone"):
        with pytest.raises(ValueError):
            client.on_event(8, kind, "cart", "c:9")
    with pytest.raises(ValueError):
        client.on_event(20, "gone", "cart", "c:9")
    assert client.next_request() == ("watch", 7)
    for percent in (-1, 101):
        with pytest.raises(ValueError):
            DiscoveryClient(percent)


@pytest.mark.stage(2)
def test_a_repeated_event_changes_nothing():
    client = client_at(7, {"cart": ["c:1"]})
    steps = [
        ("on_event", 8, "up", "cart", "c:2"),
        ("on_event", 9, "down", "cart", "c:2"),
        ("on_event", 8, "up", "cart", "c:2"),
        ("on_event", 9, "down", "cart", "c:2"),
        ("on_event", 7, "down", "cart", "c:1"),
        ("resolve", "cart"),
        ("next_request",),
        ("fresh",),
    ]
    right = ["applied"] * 2 + ["duplicate"] * 3 + [["c:1"], ("watch", 9), True]
    assert replay(client, steps) == right


@pytest.mark.stage(2)
def test_behind_a_gap_nothing_is_applied_until_a_snapshot_comes():
    client = client_at(7, {"cart": ["c:1"]})
    steps = [
        ("on_event", 9, "up", "cart", "c:3"),
        ("fresh",),
        ("next_request",),
        ("on_event", 8, "up", "cart", "c:2"),
        ("on_event", 7, "up", "cart", "c:2"),
        ("resolve", "cart"),
        ("on_snapshot", 9, {"cart": ["c:1", "c:2", "c:3"]}),
        ("on_event", 10, "down", "cart", "c:1"),
        ("resolve", "cart"),
        ("fresh",),
    ]
    right = ["gap", False, ("snapshot",), "gap", "gap", ["c:1"]]
    right += ["applied", "applied", ["c:2", "c:3"], True]
    assert replay(client, steps) == right


@pytest.mark.stage(2)
def test_a_snapshot_from_the_past_is_ignored():
    client = client_at(7, SHOP)
    assert client.on_snapshot(6, {"cart": ["c:1"]}) == "old"
    assert known(client) == {"cart": ["c:1", "c:2"], "mail": ["m:1", "m:2"]}
    assert client.next_request() == ("watch", 7)
    steps = [("on_event", 9, "up", "cart", "c:9"), ("on_snapshot", 6, SHOP), ("next_request",)]
    assert replay(client, steps) == ["gap", "old", ("snapshot",)]
    assert client.on_snapshot(7, SHOP) == "applied"


@pytest.mark.stage(2)
def test_without_a_registry_the_client_goes_on_answering():
    client = client_at(7, SHOP)
    steps = [("on_disconnect",)] * 3 + [("fresh",), ("next_request",), ("resolve", "cart")]
    assert replay(client, steps)[3:] == [False, ("snapshot",), ["c:1", "c:2"]]
    client = DiscoveryClient()
    assert replay(client, [("on_disconnect",), ("resolve", "cart")]) == [None, []]


@pytest.mark.stage(2)
def test_after_a_restart_numbers_begin_anew_with_a_snapshot():
    client = client_at(7, {"cart": ["c:1", "c:2"]})
    steps = [
        ("on_disconnect",),
        ("on_event", 8, "down", "cart", "c:1"),
        ("on_event", 1, "down", "cart", "c:2"),
        ("resolve", "cart"),
        ("on_snapshot", 2, {"cart": ["c:1"]}),
        ("next_request",),
        ("on_event", 3, "up", "cart", "c:3"),
        ("resolve", "cart"),
        ("on_snapshot", 1, {"cart": []}),
    ]
    right = [None, "gap", "gap", ["c:1", "c:2"], "applied", ("watch", 2)]
    assert replay(client, steps) == [*right, "applied", ["c:1", "c:3"], "old"]


@pytest.mark.stage(3)
def test_an_empty_snapshot_is_not_believed_at_once():
    client = client_at(7, SHOP)
    steps = [
        ("on_snapshot", 8, {}),
        ("fresh",),
        ("next_request",),
        ("on_event", 8, "down", "cart", "c:1"),
        ("on_event", 9, "down", "cart", "c:1"),
    ]
    assert replay(client, steps) == ["protected", False, ("snapshot",), "gap", "gap"]
    assert known(client) == {"cart": ["c:1", "c:2"], "mail": ["m:1", "m:2"]}


@pytest.mark.stage(3)
def test_the_same_snapshot_twice_in_a_row_is_believed():
    client = client_at(7, SHOP)
    steps = [
        ("on_snapshot", 8, {"cart": ["c:5", "c:1"], "mail": []}),
        ("on_disconnect",),
        ("on_snapshot", 2, {"cart": ["c:1", "c:5"]}),
        ("next_request",),
        ("resolve", "cart"),
        ("resolve", "mail"),
    ]
    right = ["protected", None, "applied", ("watch", 2), ["c:1", "c:5"], []]
    assert replay(client, steps) == right


@pytest.mark.stage(3)
def test_two_different_doubtful_snapshots_confirm_nothing():
    client = client_at(7, SHOP)
    one, other = {"cart": ["c:1"]}, {"cart": ["c:2"]}
    steps = [("on_snapshot", 8 + n, each) for n, each in enumerate((one, other, one, one))]
    assert replay(client, steps) == ["protected", "protected", "protected", "applied"]
    assert known(client) == {"cart": ["c:1"]}


@pytest.mark.stage(3)
def test_an_old_snapshot_comes_between_without_counting():
    client = client_at(7, SHOP)
    steps = [("on_snapshot", index, {"cart": ["c:1"]}) for index in (8, 5, 9)]
    steps.insert(1, ("on_snapshot", 4, SHOP))
    assert replay(client, steps) == ["protected", "old", "old", "applied"]


@pytest.mark.stage(3)
def test_a_good_snapshot_ends_the_doubt():
    client = client_at(7, SHOP)
    bad = {"cart": ["c:1"]}
    steps = [("on_snapshot", 8, bad), ("on_snapshot", 9, SHOP), ("fresh",)]
    steps += [("on_snapshot", 10, bad), ("on_snapshot", 11, bad)]
    assert replay(client, steps) == ["protected", "applied", True, "protected", "applied"]


@pytest.mark.stage(3)
def test_the_share_is_of_the_very_instances_that_were_known():
    twenty = [f"c:{number}" for number in range(20)]
    new = [f"d:{number}" for number in range(20)]
    thirteen = client_at(7, {"cart": twenty[:13]})
    assert thirteen.on_snapshot(8, {"cart": twenty[:11] + new}) == "protected"
    for kept, result in ((17, "applied"), (16, "protected")):
        client = client_at(7, {"cart": twenty})
        assert client.on_snapshot(8, {"cart": twenty[:kept] + new}) == result
        client = client_at(7, {"cart": twenty[:10], "mail": twenty[10:]})
        assert client.on_snapshot(8, {"cart": twenty[:kept], "mail": twenty[10:]}) == "applied"
        assert client_at(7, {"cart": twenty}).on_snapshot(8, {"mail": twenty}) == "protected"


@pytest.mark.stage(3)
def test_few_instances_and_a_share_of_zero_are_not_protected():
    three = {"cart": ["c:1", "c:2"], "mail": ["m:1"]}
    assert client_at(7, three).on_snapshot(8, {}) == "applied"
    assert client_at(7, SHOP, protect_percent=0).on_snapshot(8, {}) == "applied"
    full = client_at(7, SHOP, protect_percent=100)
    assert full.on_snapshot(8, {"cart": ["c:1", "c:2"], "mail": ["m:1"]}) == "protected"
    assert full.on_snapshot(9, SHOP | {"cash": ["k:1"]}) == "applied"


@pytest.mark.perf
@pytest.mark.stage(3)
def test_twenty_thousand_events_among_twenty_thousand_instances():
    names = [f"service-{number}" for number in range(2_000)]
    urls = [f"host-{number}:80" for number in range(11)]
    client = client_at(0, dict.fromkeys(names, urls[:10]))
    steps = []
    for number in range(20_000):
        name, lap = names[number * 7 % 2_000], number // 2_000
        steps.append(("on_event", number + 1, "down" if lap % 2 == 0 else "up", name, urls[3]))
        steps.append(("resolve", name))
    answers = replay(client, steps)
    assert answers[0::2].count("applied") == 20_000
    full = sorted(urls[:10])
    without = [url for url in full if url != urls[3]]
    assert answers[1::2] == ([without] * 2_000 + [full] * 2_000) * 5
