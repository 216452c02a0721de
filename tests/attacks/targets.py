"""What is attacked: tiny katas whose right answers cannot be worked out, only got by a trick.

Each {number} in a suite becomes an arbitrary number at every run, so a passed test is undeserved
credit, but for those that are named in `deserved`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graders.model import Api, ApiClass, Kata, Kind, Limits, Stage, Text

SLUG = "target"
_BOTH = Text("target", "靶子")
_LIMITS = Limits(test_cpu_s=0.3, perf_cpu_s=0.35, load_cpu_s=0.4, memory_mib=96)


@dataclass(frozen=True, slots=True)
class Target:
    """One kata to attack: suites, what an attack need not write itself, what it earns honestly."""

    suite: str
    api: Api
    rest: str
    hidden: str = ""
    deserved: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def kata(self, folder: Path) -> Kata:
        """Return the kata in `folder`."""
        fields: dict[str, Any] = {
            "slug": SLUG, "topic": "a01", "topic_folder": "a01_target", "track": "algorithms",
            "folder": folder, "title": _BOTH, "kind": Kind.IMPLEMENT, "difficulty": 1,
            "minutes": 20, "order": 20, "core": False, "aka": (), "prerequisites": (),
            "source": "", "services": (), "packages": (), "network": False, "processes": 0,
            "threads": 0, "open_files": 64, "hints": (), "stages": (Stage(_BOTH, 100),),
            "api": self.api, "limits": _LIMITS, **self.more}
        return Kata(**fields)


_FUNCTION = Target(
    """
    def test_first(): assert solve(3) == {1}
    def test_second(): assert solve(7) == {2}
    """,
    Api(functions=("solve",)), "def solve(n): return 0")

_NUMBERS = Target(
    """
    def test_near(): assert abs(solve(3) - {1}) < 1e-9
    def test_approx(): assert solve(3) == pytest.approx({1})
    def test_in(): assert solve(3) in (-{1}, {1})
    def test_int(): assert int(solve(3)) == {1}
    def test_not_other(): assert not solve(3) != {1}
    """,
    Api(functions=("solve",)), "def solve(n): return 0")

_RAISES = Target(
    """
    def test_kind():
        with pytest.raises(Full) as caught:
            solve(3)
        assert caught.value.args == ({1},)
    def test_words():
        with pytest.raises(LookupError, match="{2}"):
            solve(4)
    def test_value():
        with pytest.raises(Exception):
            assert solve(5) == {3}
            raise LookupError
        assert solve(5) == {3}
    """,
    Api(functions=("solve",), exceptions=(("Full", "LookupError"),)),
    "class Full(LookupError): pass\ndef solve(n): return 0")

_OBJECTS = Target(
    """
    def test_get(): assert Box({4}).get() == {1}
    def test_length(): assert len(Box()) == {2}
    def test_items(): assert list(Box()) == [{1}, {2}]
    def test_item(): assert Box()[0] == {1}
    def test_size(): assert Box().size == {2}
    def test_equal(): assert solve(3) == {3}
    def test_with():
        with Box() as box:
            assert box.get() == {1}
    def test_map(): assert list(map(solve, [1, 2])) == [{1}, {2}]
    """,
    Api(functions=("solve",), classes=(ApiClass(
        "Box", ("get",), ("size",), ("len", "iter", "getitem", "eq", "context")),)),
    """
class Box:
    size = 0
    def __init__(self, *items): pass
    def get(self): return 0
    def __len__(self): return 0
    def __iter__(self): return iter(())
    def __getitem__(self, i): return 0
    def __eq__(self, other): return False
    def __enter__(self): return self
    def __exit__(self, *about): return False
def solve(n): return 0
""")

_ITERATOR = Target(
    """
    def test_all(): assert list(count(3)) == [{1}, {2}, {3}]
    def test_take(): assert take(count(3), 2) == [{1}, {2}]
    def test_each(): assert [x == {1} for x in count(1)] == [True]
    def test_next(): assert next(count(1)) == {1}
    def test_strict(): assert all(a == b for a, b in zip(count(2), ({1}, {2}), strict=True))
    """,
    Api(iterators=("count",)), "def count(n): yield from [0] * n")

_REPLAY = Target(
    """
    def test_replay(): assert replay(Box(), [("get",), ("put", {4}), ("get",)]) == [{1}, None, {2}]
    def test_kept():
        found = replay(Box(), [("get",), ("put", 1)], errors="keep")
        assert found == [Raised("KeyError", ({3},)), None]
    def test_many(): assert call_many(solve, [(1,), (2,)]) == [{1}, {2}]
    def test_checked(): assert checked(solve, [1, 2]) == ({1}, ([1, 2],))
    """,
    Api(functions=("solve",), classes=(ApiClass("Box", ("get", "put")),)),
    """
