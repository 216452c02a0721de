"""Compiled suites in the store: believed under a seal, otherwise compiled again."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graders.judge import sandbox
from graders.judge.judge import Judge

from .conftest import Lab

ROOT = Path(sandbox.__file__).parents[2]
SUITE = "def test_it():\n    assert solve() == 7\n"
RIGHT = "def solve(): return 7"

ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name != "PYTHONDONTWRITEBYTECODE"}
USE = """
import sys
from pathlib import Path
from graders.judge import bytecode
bytecode.use(Path(sys.argv[1]) / "name")
sys.path.insert(0, sys.argv[2])
import subject
bytecode.seal()
print(subject.VALUE, subject.__cached__)
"""


def load(store: Path, sources: Path) -> str:
    """Return the value of a module, read by an interpreter that keeps compiled ones in a store."""
    done = subprocess.run([sys.executable, "-c", USE, str(store), str(sources)], cwd=ROOT,
                          capture_output=True, text=True, check=True, env=ENVIRONMENT)
    return done.stdout.split()[0]


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    (tmp_path / "subject.py").write_text("VALUE = 1234567\n")
    assert load(tmp_path / "store", tmp_path) == "1234567"
    return next(tmp_path.rglob("subject*.pyc"))


def other_constant(pyc: Path) -> None:
    """Change one number of the compiled module, and nothing else: it loads without complaint."""
    pyc.write_bytes(pyc.read_bytes().replace((1234567).to_bytes(4, "little"),
                                             (7654321).to_bytes(4, "little")))


def torn(pyc: Path) -> None:
    pyc.write_bytes(pyc.read_bytes()[:40])


def other_code(pyc: Path) -> None:
    code = compile("VALUE = 'forged'", "subject.py", "exec")
    pyc.write_bytes(pyc.read_bytes()[:16] + marshal.dumps(code))


def no_seal(pyc: Path) -> None:
    other_constant(pyc)
    (_folder(pyc) / "seal.json").unlink()


def torn_seal(pyc: Path) -> None:
    other_constant(pyc)
    seal = _folder(pyc) / "seal.json"
    seal.write_bytes(seal.read_bytes()[:-30])


def _folder(pyc: Path) -> Path:
    return next(each for each in pyc.parents if each.name == "name")


def test_what_is_whole_is_used(compiled: Path, tmp_path: Path) -> None:
    before = compiled.stat().st_mtime_ns
    assert load(tmp_path / "store", tmp_path) == "1234567"
    assert compiled.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [other_constant, torn, other_code, no_seal, torn_seal])
def test_what_is_damaged_is_compiled_again(
    compiled: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(compiled)
    assert load(tmp_path / "store", tmp_path) == "1234567"
    assert load(tmp_path / "store", tmp_path) == "1234567"


def test_a_damaged_store_changes_no_verdict_and_stops_no_engine(tmp_path: Path) -> None:
    """Another expected value in a compiled suite would fail what is right."""
    tmp_path.chmod(0o755)
    store = tmp_path / "store"
    for number in range(3):
        with Judge(tmp_path, jobs=1, use_cache=False, store=store) as judge:
            assert Lab(judge, tmp_path).run(SUITE, RIGHT).accepted
        kept = sorted(store.rglob("*.pyc"))
        assert len(kept) > 5
        for path in kept:
            data = path.read_bytes()
            path.write_bytes((data[:60], bytes(len(data)), data[:-9] + bytes(9))[number])
