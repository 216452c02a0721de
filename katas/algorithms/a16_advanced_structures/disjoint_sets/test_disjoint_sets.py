"""What DisjointSets must do: sets, then undo, each with its limits."""

import pytest

from disjoint_sets import DisjointSets
from graders.kit import Raised, replay


def merged(n, *pairs):
    """Return disjoint sets of n elements, after these unions."""
    sets = DisjointSets(n)
    assert replay(sets, [("union", a, b) for a, b in pairs]) == [True] * len(pairs)
    return sets


@pytest.mark.stage(1)
def test_merged_sets_belong_together():
    sets = DisjointSets(5)
    assert sets.same(0, 1) is False
    assert sets.same(3, 3) is True
    assert sets.union(0, 1) is True
    assert sets.same(0, 2) is False
    assert sets.union(2, 1) is True
    assert sets.same(0, 2) is True
    assert sets.same(0, 3) is False
    assert sets.count() == 3


@pytest.mark.stage(1)
def test_whole_sets_are_merged_not_two_elements():
    sets = merged(6, (0, 1), (2, 3), (1, 3), (4, 0))
    for a in range(5):
        assert replay(sets, [("same", a, b) for b in range(6)]) == [True] * 5 + [False]


@pytest.mark.stage(1)
def test_a_union_within_one_set_changes_nothing():
    sets = merged(4, (0, 1), (1, 2))
    assert sets.union(0, 2) is False
    assert sets.union(3, 3) is False
    assert sets.count() == 2
    assert replay(sets, [("size", x) for x in range(4)]) == [3, 3, 3, 1]


@pytest.mark.stage(1)
def test_sizes_add_up_for_every_element():
    sets = merged(7, (0, 1), (2, 3), (3, 4), (0, 4))
    assert replay(sets, [("size", x) for x in range(7)]) == [5, 5, 5, 5, 5, 1, 1]
    assert sets.count() == 3


@pytest.mark.stage(1)
def test_all_elements_of_a_set_have_one_representative_in_it():
    sets = merged(8, (0, 1), (2, 3), (1, 2), (5, 6), (0, 7))
    found = replay(sets, [("find", x) for x in range(8)])
    for members in ([0, 1, 2, 3, 7], [4], [5, 6]):
        representatives = {found[x] for x in members}
        assert len(representatives) == 1, f"find of {members} gave {representatives}"
        assert representatives <= set(members)
    assert replay(sets, [("find", x) for x in range(8)]) == found


@pytest.mark.stage(1)
def test_what_is_no_element_is_refused():
    sets = merged(5, (0, 1))
    for call in [("find", 5), ("find", -1), ("size", -5), ("same", 0, 5), ("same", -1, 0),
                 ("union", 0, 5), ("union", -1, 0), ("union", 4, -4)]:  # fmt: skip
        (got,) = replay(sets, [call], errors="keep")
        assert isinstance(got, Raised) and got.name == "IndexError", f"{call} gave {got}"
    assert sets.count() == 4
    assert replay(sets, [("size", x) for x in range(5)]) == [2, 2, 1, 1, 1]


@pytest.mark.stage(1)
def test_no_elements_are_fine_and_fewer_are_refused():
    assert DisjointSets(0).count() == 0
    assert DisjointSets(1).count() == 1
    with pytest.raises(ValueError):
        DisjointSets(-1)


@pytest.mark.stage(1)
def test_three_thousand_merges_in_a_row_are_followed():
    ahead = merged(3_001, *((x, x + 1) for x in range(3_000)))
    assert (ahead.same(0, 3_000), ahead.size(0)) == (True, 3_001)
    back = merged(3_001, *((x + 1, x) for x in range(3_000)))
    assert (back.same(0, 3_000), back.size(0)) == (True, 3_001)


@pytest.mark.stage(2)
def test_a_rollback_takes_back_the_merges_since_the_mark():
    sets = merged(5, (0, 1))
    mark = sets.snapshot()
    assert mark == 1
    assert replay(sets, [("union", 2, 3), ("union", 3, 0)]) == [True, True]
    assert (sets.snapshot(), sets.count(), sets.size(0)) == (3, 2, 4)
    sets.rollback(mark)
    assert (sets.snapshot(), sets.count()) == (1, 4)
    assert replay(sets, [("size", x) for x in range(5)]) == [2, 2, 1, 1, 1]
    assert (sets.same(0, 1), sets.same(2, 3)) == (True, False)


@pytest.mark.stage(2)
def test_rollbacks_nest_and_merging_goes_on_after_them():
    sets = merged(6, (0, 1), (2, 3), (0, 2), (4, 5), (5, 1))
    assert replay(sets, [("same", 4, 3), ("find", 3), ("size", 5)])[0::2] == [True, 6]
    sets.rollback(3)
    assert (sets.same(0, 3), sets.same(4, 5), sets.size(3)) == (True, False, 4)
    sets.rollback(3)
    assert sets.snapshot() == 3
    sets.rollback(2)
    assert (sets.same(0, 3), sets.same(2, 3), sets.size(1)) == (False, True, 2)
    assert replay(sets, [("union", 1, 4), ("size", 4), ("size", 2)]) == [True, 3, 2]
    sets.rollback(0)
    assert replay(sets, [("size", x) for x in range(6)]) == [1] * 6
    assert sets.count() == 6


@pytest.mark.stage(2)
def test_a_union_that_merged_nothing_needs_no_undo():
    sets = merged(4, (0, 1), (1, 2))
    assert replay(sets, [("union", 0, 2), ("union", 3, 3), ("snapshot",)]) == [False, False, 2]
    sets.rollback(1)
    assert replay(sets, [("same", 0, 1), ("same", 1, 2), ("count",)]) == [True, False, 3]


@pytest.mark.stage(2)
def test_a_mark_that_is_not_in_force_is_refused():
    sets = merged(4, (0, 1), (1, 2))
    for mark in (3, -1):
        with pytest.raises(ValueError):
            sets.rollback(mark)
    assert replay(sets, [("snapshot",), ("count",), ("size", 2)]) == [2, 2, 3]


@pytest.mark.perf
@pytest.mark.stage(1)
def test_a_set_that_grows_by_one_fifteen_thousand_times():
    ahead = DisjointSets(15_001)
    assert all(replay(ahead, [("union", 0, x) for x in range(1, 15_001)]))
    assert all(replay(ahead, [("same", 0, x) for x in range(0, 15_001, 3)]))
    back = DisjointSets(15_001)
    assert all(replay(back, [("union", x, 0) for x in range(1, 15_001)]))
    assert all(replay(back, [("same", 0, x) for x in range(0, 15_001, 3)]))


@pytest.mark.perf
@pytest.mark.stage(2)
def test_two_thousand_short_rollbacks_on_top_of_ten_thousand_merges():
    sets = DisjointSets(10_010)
    replay(sets, [("union", x, x + 1) for x in range(10_000)])
    answers = replay(sets, [("union", 0, 10_005), ("rollback", 10_000)] * 2_000)
    assert answers == [True, None] * 2_000
    assert replay(sets, [("size", 0), ("size", 10_005), ("count",)]) == [10_001, 1, 10]
