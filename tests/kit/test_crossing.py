"""stream, compute, scripted."""

from __future__ import annotations

import copy
import pickle

import pytest

from graders.kit import Raised, call_many, compute, run_threads, scripted, stream


class CacheFull(LookupError):
    pass


def use(thing, *args):
    return thing(*args)


class TestStream:
    def test_items_come_in_order_once(self, kata):
        rows = stream(["a", b"b", (1, 2), [3]])
        read = kata.function(lambda items: [list(items), list(items)])
        assert read(rows) == [["a", b"b", (1, 2), [3]], []]

    def test_it_counts_items_that_were_read(self, kata):
        rows = stream(["a", "b", "c"])
        assert rows.reads == 0
        kata.function(lambda items: next(items))(rows)
        assert rows.reads == 1

    def test_it_counts_the_items_alive_at_once(self, kata):
        lines = [f"line {n}" for n in range(100)]
        one_by_one, hoarding, pairwise = stream(lines), stream(lines), stream(lines)

        def total(items):
            return sum(len(each) for each in items)

        def hoard(items):
            return len(list(items))

        def pairs(items):
            kept = []
            for each in items:
                kept = [*kept[-1:], each]
            return len(kept)

        kata.function(total)(one_by_one)
        kata.function(hoard)(hoarding)
        kata.function(pairs)(pairwise)
        assert one_by_one.peak_live <= 2, "the item before lives until the loop variable is set"
        assert hoarding.peak_live == 100
        assert pairwise.peak_live == 3

    def test_items_behave_like_their_type(self, kata):
        def look(items):
            text, row = next(items), next(items)
            same = pickle.loads(pickle.dumps(text)) == text and copy.deepcopy(row) == [1]
            return [{text: row}, text + "!", sorted([text, "a"]), same, isinstance(row, list)]

        result = kata.function(look)(stream(["b", [1]]))
        assert result == [{"b": [1]}, "b!", ["a", "b"], True, True]

    def test_the_suites_own_items_stay_as_they_were(self, kata):
        row = [1]
        kata.function(lambda items: next(items).append(2))(stream([row]))
        assert row == [1]

    def test_other_items_are_refused(self):
        with pytest.raises(TypeError, match="item 1 is a dict"):
            stream(["a", {}])


class TestCompute:
    @pytest.mark.parametrize(
        ("op", "data", "args", "result"),
        [
            ("less", None, (1, 2), True),
            ("threshold", 7, (7,), True),
            ("threshold", 7, (6,), False),
            ("character", "abc", (1,), "b"),
            ("polynomial", [1, 0, 2], (3,), 19),
            ("polynomial", [], (3,), 0),
            ("table", {"x": 5}, ("x",), 5),
            ("table", [5, 6], (1,), 6),
        ],
    )
    def test_it_computes(self, kata, op, data, args, result):
        assert kata.function(use)(compute(op, data), *args) == result

    def test_it_counts_its_calls_over_several_calls_of_the_learner(self, kata):
        less = compute("less")
        call_many(kata.function(use), [(less, 1, 2), (less, 2, 1)])
        kata.function(use)(less, 1, 1)
        assert less.calls == 3

    def test_its_errors_are_those_of_the_operation(self, kata):
        (kept,) = call_many(kata.function(use), [(compute("table", {}), "x")], errors="keep")
        assert kept == Raised("KeyError", ("x",))

    def test_misuse_is_told(self):
        with pytest.raises(ValueError, match="no operation 'more'; there are less, threshold"):
            compute("more")
        with pytest.raises(TypeError, match="'polynomial' does not go with data of type int"):
            compute("polynomial", 3)
        with pytest.raises(TypeError, match="'less' does not go with data of type str"):
            compute("less", "abc")


class TestScripted:
    def test_each_call_takes_a_step(self, kata):
        load = scripted([("return", 1), ("raise", "KeyError", "k", 2), ("return", [3])])
        results = call_many(kata.function(use), [(load, "a"), (load,), (load, "c", 4)], "keep")
        assert results == [1, Raised("KeyError", ("k", 2)), [3]]
        assert load.calls == [("a",), (), ("c", 4)]

    def test_it_raises_the_katas_own_exception(self, kata):
        (kept,) = call_many(
            kata.function(use), [(scripted([("raise", "CacheFull", 1)]),)], errors="keep"
        )
        assert kept == Raised("CacheFull", (1,))

    def test_a_call_after_the_last_step_is_an_error(self, kata):
        load = scripted([("return", 1)])
        results = call_many(kata.function(use), [(load,), (load,)], errors="keep")
        text = "scripted: call 2, but the script has ended (1 steps)"
        assert results == [1, Raised("RuntimeError", (text,))]
        assert len(load.calls) == 2

    def test_a_gate_opens_for_k_callers_who_share_the_next_step(self, kata):
        load = scripted([("gate", 3), ("return", "all"), ("return", "later")])
        results = run_threads(kata.function(use), [[(load, n)] for n in range(3)], seed=1)
        assert results == [["all"]] * 3
        assert kata.function(use)(load) == "later"
        assert sorted(load.calls[:3]) == [(0,), (1,), (2,)]

    def test_a_gate_too_few_come_to_gives_up(self, kata, monkeypatch):
        monkeypatch.setattr("graders.kit.inside.build._PATIENCE", 5)
        load = scripted([("gate", 3), ("return", 1)])
        results = run_threads(kata.function(use), [[(load,)], [(load,)]], seed=1)
        texts = {each.args[0] for row in results for each in row}
        assert texts == {
            "scripted: 2 of 3 callers came to the gate",
            "scripted: 1 of 3 callers came to the gate",
        }

    @pytest.mark.parametrize(
        "steps",
        [
            [("give", 1)],
            [("return",)],
            [("raise", "print")],
            [("raise", 3)],
            [("gate", 2)],
            [("gate", 0), ("return", 1)],
            [("gate", 2), ("gate", 2), ("return", 1)],
        ],
    )
    def test_misuse_is_told(self, steps):
        with pytest.raises(ValueError, match="scripted: step 0 is"):
            scripted(steps)
