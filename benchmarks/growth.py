"""What one more test costs, and what one more kata in the tree costs those who grade another.

The first is the slope over suites of 1 to 20 like tests. The second must be nothing: `grade ONE`
in trees of 7, 40 and 140 katas, by its CPU and by what it opens in the katas' folders (an audit
hook counts).
The verdict comes from the cache, so only the command itself is left.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks import accounting, material
from benchmarks.results import Finding, Line, Reach
from benchmarks.settings import Settings
from benchmarks.warm import WarmJudge
from graders.model import Verdict

_TESTS = (1, 5, 10, 20)
_KATAS = (7, 40, 140)
_PER_TOPIC = 7
_TEST = """

def test_keeps_two_spans_{n}():
    spans = SpanSet()
    spans.add(7, 9)
    spans.add(1, 2)
    assert spans.spans() == [(1, 2), (7, 9)]
"""
_COUNTING = """
import atexit, runpy, sys
opened = []
def look(event, args):
    if event in ("open", "os.scandir", "os.listdir") and "/number_box" in str(args[0]):
        opened.append(args[0])
sys.addaudithook(look)
atexit.register(lambda: open({path!r}, "w").write(str(len(opened))))
sys.argv[1:] = ["grade", "number_box"]
runpy.run_module("graders", run_name="__main__")
"""


def measure(settings: Settings, scratch: Path) -> Finding:
    """Return both slopes and what they were read off."""
    return Finding((*_tests(settings, scratch / "tests"), *_katas(settings, scratch / "katas")))


def slope(sizes: tuple[int, ...], costs: tuple[float, ...]) -> float:
    """Return the least-squares cost of one more."""
    return statistics.linear_regression(sizes, costs).slope


def _tests(settings: Settings, scratch: Path) -> list[Line]:
    kata = material.kata(material.SPANS)
    text = material.source(kata.slug)
    costs_ms: dict[int, list[float]] = {count: [] for count in _TESTS}
    requests = {}
    for count in _TESTS:
        folder = scratch / f"of_{count}"
        folder.mkdir(parents=True)
        made = replace(kata, folder=folder)
        made.suite.write_text("from span_set import SpanSet\n"
                              + "".join(_TEST.format(n=n) for n in range(count)))
        requests[count] = material.request(made, text)
    with WarmJudge(scratch / "store", 1, requests[1]) as warm:
        for turn in range(settings.rounds + 1):
            for count, request in requests.items():
                cost = warm.batch([(request, Verdict.ACCEPTED)] * settings.batch)
                if turn:  # the first one collects the suite
                    costs_ms[count].append(1e3 * cost.cpu_s)
    lines = [Line(f"CPU of a submission of {count} tests", "ms", tuple(samples))
             for count, samples in costs_ms.items()]
    slopes = tuple(slope(_TESTS, each) for each in zip(*costs_ms.values(), strict=True))
    return [*lines, Line("CPU of one more test", "ms", slopes)]


def _katas(settings: Settings, scratch: Path) -> list[Line]:
    environment = {**os.environ, "KATA_STORE": str(scratch / "store")}
    cpu_ms: dict[int, list[float]] = {count: [] for count in _KATAS}
    opened: dict[int, float] = {}
    trees = {count: _tree(scratch / f"of_{count}", count) for count in _KATAS}
    for count, tree in trees.items():
        path = tree / "opened"
        for _ in range(2):  # the first run judges and writes bytecode
            counting = _COUNTING.format(path=str(path))
            accounting.run([sys.executable, "-c", counting], tree, environment)
        opened[count] = float(path.read_text())
    for _ in range(settings.rounds):
        for count, tree in trees.items():
            cost = accounting.run([sys.executable, "-m", "graders", "grade", "number_box"], tree,
                                  environment)
            cpu_ms[count].append(1e3 * cost.cpu_s)
    lines = [Line(f"CPU of grade ONE, tree of {count} katas", "ms", tuple(samples))
             for count, samples in cpu_ms.items()]
    few, many = min(_KATAS), max(_KATAS)
    more = (opened[many] - opened[few]) / (many - few)
    return [*lines,
            Line(f"  files and folders of katas opened, tree of {few}", "", (opened[few],)),
            Line(f"  files and folders of katas opened, tree of {many}", "", (opened[many],)),
            Line("files opened for one more kata", "", (more,), Reach(0))]


def _tree(root: Path, count: int) -> Path:
    """Make a tree of `count` katas: one that can be graded, and neighbours like it."""
    from benchmarks.settings import ROOT
    from graders.author.publish import write_manifest

    leave = shutil.ignore_patterns("__pycache__", ".*")
    shutil.copytree(ROOT / "graders", root / "graders", ignore=leave)
    text = (material.kata(material.SPANS).folder / "kata.toml").read_text(encoding="utf-8")
    for number in range(count):
        slug = "number_box" if not number else f"number_box_{'abcdefghij'[number % 10]}{number}"
        topic = f"a{number // _PER_TOPIC + 1:02}_topic"
        folder = root / "katas" / "algorithms" / topic / slug
        folder.mkdir(parents=True)
        (folder / "kata.toml").write_text(text, encoding="utf-8")
        suite = f"from {slug} import SpanSet\n{_TEST.format(n=0)}"
        (folder / f"test_{slug}.py").write_text(suite, encoding="utf-8")
        (folder / f"{slug}.py").write_text("def covered(spans): ...\n", encoding="utf-8")
    (root / "solutions").mkdir()  # where there is none, modules may be solved
    write_manifest(root)
    (root / "solutions").rmdir()
    solved = root / "katas" / "algorithms" / "a01_topic" / "number_box" / "number_box.py"
    solved.write_text(material.source(material.SPANS), encoding="utf-8")
    return root
