"""Libraries as independent implementations: how they are found, and who may grant a package."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from graders import catalog
from graders.author import independent, proof
from graders.author.proof import Role
from graders.judge import cache
from graders.judge.judge import Judge
from graders.judge.packages import paths
from graders.judge.request import Request, read_submission
from graders.model import Kata, Verdict
from tests.trees import SLUG, Tree, finished

ROOT = Path(__file__).resolve().parent.parent
ADAPTER = ROOT / "tests" / "independent" / "lru_cache_repair__cachetools.py"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


def kata_of(tree: Tree) -> Kata:
    return catalog.load(tree.root).katas[0]


def lru() -> Kata:
    return catalog.load(ROOT).find("lru_cache_repair")[0]


def write(tree: Tree, name: str, text: str) -> None:
    tree.write(f"tests/independent/{name}", text)


class TestAnAdapter:
    def test_is_found_beside_the_blind_solution_with_its_packages(self, tree: Tree) -> None:
        write(tree, f"{SLUG}.py", "")
        write(tree, f"{SLUG}__networkx.py", 'PACKAGES = ("networkx",)\n')
        found = independent.find(tree.root, kata_of(tree))
        assert [(each.path.name, each.packages) for each in found] == [
            (f"{SLUG}.py", ()), (f"{SLUG}__networkx.py", ("networkx",))]

    def test_has_longer_limits_than_a_blind_solution(self, tree: Tree) -> None:
        write(tree, f"{SLUG}.py", "")
        write(tree, f"{SLUG}__networkx.py", 'PACKAGES = ("networkx",)\n')
        kata = kata_of(tree)
        blind, library = (each.kata(kata).limits for each in independent.find(tree.root, kata))
        assert blind == kata.limits
        assert library.test_cpu_s == independent.EASE * kata.limits.test_cpu_s
        assert library.tests["test_many_numbers_come_back_in_order"] == 1.4 * independent.EASE

    def test_is_judged_with_full_only(self) -> None:
        shown = ADAPTER.relative_to(ROOT).as_posix()
        assert shown not in [each.path for each in proof.trials(ROOT, lru(), full=False)]
        trial = next(each for each in proof.trials(ROOT, lru(), full=True) if each.path == shown)
        assert (trial.role, trial.request.packages) == (Role.INDEPENDENT, ("cachetools",))
        assert trial.request.hidden is not None

    @pytest.mark.parametrize(("name", "text", "finding"), [
        ("networkx", "", 'says no packages; write PACKAGES = ("networkx",) below its docstring'),
        ("networkx", 'PACKAGES = ("sympy",)\n', "is named for networkx, which PACKAGES lacks"),
        ("nox_nox", 'PACKAGES = ("nox-nox",)\n', "nox-nox is not installed; add it to the group"),
    ])
    def test_that_cannot_be_judged_is_a_finding(
        self, tree: Tree, name: str, text: str, finding: str
    ) -> None:
        write(tree, f"{SLUG}__{name}.py", text)
        (found,) = independent.check(tree.root, kata_of(tree))
        assert str(found).startswith(f"tests/independent/{SLUG}__{name}.py: {finding}")
        assert found.rule == "independent"

    def test_that_is_right_is_none(self) -> None:
        assert independent.check(ROOT, lru()) == []


class TestAPackage:
    @pytest.mark.parametrize("engine", ["fork", "subprocess"])
    def test_can_be_imported_by_the_job_that_names_it(self, engine: str, tmp_path: Path) -> None:
        request = replace(read_submission(lru(), ADAPTER), packages=("cachetools",))
        with Judge(tmp_path, jobs=1, engine=engine, use_cache=False, store=tmp_path) as judge:
            report = judge.judge(request)
        assert report.verdict is Verdict.ACCEPTED, report.first_failure

    def test_cannot_be_imported_by_any_other(self, tmp_path: Path) -> None:
        request = read_submission(lru(), ADAPTER)
        other = replace(request, packages=("sortedcontainers",))
        with Judge(tmp_path, jobs=1, use_cache=False, store=tmp_path) as judge:
            reports = [judge.judge(each) for each in (request, other)]
        assert [each.verdict for each in reports] == [Verdict.RUNTIME_ERROR] * 2
        assert all("cachetools" in str(each.tests[0]) for each in reports)

    def test_is_part_of_the_key_of_a_verdict(self) -> None:
        request = read_submission(lru(), ADAPTER)

        def key(held: Request) -> str:
            return cache.key(held, b"", "fork", (), "embedded")

        other = replace(request, packages=("cachetools",))
        assert key(request) != key(other)
        assert key(other) == key(replace(request, packages=("cachetools",)))

    def test_is_bound_by_what_it_installed(self) -> None:
        assert [Path(each).name for each in paths(("cachetools", "sortedcontainers"))] == [
            "cachetools", "sortedcontainers"]

    def test_that_is_not_installed_is_told(self) -> None:
        with pytest.raises(LookupError, match="nox-nox is not installed here"):
            paths(("nox-nox",))


def grants(path: Path) -> list[int]:
    """Return the lines of a module that set `packages` of a request or a job."""
    return [node.lineno for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) for each in node.keywords if each.arg == "packages"
            if ast.unparse(node.func) in ("replace", "Request", "Job", "dataclasses.replace")]


def test_only_the_proof_of_a_suite_grants_packages() -> None:
    """A learner's kata.toml, a command or a cohort cannot."""
    users = {path.relative_to(ROOT).as_posix() for path in (ROOT / "graders").rglob("*.py")
             if grants(path)}
    assert users == {"graders/author/proof.py"}
