"""Remembered verdicts: found by everything that can change them, and never believed too much."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graders.errors import JudgeError
from graders.judge import cache, clock, sandbox
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import (
    Group,
    Machine,
    Protection,
    Report,
    Scope,
    Stage,
    StageResult,
    Status,
    Submission,
    TestResult,
    Text,
    Verdict,
)
from graders.plain import to_plain

from .conftest import DEFAULT_API, DEFAULTS, Lab
from .sealed import sealed

SUITE = "def test_a():\n    assert solve() == 7"
RIGHT = "def solve(): return 7"
WRONG = "def solve(): return 8"
LAYERS = sandbox.LAYERS
both = Text("x", "x")


def row(**changes: object) -> TestResult:
    fields: dict[str, object] = {
        "name": "test_a", "status": Status.PASSED, "stage": 1, "group": Group.CORRECTNESS,
        "hidden": False, "cpu_s": 0.01, "limit_s": 0.5, "message": ""}
    return TestResult(**{**fields, **changes})  # type: ignore[arg-type]


def report(*tests: TestResult, verdict: Verdict = Verdict.ACCEPTED) -> Report:
    return Report(
        kata="k", verdict=verdict, scope=Scope.VISIBLE, score=1.0, points=100.0,
        stages=(StageResult(both, 100, 100.0, 1, 1, True),), tests=tests or (row(),), growth=(),
        cpu_s=0.01, wall_s=0.1, peak_mib=9.0,
        protections=tuple(Protection(name, True) for name in LAYERS), machine=Machine("m", 1.0),
        engine="fork", lane="embedded", seed="00", submission_sha256="s", suite_sha256="t",
        grader_version="0")


class TestTheKey:
    @pytest.fixture
    def request_(self, lab: Lab) -> Request:
        lab.kata.suite.write_text(SUITE)
        hidden = lab.folder / "test_hidden_labkata.py"
        hidden.write_text("def test_h(): pass")
        return Request(lab.kata, Submission("labkata", b"x = 1"), hidden)

    @staticmethod
    def key(request: Request, seed: bytes = b"seed", engine: str = "fork",
            layers: tuple[str, ...] = LAYERS, lane: str = "embedded") -> str:
        return cache.key(request, seed, engine, layers, lane)

    def test_is_the_same_for_the_same(self, request_: Request) -> None:
        assert self.key(request_) == self.key(request_)
        assert len(self.key(request_)) == 64

    def test_does_not_depend_on_names_and_places(self, request_: Request, tmp_path: Path) -> None:
        moved = shutil.copytree(request_.kata.folder, tmp_path / "elsewhere" / "labkata")
        assert request_.hidden
        other = replace(
            request_, kata=replace(request_.kata, folder=moved),
            hidden=moved / request_.hidden.name,
            submission=replace(request_.submission, label="somebody else"))
        assert self.key(other) == self.key(request_)
        assert self.key(request_, layers=LAYERS[::-1]) == self.key(request_)

    @pytest.mark.parametrize("change", [
        lambda r: replace(r, submission=Submission("labkata", b"x = 2")),
        lambda r: replace(r, submission=Submission("labkata", b"x = 1 ")),
        lambda r: replace(r, hidden=None),
        lambda r: replace(r, layers_off=("seccomp",)),
        lambda r: replace(r, whole=True),
        lambda r: replace(r, kata=replace(r.kata, slug="other")),
        lambda r: replace(r, kata=replace(r.kata, threads=1)),
        lambda r: replace(r, kata=replace(r.kata, network=True)),
        lambda r: replace(r, kata=replace(r.kata, stages=(Stage(both, 40), Stage(both, 60)))),
        lambda r: replace(r, kata=replace(r.kata, api=replace(DEFAULT_API, forbid=("sorted",)))),
        lambda r: replace(r, kata=replace(r.kata, limits=replace(r.kata.limits, test_cpu_s=0.6))),
        lambda r: replace(r, kata=replace(r.kata, limits=replace(r.kata.limits, memory_mib=129))),
        lambda r: replace(r, kata=replace(r.kata, limits=replace(r.kata.limits,
                                                                 tests={"test_a": 2.0}))),
    ])
    def test_changes_with_submission_kata_and_limits(
        self, request_: Request, change: Callable[[Request], Request]
    ) -> None:
        before = self.key(request_)
        changed = change(request_)
        if changed.kata.slug == "other":
            changed.kata.suite.write_text(SUITE)
        assert self.key(changed) != before

    def test_the_sums_of_katas_do_not_pile_up(self, request_: Request) -> None:
        for _ in range(cache.KATA_CAP + 5):
            cache._kata(replace(request_.kata))
        assert len(cache._katas) <= cache.KATA_CAP

    def test_changes_with_both_suites(self, request_: Request) -> None:
        found = {self.key(request_)}
        request_.kata.suite.write_text(SUITE + " ")
        found.add(self.key(request_))
        assert request_.hidden
        request_.hidden.write_text("def test_h(): assert 1")
        found.add(self.key(request_))
        assert len(found) == 3

    @pytest.mark.parametrize("change", [
        {"seed": b"other"}, {"engine": "subprocess"}, {"layers": LAYERS[:-1]}, {"layers": ()},
        {"lane": "real"}])
    def test_changes_with_seed_engine_layers_and_lane(
        self, request_: Request, change: dict[str, object]
    ) -> None:
        assert self.key(request_, **change) != self.key(request_)  # type: ignore[arg-type]

    def test_changes_with_python_its_libraries_and_the_machine(
        self, request_: Request, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        clock.machine_id(), cache._libraries()
        found = {self.key(request_)}
        for owner, name, value, known in (
                (sys, "version", "3.99.0", cache._libraries),
                (os, "cpu_count", lambda: 999, clock.machine_id)):
            with monkeypatch.context() as patch:
                patch.setattr(owner, name, value)
                known.cache_clear()
                found.add(self.key(request_))
            known.cache_clear()
        assert len(found) == 3
        assert self.key(request_) in found

    def test_changes_with_the_graders_and_the_kit(self, tmp_path: Path) -> None:
        """Another process each, because the hash of the graders is taken once."""
        copy = shutil.copytree(Path(cache.__file__).parents[1], tmp_path / "graders",
                               ignore=shutil.ignore_patterns("__pycache__"))
        code = "from graders.judge import cache; print(cache.graders())"

        def asked() -> str:
            done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True,
                                  cwd=tmp_path, text=True, check=True)
            return done.stdout

        found = [asked()]
        for name in ("kit/inside/ops.py", "judge/seccomp.py"):
            with open(copy / name, "a") as file:
                file.write("\n")
            found.append(asked())
        assert len(set(found)) == 3


class TestWhatIsKept:
    @pytest.mark.parametrize(("kept", "test"), [
        (True, {}),
        (True, {"status": Status.FAILED, "message": "expected 1, got 2"}),
        (True, {"cpu_s": 0.34}),
        (False, {"cpu_s": 0.35}),
        (False, {"cpu_s": 0.49}),
        (False, {"cpu_s": 0.5, "status": Status.TIME_LIMIT}),
        (False, {"cpu_s": 0.70, "status": Status.TIME_LIMIT}),
        (False, {"cpu_s": 0.6, "status": Status.FAILED}),
        (True, {"cpu_s": 0.71, "status": Status.TIME_LIMIT, "message": "used: stopped after"}),
        (True, {"cpu_s": 0.0, "limit_s": 0.0, "status": Status.NOT_RUN}),
        (False, {"status": Status.TIME_LIMIT, "message": "blocked or sleeping: 2.0 s passed"}),
    ])
    def test_only_what_would_come_out_the_same(
        self, tmp_path: Path, kept: bool, test: dict[str, object]
    ) -> None:
        store = cache.VerdictCache(tmp_path)
        given = report(row(name="test_before"), row(**test))
        store.put("ab" * 32, given)
        assert store.get("ab" * 32) == (given if kept else None)

    def test_never_a_judge_error(self, tmp_path: Path) -> None:
        store = cache.VerdictCache(tmp_path)
        store.put("ab" * 32, report(verdict=Verdict.JUDGE_ERROR))
        assert store.get("ab" * 32) is None
        assert not list(tmp_path.rglob("*.json"))

    def test_what_is_kept_comes_back_whole(self, tmp_path: Path) -> None:
        given = report(row(message="\\x1b 线性", output="é\n"), row(name="t", hidden=True))
        cache.VerdictCache(tmp_path).put("cd" * 32, given)
        assert cache.VerdictCache(tmp_path).get("cd" * 32) == given


class TestTheStore:
    def test_lies_outside_any_checkout(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("KATA_STORE", raising=False)
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))
        assert cache.default_store() == tmp_path / ".cache" / "kata40"

    def test_is_for_its_owner_only(self, tmp_path: Path) -> None:
        store = tmp_path / "deep" / "store"
        before = os.umask(0o022)
        try:
            cache.VerdictCache(store).put("ab" * 32, report())
            cache.remember_layers(store, LAYERS)
        finally:
            os.umask(before)
        for each in (store, store / "verdicts", store / "verdicts" / "ab"):
            assert each.stat().st_mode & 0o777 == 0o700, each

    def test_is_private_after_judging_too(self, tmp_path: Path) -> None:
        """Compiled suites lie in it, the hidden ones as well."""
        tmp_path.chmod(0o755)
        store = tmp_path / "deep" / "store"
        before = os.umask(0o022)
        try:
            with Judge(tmp_path, jobs=1, store=store) as judge:
                assert Lab(judge, tmp_path).run(SUITE, RIGHT).accepted
        finally:
            os.umask(before)
        assert store.stat().st_mode & 0o077 == 0

    def test_what_it_holds_is_private_in_a_folder_that_is_not(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        store = tmp_path / "shared"
        (store / "bytecode").mkdir(parents=True)
        for each in (store, store / "bytecode"):  # as an older version made it
            each.chmod(0o755)
        with Judge(tmp_path, jobs=1, store=store) as judge:
            assert Lab(judge, tmp_path).run(SUITE, RIGHT, hidden=SUITE).accepted
        assert list(store.rglob("test_hidden_*.pyc")), "nothing was compiled: the test is void"
        for name in ("bytecode", "verdicts"):
            assert (store / name).stat().st_mode & 0o077 == 0, name
        assert store.stat().st_mode & 0o777 == 0o755  # somebody else's choice

    @pytest.mark.parametrize("text", [
        b"", b"{", b"[]", b"null", b"7", b'"x"', b"{}", b"\xff\xfe", b"[" * 100_000,
        b"9" * 10_000, b'{"format": 1}', b'{"format": [1]}', b'{"format": 1, "x": 2}'],
        ids=lambda text: repr(text[:20]))
    def test_a_corrupt_entry_is_absent(self, tmp_path: Path, text: bytes) -> None:
        store, name = cache.VerdictCache(tmp_path), "ab" * 32
        store.put(name, report())
        path = next(tmp_path.rglob("*.json"))
        path.write_bytes(text)
        assert store.get(name) is None
        store.put(name, report())
        assert store.get(name) == report()

    @pytest.mark.parametrize("damage", [
        lambda held: held.pop("verdict"), lambda held: held.update(format=2),
        lambda held: held.update(verdict="ACCEPT"), lambda held: held.update(verdict=["x"]),
        lambda held: held.update(verdict={}), lambda held: held.update(tests={}),
        lambda held: held.update(tests=[[]]), lambda held: held.update(points="100"),
        lambda held: held.update(unknown=1), lambda held: held["tests"][0].update(stage=True),
        lambda held: held["tests"][0].update(failure=None), lambda held: held.update(machine=[]),
        lambda held: held.update(growth=[{"name": 1}]), lambda held: held.update(message=None),
    ])
    def test_an_entry_of_another_shape_is_absent(
        self, tmp_path: Path, damage: Callable[[dict[str, object]], object]
    ) -> None:
        store, name = cache.VerdictCache(tmp_path), "ab" * 32
        store.put(name, report())
        path = next(tmp_path.rglob("*.json"))
        held = json.loads(path.read_text())
        del held["sha256"]
        path.write_bytes(sealed(json.dumps(held).encode()))
        assert store.get(name) == report()
        damage(held)
        path.write_bytes(sealed(json.dumps(held).encode()))
        assert store.get(name) is None

    def test_a_changed_digit_makes_an_entry_absent(self, tmp_path: Path) -> None:
        """It would be a mark that nobody gave."""
        store, name = cache.VerdictCache(tmp_path), "ab" * 32
        store.put(name, report())
        path = next(tmp_path.rglob("*.json"))
        whole = path.read_bytes()
        for at, byte in enumerate(whole):
            if chr(byte).isdigit():
                path.write_bytes(whole[:at] + (b"7" if byte != ord("7") else b"3")
                                 + whole[at + 1:])
                assert store.get(name) is None, (at, path.read_bytes())
        path.write_bytes(whole)
        assert store.get(name) == report()

    def test_what_a_killed_writer_left_goes_with_the_next_run(self, tmp_path: Path) -> None:
        store, name = cache.VerdictCache(tmp_path), "ab" * 32
        store.put(name, report())
        kept = store._path(name)
        (tmp_path / "bytecode").mkdir()
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        left = [kept.with_name(f"{kept.name}.{gone.pid}"), tmp_path / f"speed-0.json.{gone.pid}"]
        busy = kept.with_name(f"{kept.name}.{os.getpid()}")
        for each in (*left, busy):
            each.write_text("{")
        store.prune()
        assert [each.exists() for each in (*left, busy, kept)] == [False, False, True, True]

    def test_a_folder_in_the_place_of_an_entry_is_absent(self, tmp_path: Path) -> None:
        store, name = cache.VerdictCache(tmp_path), "ab" * 32
        (tmp_path / "verdicts" / "ab" / f"{name}.json").mkdir(parents=True)
        assert store.get(name) is None
        store.put(name, report())  # costs the entry, not the verdict
        assert [each for each in tmp_path.rglob("*") if each.is_file()] == []

    @pytest.mark.parametrize("place", ["a file", "/proc", "/sys"])
    def test_a_store_that_cannot_be_written_costs_the_cache_only(
        self, tmp_path: Path, place: str
    ) -> None:
        store = Path(place) / "kata40-none"
        if place == "a file":
            store = tmp_path / "file"
            store.write_text("")
        verdicts = cache.VerdictCache(store)
        verdicts.put("ab" * 32, report())
        assert verdicts.get("ab" * 32) is None
        verdicts.prune()
        cache.remember_layers(store, LAYERS)
        assert cache.known_layers(store) is None

    def test_nothing_is_left_beside_the_entries(self, tmp_path: Path) -> None:
        for number in range(3):
            cache.VerdictCache(tmp_path).put(f"{number}" * 64, report())
        cache.remember_layers(tmp_path, LAYERS)
        assert {each.suffix for each in tmp_path.rglob("*") if each.is_file()} == {".json"}

    def test_the_older_half_goes_when_there_are_too_many(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cache, "ENTRY_CAP", 10)
        store = cache.VerdictCache(tmp_path)
        names = [f"{number:02x}" * 32 for number in range(11)]
        for age, name in enumerate(names[:10]):
            store.put(name, report())
            os.utime(store._path(name), (1000 + age, 1000 + age))
        store.prune()
        assert all(store.get(name) for name in names[:10])  # as many as may be
        store.put(names[10], report())
        store.prune()
        assert [store.get(name) is None for name in names] == [True] * 5 + [False] * 6

    def test_pruning_nothing_is_no_error(self, tmp_path: Path) -> None:
        cache.VerdictCache(tmp_path).prune()
        (tmp_path / "verdicts").mkdir()
        (tmp_path / "verdicts" / "stray").write_text("")
        cache.VerdictCache(tmp_path).prune()

    @pytest.mark.parametrize("text", ["", "[]", "null", '{"format": 2, "layers": []}', "{}",
                                      '{"format": 1, "layers": 3}', "[" * 100_000])
    def test_corrupt_layers_are_unknown(self, tmp_path: Path, text: str) -> None:
        cache.remember_layers(tmp_path / "a", LAYERS)
        assert cache.known_layers(tmp_path / "a") == LAYERS
        kept = next(tmp_path.rglob("layers-*.json"))
        (tmp_path / "b").mkdir()  # another place, because what was read is not read again
        (tmp_path / "b" / kept.name).write_bytes(sealed(text.encode()))
        assert cache.known_layers(tmp_path / "b") is None

    def test_layers_are_known_as_they_were_remembered_last(self, tmp_path: Path) -> None:
        assert cache.known_layers(tmp_path) is None
        for layers in (LAYERS, LAYERS[:2], ()):
            cache.remember_layers(tmp_path, layers)
            assert cache.known_layers(tmp_path) == layers


class TestHits:
    @pytest.fixture
    def place(self, tmp_path: Path) -> Path:
        tmp_path.chmod(0o755)
        return tmp_path

    def run(self, place: Path, submission: str, **more: object) -> tuple[Report, bool]:
        """Return the report of a Judge of its own, and whether it had to start an engine."""
        suite = more.pop("suite", SUITE)
        hidden = more.pop("hidden", "")
        with Judge(place, jobs=1, store=place / "store", **more) as judge:  # type: ignore
            lab = Lab(judge, place)
            got = lab.run(str(suite), submission, hidden=str(hidden))
            return got, judge.engine is not None

    def test_start_no_engine_and_tell_the_same(self, place: Path) -> None:
        first, started = self.run(place, WRONG)
        assert started
        second, started = self.run(place, WRONG)
        assert not started
        assert second == first
        assert json.dumps(to_plain(second)) == json.dumps(to_plain(first))
        for path in (place / "store" / "verdicts").rglob("*.json"):
            path.write_text("[]")
        third, started = self.run(place, WRONG)
        assert started  # a damaged store costs time only
        assert (third.verdict, third.tests[0].message) == (first.verdict, first.tests[0].message)

    def test_are_not_for_another_submission_suite_or_scope(self, place: Path) -> None:
        hidden = "def test_h():\n    assert solve() == 1"
        with Judge(place, jobs=1, store=place / "store") as judge:
            lab = Lab(judge, place)
            assert lab.run(SUITE, RIGHT).accepted
            assert lab.run(SUITE, WRONG).verdict is Verdict.WRONG_ANSWER
            assert lab.run(SUITE.replace("7", "9"), RIGHT).verdict is Verdict.WRONG_ANSWER
            full = lab.run(SUITE, RIGHT, hidden=hidden)
            assert (full.scope, full.verdict) == (Scope.FULL, Verdict.WRONG_ANSWER)
        assert self.run(place, RIGHT)[1] is False
        assert self.run(place, RIGHT, hidden=hidden) == (full, False)

    def test_are_not_used_when_asked_not_to(self, place: Path) -> None:
        self.run(place, RIGHT)
        assert self.run(place, RIGHT, use_cache=False)[1]

    def test_of_weaker_protections_never_answer_for_stronger(self, place: Path) -> None:
        """The store remembers a layer that this engine does not have: a container, say."""
        self.run(place, RIGHT)
        stronger = (*LAYERS, "layer_of_tomorrow")
        cache.remember_layers(place / "store", stronger)
        got, started = self.run(place, RIGHT)
        assert started
        assert "layer_of_tomorrow" not in {each.name for each in got.protections}
        lab = Lab(Judge(place, store=place / "store"), place)
        asked = Request(lab.kata, Submission("labkata", (DEFAULTS + RIGHT).encode()))
        name = cache.key(asked, bytes.fromhex(got.seed), "fork", stronger, "embedded")
        assert cache.VerdictCache(place / "store").get(name) is None

    def test_of_an_engine_with_fewer_layers_are_not_for_the_other(self, place: Path) -> None:
        weak, _ = self.run(place, RIGHT, engine="subprocess")
        assert not all(each.on for each in weak.protections)
        strong, started = self.run(place, RIGHT)
        assert started
        assert all(each.on for each in strong.protections)
        assert self.run(place, RIGHT, engine="subprocess")[0].protections == weak.protections

    def test_with_a_protection_off_do_not_satisfy_a_demand(self, place: Path) -> None:
        self.run(place, RIGHT, engine="subprocess")
        with pytest.raises(JudgeError, match="sandbox: the layer"):
            self.run(place, RIGHT, engine="subprocess", require_sandbox=True)
