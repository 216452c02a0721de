"""Calls into the learner's code: by value, through declared names only."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graders.judge.calls import Call, Trail
from graders.judge.clean import TEXT_CAP
from graders.model import Api, Limits, Report, Status, Verdict

from .conftest import DEFAULT_API, Lab


def statuses(report: Report) -> list[Status]:
    return [row.status for row in report.tests]


def test_values_cross_unchanged(lab: Lab) -> None:
    report = lab.run(
        """
        VALUES = [None, True, 0, -1, 2**63, -2**63 - 1, 10**300, 1.5, float("inf"), 2j, "é\\ud800",
                  b"x\\0", [], [1, "a"], (1,), (), {1: [2]}, {"a": (1, 2)}, {1, 2}, frozenset("ab"),
                  [(1, 2)] * 20, ["a", "bb", ""] * 5, [[1], [], [2, 3]] * 5, list(range(1000))]
        @pytest.mark.parametrize("value", VALUES, ids=repr)
        def test_echo(value):
            got = solve(value)
            assert got == value
            assert type(got) is type(value)
        """, "")
    assert report.verdict is Verdict.ACCEPTED


def test_subclasses_arrive_as_their_base(lab: Lab) -> None:
    report = lab.run(
        """
        def test_counter():
            got = solve(0)
            assert got == {"a": 2}
            assert type(got) is dict
        def test_named_tuple():
            assert solve(1) == (1, 2)
        def test_int_enum():
            got = solve(2)
            assert got == 7
            assert type(got) is int
        """,
        """
        from collections import Counter, namedtuple
        from enum import IntEnum
        class Seven(IntEnum): X = 7
        def solve(n): return [Counter("aa"), namedtuple("P", "x y")(1, 2), Seven.X][n]
        """)
    assert report.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(("returned", "named"), [
    ("object()", "object"), ("(x for x in [])", "generator"), ("{}.keys()", "dict_keys"),
    ("[object()]", "object"), ("len", "builtin_function_or_method"), ("Odd()", "Odd"),
    ("[Box(1)]", "Box"),
])
def test_what_is_not_plain_data_is_a_failure_that_names_its_type(
    lab: Lab, returned: str, named: str
) -> None:
    row = lab.one("def test_it():\n    assert solve() == 1",
                  f"class Odd: pass\ndef solve(): return {returned}")
    assert row.status is Status.FAILED
    assert f"returned {named}; the kata expects plain data" in row.message


def test_an_always_equal_object_passes_nothing(lab: Lab) -> None:
    report = lab.run(
        """
        def test_equal():
            assert solve() == 3.14
        def test_in():
            assert solve() in [3.14]
        def test_near():
            assert abs(solve() - 3.14) < 1e-9
        def test_less():
            assert solve() < 5
        """,
        """
        class Yes(float):
            def __eq__(self, other): return True
            def __rsub__(self, other): return 0.0
            def __sub__(self, other): return 0.0
            def __lt__(self, other): return True
            __hash__ = float.__hash__
        def solve(): return Yes(99)
        """)
    assert statuses(report) == [Status.FAILED] * 4


def test_a_handle_offers_the_declared_names_only(lab: Lab) -> None:
    report = lab.run(
        """
        def test_declared():
            box = Box(1, 2)
            box.put(3)
            assert (box.get(), len(box), box.size, list(box), 2 in box, box[0]) == (
                3, 3, 3, [1, 2, 3], True, 1)
            assert box == Box(1, 2, 3)
            with Box() as inner:
                raise ValueError("swallowed by __exit__")
        @pytest.mark.parametrize("name", ["hidden", "items", "_items", "__dict__x"])
        def test_undeclared(name):
            with pytest.raises(AttributeError):
                getattr(Box(), name)
        def test_no_arithmetic_and_no_order():
            for act in (lambda b: b + 1, lambda b: 1 - b, lambda b: b < 5, lambda b: -b):
                with pytest.raises(TypeError):
                    act(Box(1))
        """,
        """
        Box.__add__ = Box.__rsub__ = Box.__lt__ = Box.__neg__ = lambda *a: 0
        Box.hidden = lambda self: 1
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_protocols_cannot_smuggle_objects(lab: Lab) -> None:
    report = lab.run(
        """
        def test_len():
            assert len(Box()) == 3
        def test_contains():
            assert 1 in Box()
        def test_eq():
            assert Box() == Box()
        """,
        """
        class Box:
            def __len__(self): return "3"
            def __contains__(self, x): return [1]
            def __eq__(self, other): return 1
        """)
    assert Status.PASSED not in statuses(report)


