"""What `graders.kit` offers, its fixtures, and what may import what."""

from __future__ import annotations

import ast
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import graders.kit
from graders.kit import files, fixtures, remote

KIT = Path(graders.kit.__file__).parent


@pytest.mark.parametrize("word", graders.kit.__all__)
def test_every_word_is_there_also_after_its_module_was_imported(word):
    first, second = getattr(graders.kit, word), getattr(graders.kit, word)
    assert first is second
    assert callable(first) or first is files


def test_no_module_is_called_like_a_word():
    names = {path.stem for path in KIT.glob("*.py")} - {"files"}
    assert names.isdisjoint(graders.kit.__all__)


def test_an_unknown_word_is_told():
    with pytest.raises(AttributeError, match=r"no word 'replya'; it has: .*replay"):
        graders.kit.replya  # noqa: B018


def test_importing_the_package_loads_no_word():
    program = "import sys, graders.kit; print([m for m in sys.modules if m.startswith('graders.')])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=KIT.parents[1], capture_output=True, text=True,
        check=True, timeout=60,
    )  # fmt: skip
    assert run.stdout.strip() == "['graders.kit']"


DRIVERS = {"sql_drivers": {"pymysql", "psycopg"}}  # imported where a URL asks for them


@pytest.mark.parametrize("path", sorted((KIT / "inside").glob("*.py")), ids=lambda path: path.stem)
def test_the_worker_half_imports_only_the_standard_library_and_itself(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        for name in names:
            assert name.startswith("graders.kit.inside") or (
                name.split(".")[0] in sys.stdlib_module_names | DRIVERS.get(path.stem, set())
            ), f"{path.name} imports {name}"


def test_rng_is_the_same_for_a_seed_and_test(kata, rng, request):
    if kata.link:
        name = request.node.name.encode()
        assert rng.random() == random.Random(b"seed of this test" + name).random()
    else:
        seed = f"{fixtures._run_seed}:{request.node.name}"
        assert rng.random() == random.Random(seed).random()


def test_workdir_is_empty_and_known_to_files(kata, request):
    folder = request.getfixturevalue("workdir")
    assert files.list(folder) == []
    assert files.root() == folder
    if kata.link:
        assert remote.current().workdir()[0] == folder
    else:
        assert os.getcwd() == folder


SUITE = """
import pytest
from graders.kit import files

@pytest.mark.perf
@pytest.mark.stage(1)
@pytest.mark.stub_passes("nothing to do")
def test_shows_its_seed(rng, workdir):
    files.write("a", b"x")
    assert rng.random() < 0

def test_has_a_fresh_folder(workdir):
    assert files.list(workdir) == []
"""


def test_a_failure_shows_the_seed_that_repeats_it(tmp_path):
    (tmp_path / "test_it.py").write_text(SUITE)
    (tmp_path / "conftest.py").write_text(
        "from graders.kit.fixtures import pytest_configure, rng, workdir\n"
    )

    def outcome(seed):
        return subprocess.run(
            [sys.executable, "-m", "pytest", "--strict-markers", "-q", "-p", "no:cacheprovider",
             str(tmp_path), f"--rootdir={tmp_path}"],
            cwd=tmp_path, capture_output=True, text=True, timeout=60,
            env={"PYTHONPATH": str(KIT.parents[1]), "KATA_SEED": seed, "PATH": ""},
        ).stdout  # fmt: skip

    first, again, other = outcome("7"), outcome("7"), outcome("8")
    assert "1 failed, 1 passed" in first
    assert "KATA_SEED=7 repeats these inputs" in first
    drawn = [next(x for x in text.splitlines() if x.startswith("E ")) for text in
             (first, again, other)]  # fmt: skip
    assert drawn[0] == drawn[1] != drawn[2]


def test_every_word_has_its_row_in_the_guide():
    rows = [
        line.split(" | ")[0]
        for line in (KIT.parents[1] / "docs" / "kit.md").read_text().splitlines()
        if line.startswith("| ")
    ]
    told = "\n".join(rows)
    for word in (*graders.kit.__all__, "rng", "workdir", "perf", "stage", "stub_passes"):
        if word != "Crash":  # told with crash_after
            assert word in told, f"docs/kit.md has no row for {word}"
