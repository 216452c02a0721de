"""What diff_script must do: apply scripts, count the fewest changes, write them down."""

import pytest

from diff_script import BadScript, apply_script, distance, edit_script
from graders.kit import checked


def assert_shortest(a, b, changes):
    """Fail unless edit_script turns a into b with this many changes, "-" before "+"."""
    script = edit_script(a, b)
    ops = "".join(op for op, _ in script)
    assert set(ops) <= set("=-+"), ops
    assert [line for op, line in script if op != "+"] == a, "what is kept and deleted is not a"
    assert [line for op, line in script if op != "-"] == b, "what is kept and inserted is not b"
    assert "+-" not in ops, "a + stands before a -"
    assert len(ops) - ops.count("=") == changes


def two_versions(rng, size, edits):
    """Return a file, another version of it, and their distance: every changed line is unique."""
    a = [f"line {i}" if i % 5 else "" for i in range(size)]
    b = list(a)
    # One change near each end, the others anywhere; blank lines are never touched.
    for at in [1, size - 4, *rng.sample(range(6, size - 4, 5), edits - 2)]:
        b[at] = f"new {at}"
    return a, b, 2 * edits


@pytest.mark.stage(1)
def test_a_script_keeps_deletes_and_inserts():
    script = [("=", "x"), ("-", "y"), ("+", "z"), ("=", "w")]
    assert apply_script(["x", "y", "w"], script) == ["x", "z", "w"]
    assert apply_script(["x"], [("+", "y"), ("=", "x"), ("+", "y")]) == ["y", "x", "y"]
    assert apply_script(["x", "x"], [("+", "y"), ("-", "x"), ("=", "x")]) == ["y", "x"]


@pytest.mark.stage(1)
def test_a_script_may_be_empty():
    assert apply_script([], []) == []
    assert apply_script([], [("+", "x")]) == ["x"]
    assert apply_script(["x"], [("-", "x")]) == []


@pytest.mark.stage(1)
def test_a_line_that_does_not_come_next_is_refused():
    for script in (
        [("=", "y"), ("=", "y")],
        [("-", "y"), ("=", "x")],
        [("=", "x"), ("=", "y"), ("=", "y")],
        [("=", "x"), ("-", "y"), ("-", "y")],
    ):
        with pytest.raises(BadScript):
            apply_script(["x", "y"], script)


@pytest.mark.stage(1)
def test_lines_left_over_are_refused():
    for script in ([], [("=", "x")], [("+", "x"), ("+", "y")]):
        with pytest.raises(BadScript):
            apply_script(["x", "y"], script)


@pytest.mark.stage(1)
def test_an_unknown_op_is_refused():
    for op in ("!", "", " ", "=-", "--"):
        with pytest.raises(BadScript):
            apply_script(["x"], [(op, "x")])


@pytest.mark.stage(1)
def test_applying_leaves_its_arguments_as_they_were():
    result, after = checked(apply_script, ["x", "y"], [("=", "x"), ("-", "y")])
    assert (result, after) == (["x"], (["x", "y"], [("=", "x"), ("-", "y")]))


@pytest.mark.stage(2)
def test_distance_of_the_examples():
    assert distance(["a", "b", "c"], ["a", "x", "c"]) == 2
    assert distance(["a"], ["a", "a"]) == 1
    assert distance(list("ABCABBA"), list("CBABAC")) == 5


@pytest.mark.stage(2)
def test_distance_to_an_empty_file_and_to_itself():
    assert distance([], []) == 0
    assert distance(["x", "y"], []) == 2
    assert distance([], ["x", "y", "z"]) == 3
    assert distance(["x", "y", "x"], ["x", "y", "x"]) == 0
    assert distance(["x", "y"], ["z", "w", "v"]) == 5


@pytest.mark.stage(2)
def test_distance_keeps_the_order_of_lines():
    assert distance(["x", "y"], ["y", "x"]) == 2
    assert distance(list("ABCDEF"), list("FABCDE")) == 2
    assert distance(list("XMJYAUZ"), list("MZJAWXU")) == 6


@pytest.mark.stage(2)
def test_distance_takes_lines_as_they_are():
    assert distance(["x ", "ab", ""], ["x", "a", "b"]) == 6
    assert distance(["-", "+", "="], ["-", "=", "+"]) == 2


@pytest.mark.stage(3)
def test_script_of_the_examples():
    assert edit_script(["a", "b", "c"], ["a", "x", "c"]) == [
        ("=", "a"),
        ("-", "b"),
        ("+", "x"),
        ("=", "c"),
    ]
    assert_shortest(list("ABCABBA"), list("CBABAC"), 5)
    assert_shortest(["a"], ["a", "a"], 1)


@pytest.mark.stage(3)
def test_script_for_an_empty_file_and_for_itself():
    assert edit_script([], []) == []
    assert edit_script(["x", "y"], []) == [("-", "x"), ("-", "y")]
    assert edit_script([], ["x", "y"]) == [("+", "x"), ("+", "y")]
    assert edit_script(["x", "y"], ["x", "y"]) == [("=", "x"), ("=", "y")]


@pytest.mark.stage(3)
def test_script_lists_deletions_before_insertions():
    assert edit_script(["x", "y"], ["z", "w"]) == [("-", "x"), ("-", "y"), ("+", "z"), ("+", "w")]
    assert_shortest(list("aXYbZc"), list("aPbQRc"), 6)


@pytest.mark.stage(3)
def test_script_is_shortest_where_lines_move():
    assert_shortest(list("ABCDEF"), list("FABCDE"), 2)
    assert_shortest(list("XMJYAUZ"), list("MZJAWXU"), 6)
    assert_shortest(list("xaxbxcx"), list("xbxaxcx"), 4)


@pytest.mark.perf
@pytest.mark.stage(2)
def test_distance_of_10_000_lines(rng):
    a, b, changes = two_versions(rng, 10_000, 8)
    assert distance(a, b) == changes


@pytest.mark.perf
@pytest.mark.stage(3)
def test_script_of_10_000_lines(rng):
    a, b, changes = two_versions(rng, 10_000, 8)
    assert_shortest(a, b, changes)
