"""The noxfile: its sessions, what they install, and its start on a machine without nox."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest

from graders import environment, stubs

ROOT = Path(__file__).parents[1]
SOURCE = (ROOT / "noxfile.py").read_text(encoding="utf-8")
TREE = ast.parse(SOURCE)
SESSIONS = [node for node in TREE.body if isinstance(node, ast.FunctionDef)]
# What runs before anything is installed.
MODEST = [f"graders/{name}.py" for name in ("__init__", "bootstrap", "environment", "mirrors",
                                            "reach", "templates", "words")]
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]


def run(command, cwd, **env):
    whole = {name: value for name, value in os.environ.items() if not name.startswith("NOX")}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env={**whole, **env}, capture_output=True, text=True
    )


class TestSessions:
    def test_are_listed_with_whom_they_are_for_and_what_they_do(self):
        done = run([sys.executable, "-m", "nox", "--list"], ROOT)
        rows = re.findall(r"^([*-]) (\S+) -> (.*)$", done.stdout, re.MULTILINE)
        listed = {name: text for _, name, text in rows}
        learner = {"grade", "judge", "watch", "list", "next", "show", "hint", "wheels",
                   "review", "progress"}
        maintainer = {"tests", "lint", "verify", "new", "publish", "bench"}
        assert learner | maintainer <= set(listed)
        for name, text in listed.items():
            both = r"Learner: .+\. / [^ ].*。"  # learners read it in either language
            assert re.fullmatch(rf"{both}|(Instructor|Maintainer): .+\.", text), name
        assert [name for mark, name, _ in rows if mark == "*"] == ["grade"]  # what runs by default

    def test_are_listed_where_no_chinese_can_be_written(self):
        """A pipe on Windows has the encoding of the system."""
        done = run([sys.executable, ROOT / "noxfile.py", "--list"], ROOT,
                   PYTHONIOENCODING="cp1252")
        assert (done.returncode, done.stderr) == (0, "")
        assert "every kata, and how far you are" in done.stdout

    @pytest.mark.parametrize("session", SESSIONS, ids=lambda node: node.name)
    def test_are_a_docstring_an_install_and_a_run(self, session):
        assert any("session" in ast.unparse(d) for d in session.decorator_list)
        docstring, install, *runs = map(ast.unparse, session.body)
        assert ast.get_docstring(session) in docstring
        assert re.fullmatch(r"environment\.install\(session, '(\w+)'\)", install)
        assert install.split("'")[1] in GROUPS
        assert all(each.startswith("session.run(") for each in runs)
        assert len(runs) == (2 if session.name == "lint" else 1)
        assert "*session.posargs" in runs[0]


class TestHead:
    def test_imports_the_standard_library_alone(self):
        head = TREE.body[: next(i for i, n in enumerate(TREE.body) if n in SESSIONS)]
        assert imported(head) - sys.stdlib_module_names == {"nox", "graders"}

    def test_what_it_imports_from_graders_is_as_modest(self):
        """Nothing is installed yet when it is imported; what nox has, it has inside nox only."""
        for name in MODEST:
            module = ast.parse((ROOT / name).read_text(encoding="utf-8"))
            top = [node for node in module.body if not isinstance(node, ast.If)]
            outer = [node for node in top if not isinstance(node, ast.FunctionDef)]
            assert imported(outer) <= sys.stdlib_module_names | {"graders"}, name

    def test_what_it_imports_from_graders_is_that_alone(self):
        code = ("import sys, graders.environment, graders.bootstrap, graders.reach\n"
                "print(*(m.__file__ for n, m in sys.modules.items() if n.startswith('graders')))")
        done = run([sys.executable, "-c", code], ROOT)
        assert set(done.stdout.split()) == {str(ROOT / name) for name in MODEST}

    def test_parses_on_pythons_that_it_turns_away(self):
        ast.parse(SOURCE, feature_version=(3, 7))

    def test_asks_for_the_same_nox_everywhere(self):
        block = re.search(r"^# dependencies = \[\"nox(.+)\"\]$", SOURCE, re.MULTILINE)
        needs = re.search(r"^nox.needs_version = \"(.+)\"$", SOURCE, re.MULTILINE)
        assert block and needs
        assert block[1] == needs[1]
        assert f"nox{needs[1]}" in GROUPS["tests"]


def imported(nodes):
    found = set()
    for node in (child for top in nodes for child in ast.walk(top)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module.split(".")[0])
    return found


# Stands in for pip: notes each call and "installs" a nox that only tells how it was started. Its
# settings name an index that answers nothing but "not found".
PIP = '''
import pathlib, sys, sysconfig
if sys.argv[1:] == ["config", "list"]:
    sys.exit(print("global.index-url='file:///nowhere'"))
assert sys.argv[1] == "--python" and sys.argv[3:] == ["install", "--quiet", "nox[uv]"], sys.argv
here = pathlib.Path(__file__).parent
with (here / "calls").open("a") as calls:
    calls.write("install\\n")
if (here / "offline").exists():
    sys.exit("no network")
home = pathlib.Path(sys.argv[2]).parent.parent
site = pathlib.Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
(site / "nox").mkdir(parents=True)
(site / "nox" / "project.py").touch()
(site / "nox" / "__init__.py").write_text("""
import os, sys, types
options = types.SimpleNamespace()
session = lambda function=None, **kw: function or (lambda function: function)
Session = object
def main():
    print(sys.prefix, os.environ["PATH"].split(os.pathsep)[0], sys.argv[1:], sep="\\\\n")
    sys.exit(7)
