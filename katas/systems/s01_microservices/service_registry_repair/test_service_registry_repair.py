"""What the repaired registry must do: leases, turns, one registry, many threads."""

from collections import Counter

import pytest

from graders.kit import replay, run_threads
from service_registry_repair import ServiceNotFound, ServiceRegistry, get_registry


def with_instances(*urls, ttl_ms=100):
    """Make a registry in which these urls serve `cart` since time 0."""
    registry = ServiceRegistry(ttl_ms)
    replay(registry, [("register", "cart", url, 0) for url in urls])
    return registry


def turns(registry, count, now_ms):
    """Return who serves the next `count` requests for `cart`."""
    return replay(registry, [("get_service", "cart", now_ms)] * count)


def test_instances_are_listed_in_the_order_of_registration():
    registry = with_instances("c:1", "a:1", "b:1")
    assert registry.instances("cart", 0) == ["c:1", "a:1", "b:1"]
    assert registry.instances("mail", 0) == []


def test_instances_take_turns():
    registry = with_instances("a:1", "a:2")
    assert turns(registry, 3, 0) == ["a:1", "a:2", "a:1"]


def test_services_have_turns_of_their_own():
    registry = with_instances("a:1", "a:2")
    registry.register("mail", "m:1", 0)
    assert turns(registry, 1, 0) == ["a:1"]
    assert registry.get_service("mail", 0) == "m:1"
    assert turns(registry, 1, 0) == ["a:2"]
    assert registry.instances("mail", 0) == ["m:1"]


def test_without_a_living_instance_the_service_is_not_found():
    registry = with_instances("a:1")
    with pytest.raises(ServiceNotFound) as caught:
        registry.get_service("mail", 0)
    assert caught.value.args == ("mail",)
    with pytest.raises(ServiceNotFound) as caught:
        registry.get_service("cart", 100)
    assert caught.value.args == ("cart",)


def test_a_lease_ends_at_its_instant():
    registry = with_instances("a:1", "a:2")
    assert registry.instances("cart", 99) == ["a:1", "a:2"]
    assert registry.instances("cart", 100) == []


def test_the_lease_of_a_registry_without_a_setting_is_thirty_seconds():
    registry = ServiceRegistry()
    registry.register("cart", "a:1", 0)
    assert registry.instances("cart", 29_999) == ["a:1"]
    assert registry.instances("cart", 30_000) == []


def test_a_heartbeat_renews_the_lease_from_its_own_time():
    registry = with_instances("a:1", "a:2")
    assert registry.heartbeat("cart", "a:1", 60) is True
    assert registry.instances("cart", 100) == ["a:1"]
    assert registry.instances("cart", 159) == ["a:1"]
    assert registry.instances("cart", 160) == []


def test_a_heartbeat_brings_nobody_back():
    registry = with_instances("a:1")
    steps = [
        ("heartbeat", "cart", "a:9", 10),
        ("heartbeat", "mail", "a:1", 10),
        ("heartbeat", "cart", "a:1", 100),
        ("instances", "cart", 100),
    ]
    assert replay(registry, steps) == [False, False, False, []]
    registry.register("cart", "a:1", 110)
    assert registry.instances("cart", 209) == ["a:1"]


def test_registering_again_renews_the_lease_and_keeps_the_place():
    registry = with_instances("a:1", "a:2", "a:3")
    assert turns(registry, 1, 0) == ["a:1"]
    registry.register("cart", "a:1", 50)
    registry.register("cart", "a:2", 60)
    assert registry.instances("cart", 99) == ["a:1", "a:2", "a:3"]
    assert turns(registry, 4, 99) == ["a:2", "a:3", "a:1", "a:2"]
    assert registry.instances("cart", 149) == ["a:1", "a:2"]
    assert registry.instances("cart", 150) == ["a:2"]


def test_an_instance_is_deregistered_once():
    registry = with_instances("a:1", "a:2")
    steps = [("deregister", "cart", "a:1"), ("deregister", "cart", "a:1")]
    steps += [("deregister", "mail", "a:2"), ("instances", "cart", 0)]
    assert replay(registry, steps) == [True, False, False, ["a:2"]]
    assert registry.instances("cart", 100) == []
    assert registry.deregister("cart", "a:2") is False


def test_removing_the_one_just_served_skips_nobody():
    registry = with_instances("a:1", "a:2", "a:3", "a:4")
    assert turns(registry, 2, 0) == ["a:1", "a:2"]
    assert registry.deregister("cart", "a:2") is True
    assert turns(registry, 4, 0) == ["a:3", "a:4", "a:1", "a:3"]