def test_an_object_that_equals_everything_equals_no_expected_value(lab: Lab) -> None:
    """A kata may declare __eq__ for its class: it answers for objects of the learner's only."""
    report = lab.run(
        """
        @pytest.mark.parametrize("n", range(2))
        def test_value(n):
            assert solve(n) == 3.14
        def test_other_way():
            assert 3.14 == solve(1)
        def test_in():
            assert solve(1) in [3.14]
        def test_not_unequal():
            assert not solve(1) != 3.14
        """,
        """
        class Box(Box):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
        def solve(n): return Box()
        """)
    assert statuses(report) == [Status.FAILED] * 5


def test_an_iterator_that_ends_too_early_is_the_learners_failure(lab: Lab) -> None:
    report = lab.run("def test_next():\n    assert next(count(1)) == 0",
                     "def count(n): return iter(())")
    assert statuses(report) == [Status.FAILED], report.tests


def test_a_context_manager_swallows_no_failure(lab: Lab) -> None:
    report = lab.run(
        """
        def test_assertion():
            with Box(1) as box:
                assert box.get() == 2
        def test_cut_short_by_the_learners_own_error():
            with Box() as box:
                assert box.get() == 2
        def test_outcome():
            with Box():
                pytest.fail("no")
        def test_not_raised():
            with Box(), pytest.raises(ValueError):
                solve()
        def test_crash():
            with Box():
                other()
        """,
        """
        import os
        def other(): os._exit(0)
        class Box(Box):
            def __exit__(self, *about): return True
        """)
    assert Status.PASSED not in statuses(report), report.tests