""")
'''


@pytest.mark.skipif(os.name == "nt", reason="paths of a POSIX environment")
class TestBootstrap:
    @pytest.fixture
    def checkout(self, tmp_path):
        root = tmp_path / "a check out"
        root.mkdir()
        shutil.copy(ROOT / "noxfile.py", root)
        for name in MODEST:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        shutil.copytree(ROOT / "graders/locale", root / "graders/locale")
        return root

    @pytest.fixture
    def start(self, checkout, tmp_path):
        """Return a function that starts the noxfile on a Python without nox."""
        venv.create(tmp_path / "bare", with_pip=False)
        pip = tmp_path / "path/pip"
        pip.mkdir(parents=True)
        (pip / "__init__.py").touch()
        (pip / "__main__.py").write_text(PIP)
        python, noxfile = tmp_path / "bare/bin/python", checkout / "noxfile.py"
        command = [python, noxfile, "-s", "grade", "--", "x y"]

        def start(offline=False, language="en"):
            if offline:
                (pip / "offline").touch()
            else:
                (pip / "offline").unlink(missing_ok=True)
            done = run(command, tmp_path, PYTHONPATH=str(pip.parent), KATA_LANG=language)
            return done, (pip / "calls").read_text().count("install")

        return start

    def test_starts_again_inside_with_the_same_arguments_and_exit_code(self, start, checkout):
        done, installs = start()
        home = checkout / ".nox/_bootstrap"
        assert done.stdout.splitlines() == [
            str(home),
            str(home / "bin"),
            "['-s', 'grade', '--', 'x y']",
        ]
        assert done.returncode == 7
        assert done.stderr == "noxfile.py: preparing nox in .nox/_bootstrap (once)\n"
        assert installs == 1

    def test_prepares_only_once(self, start):
        start()
        done, installs = start()
        assert (done.returncode, done.stderr, installs) == (7, "", 1)

    def test_makes_an_interrupted_preparation_anew(self, start, checkout):
        start()
        (checkout / ".nox/_bootstrap/ready").unlink()
        done, installs = start()
        assert (done.returncode, installs) == (7, 2)

    def test_makes_it_anew_for_another_python(self, start, checkout):
        start()
        (checkout / ".nox/_bootstrap/ready").write_text("3.10.1 (main)")
        done, installs = start()
        assert (done.returncode, installs) == (7, 2)

    def test_without_a_network_it_says_so_and_tries_again_next_time(self, start, checkout):
        done, _ = start(offline=True)
        assert done.returncode == 1
        assert done.stderr.endswith(
            "no network\nnoxfile.py: could not install nox; the lines above say why\n")
        assert "Traceback" not in done.stderr
        assert start(offline=False)[0].returncode == 7

    def test_speaks_chinese_where_that_is_chosen(self, start):
        done, _ = start(offline=True, language="zh")
        told = done.stderr.splitlines()
        assert told[0] == "noxfile.py：正在 .nox/_bootstrap 里准备 nox（仅此一次）"
        assert told[-1] == "noxfile.py：无法安装 nox，原因见上面的输出"

    @pytest.mark.parametrize(("answer", "locale", "says"), [
        ("language: zh", "en_US.UTF-8", "准备"),
        ("language: 'en'", "zh_CN.UTF-8", "preparing"),
        ("tracks: [systems]", "zh_CN.UTF-8", "准备"),
        (None, "C.UTF-8", "preparing"),
    ])
    def test_asks_the_answers_to_copier_then_the_locale(self, start, checkout, monkeypatch,
                                                        answer, locale, says):
        if answer:
            (checkout / ".copier-answers.yml").write_text(f"# made by copier\n{answer}\n")
        for name in ("LC_ALL", "LC_MESSAGES"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", locale)
        monkeypatch.setenv("PYTHONUTF8", "1")
        assert says in start(language="")[0].stderr

    def test_the_refusal_of_an_old_python_is_in_both_languages(self):
        refusal = next(ast.unparse(n) for n in TREE.body
                       if isinstance(n, ast.If) and "version_info" in ast.unparse(n.test))
        assert "needs 3.11 or newer" in refusal and "需要 3.11 或更新的版本" in refusal


class TestInstall:
    """environment.install with a session that notes what it is asked for."""

    @pytest.fixture
    def session(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PIP_NO_INDEX", "0")
        monkeypatch.delenv("KATA_WHEELS", raising=False)
        groups = '[dependency-groups]\ngrade = ["rich"]\ntests = ["ruff"]\n'
        Path("pyproject.toml").write_text(groups)
        installed = []
        (tmp_path / "env").mkdir()

        def run_install(*command, **_):
            subprocess.run([sys.executable, *command[1:]], check=True)

        return SimpleNamespace(
            virtualenv=SimpleNamespace(location=str(tmp_path / "env")),
            venv_backend="uv",
            install=lambda *requirements, **_: installed.append(requirements),
            run_install=run_install,
            installed=installed,
        )

    def test_in_a_copy_the_suites_of_begun_katas_are_run(self, session):
        """A copy has no tests/; what nobody has touched fails, and is left out."""
        session.posargs = ()
        kata = Path("katas/systems/s03_cache")
        for slug in ("fifo", "lru"):
            (kata / slug).mkdir(parents=True)
            for name in ("kata.toml", f"test_{slug}.py", f"{slug}.py"):
                (kata / slug / name).write_text("# stub\n")
        known = {slug: frozenset({stubs.stub_hash(b"# stub\n")}) for slug in ("fifo", "lru")}
        Path("katas/manifest.json").write_bytes(stubs.render(stubs.document(known)))
        assert environment.spread(session) == ("--collect-only", "-qq", "katas")
        (kata / "lru/lru.py").write_text("# work\n")
        assert environment.spread(session)[2:] == ("katas/systems/s03_cache/lru/test_lru.py",)
        Path("tests").mkdir()
        assert environment.spread(session) == (
            "--numprocesses=logical", "--dist=loadfile", "--durations=20")
        session.posargs = ("-k", "lru")
        assert environment.spread(session) == ()

    def test_installs_the_group_once(self, session):
        environment.install(session, "grade")
        environment.install(session, "grade")
        assert session.installed == [("rich",)]

    def test_installs_again_after_a_change_of_the_project(self, session):
        environment.install(session, "grade")
        Path("pyproject.toml").write_text('[dependency-groups]\ngrade = ["rich", "click"]\n')
        environment.install(session, "grade")
        assert session.installed == [("rich",), ("rich", "click")]

    def test_installs_again_for_another_group_or_a_remade_environment(self, session):
        environment.install(session, "grade")
        environment.install(session, "tests")
        shutil.rmtree("env")
        Path("env").mkdir()
        environment.install(session, "tests")
        assert session.installed == [("rich",), ("ruff",), ("ruff",)]

    def test_a_failed_install_is_tried_again(self, session):
        def fail(*_, **__):
            raise RuntimeError("no network")

        working, session.install = session.install, fail
        with pytest.raises(RuntimeError):
            environment.install(session, "grade")
        session.install = working
        environment.install(session, "grade")
        assert session.installed == [("rich",)]

    def test_an_install_that_nox_skips_is_not_taken_for_done(self, session):
        run_install, session.run_install = session.run_install, lambda *_, **__: None  # nox -R
        environment.install(session, "grade")
        session.run_install = run_install
        environment.install(session, "grade")
        assert len(session.installed) == 2
