"""What stable_order_check must do: the statement's examples and each way to fail."""

from graders.kit import checked
from stable_order_check import keeps_ties

TEAM = [(3, "Wei"), (1, "Zoe"), (3, "Ann"), (1, "Bo")]


def test_accepts_equal_numbers_in_their_old_order():
    assert keeps_ties(TEAM, [(1, "Zoe"), (1, "Bo"), (3, "Wei"), (3, "Ann")]) is True
    assert keeps_ties([(5, "d"), (5, "a"), (5, "c")], [(5, "d"), (5, "a"), (5, "c")]) is True
    assert keeps_ties([(2, "a"), (0, "b"), (-1, "c")], [(-1, "c"), (0, "b"), (2, "a")]) is True


def test_refuses_equal_numbers_that_changed_places():
    assert keeps_ties(TEAM, [(1, "Bo"), (1, "Zoe"), (3, "Ann"), (3, "Wei")]) is False
    assert keeps_ties(TEAM, [(1, "Zoe"), (1, "Bo"), (3, "Ann"), (3, "Wei")]) is False
    rows = [(7, "c"), (7, "a"), (7, "b")]
    assert keeps_ties(rows, [(7, "b"), (7, "c"), (7, "a")]) is False


def test_refuses_numbers_out_of_order():
    assert keeps_ties(TEAM, TEAM) is False
    assert keeps_ties(TEAM, [(3, "Wei"), (3, "Ann"), (1, "Zoe"), (1, "Bo")]) is False
    assert keeps_ties([(10, "a"), (9, "b")], [(10, "a"), (9, "b")]) is False


def test_refuses_rows_that_were_lost_repeated_or_changed():
    assert keeps_ties(TEAM, [(1, "Zoe"), (3, "Wei"), (3, "Ann")]) is False
    assert keeps_ties(TEAM, [(1, "Zoe"), (1, "Bo"), (3, "Wei")]) is False
    assert keeps_ties([(1, "a")], [(1, "a"), (1, "a")]) is False
    assert keeps_ties([(1, "a"), (2, "b")], [(1, "a"), (1, "b")]) is False
    assert keeps_ties([], [(1, "a")]) is False


def test_accepts_the_empty_table_and_a_single_row():
    assert keeps_ties([], []) is True
    assert keeps_ties([(4, "x")], [(4, "x")]) is True


def test_leaves_both_tables_as_they_were():
    before, after = [(2, "b"), (1, "a")], [(1, "a"), (2, "b")]
    assert checked(keeps_ties, before, after) == (
        True,
        ([(2, "b"), (1, "a")], [(1, "a"), (2, "b")]),
    )
