"""What overlapping_hits must do: every start, the overlapping and the last ones too."""

from overlapping_hits import hits


def test_hits_that_lie_apart():
    assert hits("one, two, one", "one") == [0, 10]
    assert hits("banana bandana", "ana") == [1, 3, 11]


def test_hits_that_overlap():
    assert hits("abababa", "aba") == [0, 2, 4]
    assert hits("aaaaa", "aa") == [0, 1, 2, 3]


def test_hits_at_both_ends():
    assert hits("ab", "ab") == [0]
    assert hits("xxab", "ab") == [2]
    assert hits("abc", "c") == [2]


def test_a_hit_that_starts_within_a_failed_attempt():
    assert hits("aaab", "aab") == [1]
    assert hits("abababc", "ababc") == [2]


def test_a_pattern_that_runs_over_the_end_is_no_hit():
    assert hits("xaab", "aba") == []
    assert hits("ab", "abc") == []
    assert hits("", "a") == []


def test_no_character_is_special():
    assert hits("1+1=2", "+") == [1]
    assert hits("a.c abc a.c", "a.c") == [0, 8]
    assert hits("Aa a", "a") == [1, 3]
    assert hits("😀中😀中", "中") == [1, 3]


def test_two_thousand_characters():
    assert hits("ab" * 1_000, "aba") == list(range(0, 1_998, 2))