def test_exceptions_arrive_as_the_nearest_declared_or_builtin_base(lab: Lab) -> None:
    report = lab.run(
        """
        def test_declared():
            with pytest.raises(BoxFull) as caught:
                solve("full")
            assert caught.value.args == ("full", 3)
            assert isinstance(caught.value, LookupError)
        def test_derived_from_declared():
            with pytest.raises(BoxFull):
                solve("fuller")
        def test_undeclared():
            with pytest.raises(ValueError, match="odd"):
                solve("odd")
        def test_needs_many_arguments():
            with pytest.raises(ValueError):
                solve("unicode")
        """,
        """
        class Fuller(BoxFull): pass
        class Odd(ValueError): pass
        def solve(what):
            if what == "full": raise BoxFull("full", 3)
            if what == "fuller": raise Fuller()
            if what == "odd": raise Odd("odd")
            raise UnicodeDecodeError("ascii", b"x", 0, 1, "no")
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


@pytest.mark.parametrize("raised", [
    "SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()", "StopIteration()",
    "BaseException(1)"])
def test_what_steers_python_is_an_ordinary_failure(lab: Lab, raised: str) -> None:
    report = lab.run(
        """
        def test_first():
            assert solve() == 1
        def test_vacuous():
            assert list(map(solve, [1, 2])) == []
        """, f"def solve(*a): raise {raised}")
    assert statuses(report) == [Status.RUNTIME_ERROR] * 2


def test_pytests_own_outcomes_mean_nothing_from_a_learner(lab: Lab) -> None:
    row = lab.one("def test_it():\n    assert solve() == 1",
                  """
                  class Skipped(BaseException): pass
                  class OutcomeException(BaseException): pass
                  class Exit(OutcomeException): pass
                  def solve(): raise Exit("skip")
                  """)
    assert row.status is Status.RUNTIME_ERROR


def test_iterators_are_read_piecewise(lab: Lab) -> None:
    report = lab.run(
        """
        def test_lazy():
            endless = count(10**9)
            assert [next(endless) for _ in range(3)] == [0, 1, 2]
            assert take(endless, 2) == [3, 4]
            endless.close()
            assert list(endless) == []
        def test_ends():
            assert list(count(3)) == [0, 1, 2]
        """, "")
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_a_generator_where_a_list_is_declared_fails(lab: Lab) -> None:
    lab.kata = replace(lab.kata, api=Api(functions=("solve",)))
    row = lab.one("def test_it():\n    assert solve(3) == [0, 1, 2]",
                  "def solve(n): return (i for i in range(n))")
    assert row.status is Status.FAILED


def test_result_types_only_where_declared(lab: Lab) -> None:
    suite = """
        from decimal import Decimal
        def test_it():
            assert solve() == Decimal("1.5")
        """
    submission = "from decimal import Decimal\ndef solve(): return Decimal('1.5')"
    assert lab.one(suite, submission).status is Status.FAILED
    lab.kata = replace(lab.kata, api=replace(DEFAULT_API, result_types=("Decimal",)))
    assert lab.one(suite, submission).status is Status.PASSED


def test_a_huge_decimal_is_an_output_limit_not_a_bomb(lab: Lab) -> None:
    lab.kata = replace(lab.kata, api=replace(DEFAULT_API, result_types=("Decimal", "range")))
    row = lab.one("def test_it():\n    assert solve() == 10**6",
                  "from decimal import Decimal\ndef solve(): return Decimal('1E+999999999')")
    assert row.status in (Status.CRASHED, Status.OUTPUT_LIMIT, Status.FAILED)


@pytest.mark.parametrize(("returned", "status"), [
    ("[0] * 3_000_000", Status.OUTPUT_LIMIT),
    ("b'x' * (17 << 20)", Status.OUTPUT_LIMIT),
    ("1 << 40_000", Status.OUTPUT_LIMIT),
    ("[[]] * 2_100_000", Status.OUTPUT_LIMIT),
    ("deep()", Status.OUTPUT_LIMIT),
    ("itself()", Status.OUTPUT_LIMIT),
])
def test_results_over_the_caps_are_the_learners_output_limit(
    lab: Lab, returned: str, status: Status
) -> None:
    lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=3.0, memory_mib=512))
    report = lab.run(
        """
        def test_large():
            assert solve() == 1
        def test_after():
            assert other() is None
        """,
        f"""
        def deep():
            x = []
            for _ in range(100): x = [x]
            return x
        def itself():
            x = []; x.append(x); return x
        def solve(): return {returned}
        """)
    assert statuses(report) == [status, Status.PASSED], report.tests


def test_callbacks_take_plain_data_and_are_counted(lab: Lab) -> None:
    report = lab.run(
        """
        def test_counts():
            less = counted(lambda a, b: a < b)
            assert solve(less, [3, 1, 2]) == [1, 2, 3]
            assert less.calls > 0
        def test_exceptions_come_back_as_builtin_ones():
            def load(key):
                raise KeyError(key)
            assert other(load) == ("KeyError", ("k",))
        def test_too_many_calls_fail():
            other(counted(lambda key: 1, limit=10), 50)
        def test_a_swallowed_overrun_still_fails():
            other(counted(lambda key: 1, limit=10), 50)
            assert True
        """,
        """
        import functools
        def solve(less, items):
            return sorted(items, key=functools.cmp_to_key(lambda a, b: -1 if less(a, b) else 1))
        def other(call, times=1):
            try:
                for _ in range(times): call("k")
            except BaseException as error: return (type(error).__name__, error.args)
        """)
    assert statuses(report) == [Status.PASSED, Status.PASSED, Status.FAILED, Status.FAILED]


def test_tokens_have_no_order_and_keep_their_identity(lab: Lab) -> None:
    report = lab.run(
        """
        def test_round_trip():
            items = tokens([3, 1, 2])
            less = counted(lambda a, b: a.value < b.value)
            got = solve(items, less)
            assert [each.value for each in got] == [1, 2, 3]
        def test_no_order_of_their_own():
            with pytest.raises(TypeError):
                other(tokens([2, 1]))
        """,
        """
        import functools
        def solve(items, less):
            return sorted(items, key=functools.cmp_to_key(lambda a, b: -1 if less(a, b) else 1))
        def other(items): return sorted(items)
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_exposed_objects_offer_only_the_named_methods(lab: Lab) -> None:
    report = lab.run(
        """
        class Store:
            def __init__(self): self.held = {}
            def put(self, key, value): self.held[key] = value
            def get(self, key): return self.held.get(key)
            def wipe(self): self.held.clear()
        def test_named():
            store = Store()
            assert solve(expose(store, "put", "get")) == ("v", "AttributeError")
            assert store.held == {"k": "v"}
        """,
        """
        def solve(store):
            store.put("k", "v")
            try: store.wipe()
            except AttributeError as error: return store.get("k"), type(error).__name__
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_asking_for_what_was_not_offered_is_abuse(lab: Lab) -> None:
    row = lab.one(
        """
        def test_it():
            try:
                other(expose({"a": 1}, "get"))
            except Exception:
                pass
        """,
        """
        import gc
        from graders.judge.wire import Question
        def other(thing):
            for each in gc.get_objects():
                if type(each).__name__ == "Worker":
                    return each.ask(Question(0, 1, (), {}))
        """)
    assert row.status is Status.CRASHED


def test_learner_code_cannot_be_called_while_collecting(lab: Lab) -> None:
    report = lab.run("VALUE = solve(1)\ndef test_it():\n    assert VALUE == 1", "")
    assert report.verdict is Verdict.JUDGE_ERROR
    assert "collected" in report.message


def test_forbidden_words_are_named_with_their_line(lab: Lab) -> None:
    lab.kata = replace(lab.kata, api=replace(DEFAULT_API, forbid=("sorted", ".sort", "heapq")))
    for text, word in (("def solve(x): return sorted(x)", "sorted"),
                       ("def solve(x): x.sort(); return x", ".sort"),
                       ("import heapq", "heapq"), ("from heapq import heappush", "heapq")):
        row = lab.one("def test_it():\n    assert solve([2, 1]) == [1, 2]", text)
        assert row.status is Status.RUNTIME_ERROR
        assert f"uses {word}, line " in row.message


def test_forbidden_builtins_refuse_when_reached_another_way(lab: Lab) -> None:
    lab.kata = replace(lab.kata, api=replace(DEFAULT_API, forbid=("sorted",)))
    row = lab.one("def test_it():\n    assert solve([2, 1]) == [1, 2]",
                  "def solve(x): return __builtins__['sor' + 'ted'](x)")
    assert row.status is Status.RUNTIME_ERROR


def test_every_call_on_an_object_that_was_made_of_much_is_told() -> None:
    class Router:
        def __repr__(self) -> str:
            return f"Router([{', '.join(map(str, range(5_000)))}])"

    trail, router = Trail(), Router()
    for name in ("ann", "bob"):
        trail.calling(Call("method", "route", router, (name, list(range(5_000)))))
    head, first, last = trail.text().split("\n")
    assert head.startswith("Router([0, 1, ")
    assert first.startswith("  .route('ann', [0, 1, ")
    assert last.startswith("  .route('bob', [0, 1, ")
    assert len(trail.text()) <= TEXT_CAP