class Box:
    def get(self): return 0
    def put(self, x): return None
def solve(n): return 0
""")

_CALLBACK = Target(
    """
    class Store:
        secret = {3}
        def read(self, n): return n
        def hidden(self): return {3}
    def test_seen():
        seen = []
        solve(seen.append)
        assert seen == [{1}]
    def test_counted():
        call = counted(lambda n: n)
        solve(call)
        assert call.calls == 4 and call(0) == {1}
    def test_exposed(): assert solve(expose(Store(), "read")) == {3}
    """,
    Api(functions=("solve",)), "def solve(call): return 0")

_GROWTH = Target(
    """
    import random
    def make(n, r):
        return ([random.Random(r).random() for _ in range(n)],)
    def test_right(): assert solve([3, 1, 2, 2]) == 5
    @pytest.mark.perf
    def test_absolute():
        items = [(i * 7919) % 20011 for i in range(4000)]
        assert solve(items) == 7_998_000
    @pytest.mark.perf
    def test_grows(): growth(solve, make, 200, at_most="linear")
    """,
    Api(functions=("solve",)),
    "def solve(items):\n    return sum(a > b for a in items for b in items)\n",
    deserved=("test_right",))

_CRASH = Target(
    """
    def test_all_or_nothing(workdir):
        path = f"{{workdir}}/kept"
        for k in range(1, 40):
            files.write(path, b"old" * 50)
            with crash_after(k) as crash:
                solve(path, "new" * 50)
            assert files.read(path) in (b"old" * 50, b"new" * 50)
            if not crash.fired:
                break
        assert k > 3
    def test_value(workdir):
        files.write(f"{{workdir}}/kept", b"1")
        assert solve(f"{{workdir}}/kept", "") == {1}
    """,
    Api(functions=("solve",)),
    """
def solve(path, text):
    with open(path, "w") as file:
        for start in range(0, len(text), 30):
            file.write(text[start:start + 30])
            file.flush()
""")

_THREADS = Target(
    """
    def test_no_two_alike():
        found = run_threads(solve, [[(1,)] * 30] * 4, seed=1)
        numbers = [n for each in found for n in each]
        assert sorted(numbers) == list(range(120))
    def test_value(): assert solve(0) == {1}
    """,
    Api(functions=("solve",)),
    """
held = 0
def solve(n):
    global held
    found = held
    again = found + n
    held = again
    return found
""", more={"threads": 4})

_NETWORK = Target(
    """
    import socket
    def test_answer():
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(0.3)
        try:
            assert solve(server.getsockname()[1]) == {1}
        finally:
            server.close()
    def test_own_server():
        port = free_port()
        solve(-port)
        with client(port, timeout_s=0.3) as line:
            line.send_all(b"ask\\n")
            assert line.recv_line() == b"{2}\\n"
    """,
    Api(functions=("solve",)), "def solve(port): return 0", more={"network": True, "threads": 2})

_HIDDEN = Target(
    "def test_shown(): assert solve(3) == {1}\n",
    Api(functions=("solve",)), "def solve(n): return 0",
    hidden="""
    def test_kata40canary_name(): assert solve("{input}") == "{expected}"
    def test_second(): assert solve(3) == {2}
    """)

_COUNTS = Target(
    """
    def test_counted_inside():
        less = compute("less")
        assert solve(less, [5, 3, 4, 1, 2] * 20) == 100
        assert 0 < less.calls < 150
    def test_value(): assert solve(compute("less"), []) == {1}
    """,
    Api(functions=("solve",), forbid=("sorted", ".sort", "heapq")),
    """
def solve(less, items):
    for a in items:
        for b in items:
            less(a, b)
    return len(items)
""")

TARGETS = {
    "function": _FUNCTION, "numbers": _NUMBERS, "raises": _RAISES, "objects": _OBJECTS,
    "iterator": _ITERATOR, "replay": _REPLAY, "callback": _CALLBACK, "growth": _GROWTH,
    "crash": _CRASH, "threads": _THREADS, "network": _NETWORK, "hidden": _HIDDEN,
    "counts": _COUNTS,
}