def test_the_turn_of_one_that_is_removed_passes_to_its_successor():
    registry = with_instances("a:1", "a:2", "a:3")
    assert turns(registry, 2, 0) == ["a:1", "a:2"]
    assert registry.deregister("cart", "a:3") is True
    assert turns(registry, 3, 0) == ["a:1", "a:2", "a:1"]


def test_one_that_falls_silent_loses_its_turn_and_its_place():
    registry = with_instances("a:1", "a:2", "a:3")
    assert turns(registry, 1, 0) == ["a:1"]
    replay(registry, [("heartbeat", "cart", url, 50) for url in ("a:1", "a:3")])
    assert turns(registry, 3, 100) == ["a:3", "a:1", "a:3"]
    registry.register("cart", "a:2", 100)
    assert registry.instances("cart", 100) == ["a:1", "a:3", "a:2"]


def test_a_new_instance_waits_for_the_end_of_the_lap():
    registry = with_instances("a:1", "a:2")
    assert turns(registry, 1, 0) == ["a:1"]
    registry.register("cart", "a:3", 0)
    assert turns(registry, 3, 0) == ["a:2", "a:3", "a:1"]
    registry = with_instances("a:1", "a:2")
    assert turns(registry, 2, 0) == ["a:1", "a:2"]
    registry.register("cart", "a:3", 0)
    assert turns(registry, 4, 0) == ["a:1", "a:2", "a:3", "a:1"]


def test_a_clock_that_jumps_back_neither_revives_nor_kills():
    registry = with_instances("a:1", "a:2")
    assert registry.heartbeat("cart", "a:2", 90) is True
    assert registry.instances("cart", 150) == ["a:2"]
    assert registry.instances("cart", 20) == ["a:2"]
    assert registry.heartbeat("cart", "a:1", 20) is False
    registry.register("cart", "a:3", 20)
    assert registry.instances("cart", 190) == ["a:3"]
    assert registry.instances("cart", 249) == ["a:3"]
    assert registry.instances("cart", 250) == []


def test_what_cannot_be_registered_is_refused_and_changes_nothing():
    for ttl_ms in (0, -1):
        with pytest.raises(ValueError):
            ServiceRegistry(ttl_ms)
    registry = with_instances("a:1")
    for name, url in (("", "a:2"), ("cart", ""), ("", "")):
        with pytest.raises(ValueError):
            registry.register(name, url, 500)
    assert registry.instances("cart", 99) == ["a:1"]


def test_all_callers_of_a_process_get_the_same_registry():
    get_registry().register("visible", "a:1", 0)
    get_registry().register("visible", "a:2", 0)
    assert get_registry().instances("visible", 0) == ["a:1", "a:2"]
    assert get_registry().get_service("visible", 0) == "a:1"
    assert get_registry().get_service("visible", 0) == "a:2"


def test_threads_share_the_turns_exactly():
    for seed in range(3):
        registry = with_instances("a:1", "a:2", "a:3")
        calls = [[("cart", 0)] * 42] * 5
        answers = run_threads(registry.get_service, calls, seed=seed)
        counts = Counter(url for served in answers for url in served)
        assert dict(counts) == {"a:1": 70, "a:2": 70, "a:3": 70}


def test_threads_that_register_at_once_lose_nothing():
    for seed in range(2):
        registry = ServiceRegistry(100)
        calls = [[("cart", f"{thread}:{n}", 0) for n in range(10)] for thread in range(8)]
        # each thread also registers what the others do: an instance is there once
        calls = [[*own, ("cart", "all:1", 0)] for own in calls]
        run_threads(registry.register, calls, seed=seed, jitter=0.2)
        expected = [f"{thread}:{n}" for thread in range(8) for n in range(10)]
        assert sorted(registry.instances("cart", 0)) == sorted([*expected, "all:1"])


@pytest.mark.perf
def test_ten_thousand_instances_are_renewed_and_served():
    urls = [f"host-{number}:80" for number in range(10_000)]
    registry = with_instances(*urls, ttl_ms=30_000)
    steps = []
    for number in range(15_000):
        steps.append(("heartbeat", "cart", urls[number * 7919 % 10_000], number))
        steps.append(("get_service", "cart", number))
    answers = replay(registry, steps)
    assert answers[0::2] == [True] * 15_000
    assert answers[1::2] == urls + urls[:5_000]
