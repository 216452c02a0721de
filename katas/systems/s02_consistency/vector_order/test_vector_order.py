"""What compare must do: a partial order, with missing entries as 0."""

from graders.kit import call_many, checked
from vector_order import compare

MIRROR = {"before": "after", "after": "before", "equal": "equal", "concurrent": "concurrent"}


def test_what_has_seen_all_of_the_other_and_more_comes_after():
    assert compare({"x": 1}, {"x": 2, "y": 1}) == "before"
    assert compare({"x": 2, "y": 1}, {"x": 2}) == "after"
    assert compare({"x": 1, "y": 1, "z": 1}, {"x": 1, "y": 2, "z": 1}) == "before"
    assert compare({}, {"x": 1}) == "before"
    assert compare({"x": 1}, {}) == "after"


def test_a_missing_node_counts_as_zero():
    assert compare({"x": 1}, {"x": 1, "y": 0}) == "equal"
    assert compare({}, {"x": 0}) == "equal"
    assert compare({"y": 0, "x": 3}, {"x": 3, "z": 0}) == "equal"
    assert compare({"x": 0, "y": 1}, {"y": 1, "z": 1}) == "before"


def test_each_having_seen_what_the_other_has_not_is_concurrent():
    assert compare({"x": 1}, {"y": 5}) == "concurrent"
    assert compare({"x": 2, "y": 1}, {"x": 1, "y": 2}) == "concurrent"
    assert compare({"x": 9, "y": 9, "z": 0}, {"x": 8, "y": 8, "z": 1}) == "concurrent"
    assert compare({"x": 1, "y": 1}, {"x": 1, "z": 1}) == "concurrent"


def test_the_order_of_the_entries_means_nothing():
    assert compare({"x": 1, "y": 2}, {"y": 2, "x": 1}) == "equal"
    assert compare({"y": 1, "x": 2}, {"x": 3, "y": 1}) == "before"


def test_swapping_the_two_mirrors_the_answer(rng):
    vectors = [{node: rng.randint(0, 2) for node in rng.sample("xyz", 2)} for _ in range(20)]
    pairs = [(a, b) for a in vectors for b in vectors]
    answers = call_many(compare, pairs)
    mirrored = call_many(compare, [(b, a) for a, b in pairs])
    assert [MIRROR.get(answer) for answer in answers] == mirrored
    assert call_many(compare, [(each, dict(each)) for each in vectors]) == ["equal"] * 20


def test_the_vectors_are_left_as_they_were():
    assert checked(compare, {"x": 1}, {"y": 0, "x": 1}) == (
        "equal",
        ({"x": 1}, {"y": 0, "x": 1}),
    )
