"""A laboratory for the judge: tiny katas written inline, judged by one warm engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import (
    Api,
    ApiClass,
    Kata,
    Kind,
    Limits,
    Report,
    Stage,
    Submission,
    TestResult,
    Text,
)

DEFAULT_API = Api(
    functions=("solve", "other"),
    iterators=("count",),
    classes=(ApiClass("Box", ("put", "get", "me"), ("size",),
                      ("len", "iter", "contains", "getitem", "eq", "context")),),
    exceptions=(("BoxFull", "LookupError"),),
)
# Names that a submission leaves out are filled in, so that each test shows only what it is about.
DEFAULTS = """
def solve(*args): return args[0] if args else None
def other(*args): return None
def count(n): yield from range(n)
class BoxFull(LookupError): pass
class Box:
    def __init__(self, *items): self.items = list(items)
    def put(self, item): self.items.append(item)
    def get(self): return self.items[-1]
    def me(self): return self
    @property
    def size(self): return len(self.items)
    def __len__(self): return len(self.items)
    def __iter__(self): return iter(self.items)
    def __contains__(self, item): return item in self.items
    def __getitem__(self, i): return self.items[i]
    def __eq__(self, other): return self.items == other.items
    def __enter__(self): return self
    def __exit__(self, *about): return bool(about[0])
"""


class Lab:
    """Builds a kata from a suite's text and judges submissions against it."""

    def __init__(self, judge: Judge, folder: Path) -> None:
        self.judge, self.folder = judge, folder
        self.kata = self.make_kata()

    def make_kata(self, **changes: object) -> Kata:
        """Return the laboratory's kata with some fields changed."""
        both = Text("laboratory", "实验室")
        fields: dict[str, object] = {
            "slug": "labkata", "topic": "a01", "topic_folder": "a01_lab", "track": "algorithms",
            "folder": self.folder, "title": both, "kind": Kind.IMPLEMENT, "difficulty": 1,
            "minutes": 20, "order": 20, "core": False, "aka": (), "prerequisites": (),
            "source": "", "services": (), "packages": (), "network": False, "processes": 0,
            "threads": 0, "open_files": 64, "hints": (), "stages": (Stage(both, 100),),
            "api": DEFAULT_API, "limits": Limits(memory_mib=128)}
        return Kata(**{**fields, **changes})  # type: ignore[arg-type]

    def run(self, suite: str, submission: str, hidden: str = "",
            layers_off: tuple[str, ...] = ()) -> Report:
        """Judge `submission` (with the defaults in front) against `suite`."""
        (self.folder / "kata.toml").write_text("format = 1\n")
        self.kata.suite.write_text("import pytest\nfrom graders.kit import *\n"
                                   "from labkata import *\n" + dedent(suite))
        path = None
        if hidden:
            path = self.folder / "test_hidden_labkata.py"
            path.write_text("import pytest\nfrom labkata import *\n" + dedent(hidden))
        source = (DEFAULTS + dedent(submission)).encode()
        return self.judge.judge(Request(self.kata, Submission("labkata", source), path,
                                        layers_off=layers_off))

    def one(self, suite: str, submission: str, **more: object) -> TestResult:
        """Judge against a suite of one test; return its row."""
        report = self.run(suite, submission, **more)  # type: ignore[arg-type]
        assert len(report.tests) == 1, report
        return report.tests[0]


@pytest.fixture(scope="session")
def warm_judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """One engine for all tests; verdicts are not cached."""
    store = tmp_path_factory.mktemp("store")
    with Judge(store, jobs=2, use_cache=False, store=store) as judge:
        yield judge


@pytest.fixture
def lab(warm_judge: Judge, tmp_path: Path) -> Lab:
    """A laboratory in a folder of its own."""
    tmp_path.chmod(0o755)
    return Lab(warm_judge, tmp_path)
