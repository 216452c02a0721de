"""Machine speed: kept as a running minimum, never in the way when it cannot be kept."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.judge import clock

from .sealed import sealed


def kept(store: Path) -> Path:
    return store / f"speed-{clock.machine_id()}.json"


def put(store: Path, text: str | bytes) -> None:
    store.mkdir(parents=True, exist_ok=True)
    kept(store).write_bytes(sealed(text if isinstance(text, bytes) else text.encode()))


def entry(factor: object, **more: object) -> str:
    return json.dumps({"format": 1, "factor": factor, "measured": 0.0, **more})


class TestTheFactor:
    def test_is_measured_and_kept_for_its_owner(self, tmp_path: Path) -> None:
        store = tmp_path / "a" / "store"
        factor = clock.machine_factor(store)
        assert 0.05 <= factor < 100
        held = json.loads(kept(store).read_text())
        assert (held["format"], held["factor"]) == (1, factor)
        assert store.stat().st_mode & 0o777 == 0o700
        assert [each.name for each in store.iterdir()] == [kept(store).name]

    def test_never_rises(self, tmp_path: Path) -> None:
        found = [clock.machine_factor(tmp_path) for _ in range(6)]
        assert found == sorted(found, reverse=True)

    def test_a_smaller_one_is_kept_because_load_can_only_slow_down(self, tmp_path: Path) -> None:
        put(tmp_path, entry(0.06))
        before = kept(tmp_path).read_bytes()
        assert clock.machine_factor(tmp_path) == 0.06
        assert kept(tmp_path).read_bytes() == before

    def test_a_larger_one_gives_way(self, tmp_path: Path) -> None:
        put(tmp_path, entry(900.0))
        factor = clock.machine_factor(tmp_path)
        assert factor < 100
        assert json.loads(kept(tmp_path).read_text())["factor"] == factor

    def test_against_another_reference_machine_is_measured_anew(self, tmp_path: Path) -> None:
        put(tmp_path, entry(0.06, reference=clock.REFERENCE_SPIN_S / 2))
        assert clock.machine_factor(tmp_path) > 0.06

    def test_has_a_floor(self, tmp_path: Path) -> None:
        put(tmp_path, entry(0.02))
        assert clock.machine_factor(tmp_path) == 0.05

    @pytest.mark.parametrize("text", [
        "", "{", "null", "[]", "7", '"x"', "{}", '{"factor": 0.5}', entry("0.5x"), entry(None),
        entry([1]), entry(0), entry(-1), entry(1e9), '{"format": 1, "factor": NaN}',
        '{"format": 1, "factor": Infinity}', '{"format": 2, "factor": 0.06}',
        '{"format": 1, "factor": 1e-300}', b"\xff\xfe\x00", "[" * 100_000, "9" * 10_000,
        '{"format": 1, "factor": ' + "9" * 5_000 + "}"],
        ids=lambda text: repr(text[:40]))
    def test_what_is_corrupt_is_measured_anew(self, tmp_path: Path, text: str | bytes) -> None:
        put(tmp_path, text)
        factor = clock.machine_factor(tmp_path)
        assert 0.06 < factor < 100
        assert json.loads(kept(tmp_path).read_text())["factor"] == factor

    def test_other_machines_have_their_own(self, tmp_path: Path) -> None:
        other = tmp_path / "speed-0123456789ab.json"
        other.write_text(entry(0.06))
        assert clock.machine_factor(tmp_path) > 0.06
        assert other.read_text() == entry(0.06)


@pytest.fixture(params=["a file", "below a file", "a folder in the place", "/proc", "/sys",
                        "read-only", "full"])
def unwritable(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A store in which nothing can be kept."""
    store = tmp_path / "store"
    match request.param:
        case "a file":
            store.write_text("")
        case "below a file":
            store.write_text("")
            store /= "deeper"
        case "a folder in the place":
            kept(store).mkdir(parents=True)
        case "/proc" | "/sys" as root:
            store = Path(root) / "kata40-none"
        case "read-only" | "full" as how:
            if os.geteuid() != 0:
                pytest.skip("only root may mount")
            store.mkdir()
            options = "ro" if how == "read-only" else "size=4k,nr_inodes=1"
            made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(store)],
                                  capture_output=True, text=True, check=False)
            if made.returncode:
                pytest.skip(f"cannot mount here: {made.stderr}")
            yield store
            subprocess.run(["umount", str(store)], check=True)
            return
    yield store


def test_a_store_that_cannot_be_written_is_no_error(unwritable: Path) -> None:
    assert 0.05 <= clock.machine_factor(unwritable) < 100


class TestTheMachineId:
    def test_is_short_and_tells_nothing(self) -> None:
        assert re.fullmatch(r"[0-9a-f]{12}", clock.machine_id())

    def test_stays_the_same_in_every_process(self, tmp_path: Path) -> None:
        code = "from graders.judge.machine import machine_id; print(machine_id())"
        root = str(Path(clock.__file__).parents[2])
        for seed in ("0", "1"):
            environment = {"PYTHONPATH": root, "PYTHONHASHSEED": seed, "HOME": "/none", "TZ": "EST"}
            done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=tmp_path,
                                  capture_output=True, text=True, check=True)
            assert done.stdout.strip() == clock.machine_id()


class TestTheLoad:
    def test_is_at_least_one(self) -> None:
        assert all(clock.load(factor) >= 1.0 for factor in (0.01, 1.0, 1000.0))

    def test_is_one_for_a_machine_that_was_never_faster(self) -> None:
        assert clock.load(1000.0) == 1.0

    def test_grows_with_the_time_that_the_same_work_takes(self, tmp_path: Path) -> None:
        factor = clock.machine_factor(tmp_path)
        assert clock.load(factor / 4) > 3.5

    def test_spin_leaves_the_collector_as_it_was(self) -> None:
        import gc

        assert gc.isenabled()
        assert clock.spin() > 0
        assert gc.isenabled()
        gc.disable()
        try:
            clock.spin()
            assert not gc.isenabled()
        finally:
            gc.enable()
