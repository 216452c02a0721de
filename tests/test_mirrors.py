"""Behind a mirror: pip's settings hold for uv, a silent index is named, a folder of wheels does.

The first part asks for the settings alone. The second starts the noxfile for real, from a copy of
the tree, where nothing but one index can be reached (`one_index.py`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from pathlib import Path

import pip
import pytest

from graders import bootstrap, mirrors, reach, words
from graders.mirrors import Address

ROOT = Path(__file__).resolve().parent.parent
MIRROR = "https://mirror.example/simple"


def listing(**settings: str) -> str:
    """Return what pip prints for settings of the section `global`."""
    return "".join(f"global.{key.replace('_', '-')}={value!r}\n"
                   for key, value in settings.items())


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., mirrors.Source]:
    """Return the source for a listing of pip's and an environment, with no uv.toml at hand."""

    def told(shown: str = "", uv: bool = True, **environment: str) -> mirrors.Source:
        monkeypatch.setattr(mirrors, "of_pip", lambda pip: mirrors.read(shown))
        homes = {name: str(tmp_path / "none") for name in
                 ("XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "APPDATA", "PROGRAMDATA")}
        return mirrors.source(homes | environment, ["pip"], tmp_path, uv)

    return told


class TestWhatPipIsSetTo:
    def test_is_what_pip_itself_says(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        config = tmp_path / "pip.conf"
        config.write_text(f"[global]\nindex-url = {MIRROR}\n[install]\ntrusted-host = a\n  b\n"
                          "[list]\nformat = json\n")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(config))
        monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "7")
        found = mirrors.of_pip([sys.executable, "-m", "pip"])
        assert found["index-url"] == mirrors.Setting(MIRROR, "global")
        assert found["trusted-host"].value.split() == ["a", "b"]
        assert found["timeout"] == mirrors.Setting("7", ":env:")
        assert "format" not in found

    def test_has_install_before_global_and_variables_before_files(self) -> None:
        shown = ":env:.index-url='three'\ninstall.index-url='two'\nglobal.index-url='one'\n"
        assert mirrors.read(shown)["index-url"] == mirrors.Setting("three", ":env:")
        assert mirrors.read(shown.split("\n", 1)[1])["index-url"].value == "two"

    def test_is_unset_where_it_is_empty(self) -> None:
        assert mirrors.read("global.index-url=''\n") == {}

    @pytest.mark.parametrize("line", ["", "WARNING: no", "global.x", "global.x=open('/etc')", "=="])
    def test_leaves_out_what_is_not_a_setting(self, line: str) -> None:
        assert mirrors.read(f"{line}\nglobal.proxy='p'\n").keys() == {"proxy"}

    def test_is_nothing_where_no_pip_can_be_asked(self) -> None:
        assert mirrors.of_pip([]) == mirrors.of_pip(["/no/such/pip"]) == {}

    def test_is_read_from_the_variables_where_there_is_no_pip(self, tmp_path: Path) -> None:
        given = {"PIP_INDEX_URL": MIRROR, "XDG_CONFIG_HOME": str(tmp_path)}
        found = mirrors.source(given, [], tmp_path, uv=True)
        assert found.variables["UV_DEFAULT_INDEX"] == MIRROR


class TestTheVariablesOfUv:
    @pytest.mark.parametrize(("key", "value", "name", "means"), [
        ("index_url", MIRROR, "UV_DEFAULT_INDEX", MIRROR),
        ("extra_index_url", "https://a/s\nhttps://b/s", "UV_INDEX", "https://a/s https://b/s"),
        ("trusted_host", "a\nb:8080", "UV_INSECURE_HOST", "a b:8080"),
        ("find_links", "https://x/y /opt/my/w", "UV_FIND_LINKS", "https://x/y,file:///opt/my/w"),
        ("cert", "/etc/ca.pem", "SSL_CERT_FILE", "/etc/ca.pem"),
        ("client_cert", "/etc/me.pem", "SSL_CLIENT_CERT", "/etc/me.pem"),
        ("proxy", "10.0.0.1:3128", "ALL_PROXY", "http://10.0.0.1:3128"),
        ("timeout", "2.5", "UV_HTTP_TIMEOUT", "3"),
        ("timeout", "soon", "UV_HTTP_TIMEOUT", "10"),
        ("retries", "4", "UV_HTTP_RETRIES", "4"),
    ])
    @pytest.mark.skipif(os.name == "nt", reason="paths as POSIX writes them")
    def test_say_what_pips_settings_say(self, told, key, value, name, means) -> None:
        assert told(listing(**{key: value})).variables[name] == means

    def test_make_several_indexes_equal_as_they_are_for_pip(self, told) -> None:
        several = told(listing(extra_index_url=MIRROR)).variables
        assert several["UV_INDEX_STRATEGY"] == "unsafe-best-match"
        assert "UV_INDEX_STRATEGY" not in told(listing(index_url=MIRROR)).variables

    def test_are_left_as_they_are_set(self, told) -> None:
        given = told(listing(index_url=MIRROR, cert="c", timeout="3"), SSL_CERT_FILE="mine",
                     UV_DEFAULT_INDEX="https://own/simple", UV_HTTP_TIMEOUT="60")
        assert not {"UV_DEFAULT_INDEX", "SSL_CERT_FILE", "UV_HTTP_TIMEOUT"} & set(given.variables)

    @pytest.mark.parametrize("own", ["UV_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL",
                                     "UV_FIND_LINKS"])
    def test_of_the_index_are_not_mixed_with_pips(self, told, own) -> None:
        given = told(listing(index_url=MIRROR, extra_index_url="https://b/s"), **{own: "https://o/"})
        assert not {name for name in given.variables if name.startswith("UV_") and "INDEX" in name}
        assert given.addresses == (Address("https://o/", own),)

    def test_give_way_to_a_uv_toml(self, told, tmp_path: Path) -> None:
        file = tmp_path / "uv.toml"
        file.write_text('[[index]]\nurl = "https://u:p@own/simple"\ndefault = true\n')
        given = told(listing(index_url=MIRROR, proxy="p:1"))
        assert "UV_DEFAULT_INDEX" not in given.variables and "ALL_PROXY" in given.variables
        assert given.addresses == (Address("https://u:p@own/simple", str(file)),)
        file.write_text('[pip]\nindex-url = "https://own/simple"\n')
        assert told(listing(index_url=MIRROR)).addresses[0].url == "https://own/simple"

    @pytest.mark.parametrize("held", ["", "native-tls = true\n", "index = [\n", "pip = 3\n"])
    def test_hold_beside_a_uv_toml_without_an_index(self, told, tmp_path: Path, held) -> None:
        (tmp_path / "uv.toml").write_text(held)
        assert told(listing(index_url=MIRROR)).variables["UV_DEFAULT_INDEX"] == MIRROR

    def test_leave_a_proxy_that_is_set(self, told) -> None:
        assert "ALL_PROXY" not in told(listing(proxy="p:1"), https_proxy="q:1").variables


class TestBothInstallers:
    def test_wait_little_for_an_index_unless_told_otherwise(self, told) -> None:
        names = ("PIP_TIMEOUT", "PIP_RETRIES", "UV_HTTP_TIMEOUT", "UV_HTTP_RETRIES")
        assert [told().variables[name] for name in names] == ["10", "1", "10", "1"]
        own = told(PIP_DEFAULT_TIMEOUT="180").variables
        assert own["UV_HTTP_TIMEOUT"] == "180" and "PIP_TIMEOUT" not in own

    def test_get_the_settings_of_a_file_that_another_pip_would_not_read(self, told) -> None:
        given = told(listing(index_url=MIRROR) + ":env:.cert='c'\n", uv=False).variables
        assert given["PIP_INDEX_URL"] == MIRROR
        assert "PIP_CERT" not in given

    @pytest.mark.parametrize("value", ["1", "true", "Yes", "on"])
    def test_ask_no_index_where_pip_must_not(self, told, value) -> None:
        given = told(listing(no_index=value, find_links="/w"))
        assert (given.arguments, given.addresses) == (("--no-index",), ())
        assert told(listing(no_index="0")).arguments == ()

    def test_ask_pypi_where_nothing_is_set(self, told) -> None:
        change = "pip config set global.index-url ADDRESS"
        assert told().addresses == (Address("https://pypi.org/simple", change),)

    def test_are_told_apart_by_what_names_their_address(self, told) -> None:
        found = told("install.index-url='https://a/s'\n:env:.extra-index-url='https://b/s'\n")
        assert found.addresses == (
            Address("https://a/s", "pip config set install.index-url ADDRESS"),
            Address("https://b/s", "PIP_EXTRA_INDEX_URL"))

    def test_see_a_folder_of_wheels_alone(self, told, tmp_path: Path) -> None:
        folder = tmp_path / "my wheels, all"
        given = told(listing(index_url=MIRROR), KATA_WHEELS=str(folder))
        assert (given.arguments, given.addresses) == (("--no-index",), ())
        assert given.variables["UV_FIND_LINKS"] == given.variables["PIP_FIND_LINKS"]
        assert not re.search("[ ,]", str(given.variables["PIP_FIND_LINKS"]))  # both split there


class TestTheArgument:
    @pytest.fixture(autouse=True)
    def wheels(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("KATA_WHEELS", "")
        monkeypatch.setenv("KATA_LANG", "en")
        Path("w").mkdir()
        Path("w/a-1-py3-none-any.whl").touch()
        yield
        words.use("en")

    @pytest.mark.parametrize(("given", "left"), [
        ("n --wheels w -s grade", "n -s grade"),
        ("n -s grade --wheels=w", "n -s grade"),
        ("n -s grade --wheels w -- x", "n -s grade -- x"),
    ])
    def test_is_taken_out_and_becomes_the_variable(self, tmp_path: Path, given, left) -> None:
        arguments = given.split()
        bootstrap.take_wheels(arguments)
        assert arguments == left.split()
        assert os.environ["KATA_WHEELS"] == str(tmp_path / "w")

    def test_after_the_dashes_belongs_to_the_session(self) -> None:
        arguments = ["n", "-s", "grade", "--", "--wheels", "w"]
        bootstrap.take_wheels(arguments)
        assert arguments == ["n", "-s", "grade", "--", "--wheels", "w"]
        assert os.environ["KATA_WHEELS"] == ""

    @pytest.mark.parametrize("given", ["n --wheels none", "n --wheels -- w", "n --wheels", "n"])
    @pytest.mark.parametrize(("language", "says"), [("en", "no wheels in"), ("zh", "没有 wheel")])
    def test_is_refused_without_wheels(self, given, language, says, monkeypatch, capsys) -> None:
        monkeypatch.setenv("KATA_LANG", language)
        if given == "n":
            monkeypatch.setenv("KATA_WHEELS", "none")
        with pytest.raises(SystemExit) as ended:
            bootstrap.take_wheels(given.split())
        (line,) = capsys.readouterr().err.splitlines()
        assert says in line and "python3 noxfile.py -s wheels -- DIR" in line
        assert ended.value.code == 2


class TestAnAddressIsBlamed:
    @pytest.fixture(autouse=True)
    def short(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setattr(reach, "SECONDS", 1)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        yield
        words.use("en")

    def test_that_takes_the_connection_and_says_nothing(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://me:secret@127.0.0.1:{silent.getsockname()[1]}/simple"
            line = reach.blamed([Address(url, "PIP_INDEX_URL")])
        assert line == (
            f"noxfile.py: the package index {url.replace('me:secret@', '')} does not answer "
            "(nothing came within 1 s); change the setting: PIP_INDEX_URL; or install from a "
            "folder of wheels: python3 noxfile.py --wheels DIR")

    def test_that_refuses_the_connection(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            port = gone.getsockname()[1]
        assert "(the connection was refused)" in reach.blamed(
            [Address(f"http://127.0.0.1:{port}/", "X")])

    def test_whose_name_is_nobodys(self) -> None:
        words.use("zh")
        line = reach.blamed([Address("http://kata40.invalid/", "PIP_INDEX_URL")])
        assert line.startswith("noxfile.py：软件包索引 http://kata40.invalid/ 没有响应")
        assert "（域名无法解析）" in line

    def test_but_not_one_that_answers_whatever_it_says(self) -> None:
        import http.server
        import threading

        handler = http.server.BaseHTTPRequestHandler  # 501 for everything
        with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.handle_request, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_port}/simple"
            assert reach.blamed([Address(url, "X"), Address("file:///opt/x", "Y")]) == ""


TWO_SUM = "algorithms/a01_two_sum/two_sum/two_sum.py"
Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the session `wheels` fills: the only thing that is downloaded."""
    folder = tmp_path_factory.mktemp("for all") / "the wheels"
    env = {name: value for name, value in os.environ.items() if not name.startswith("NOX")}
    command = [sys.executable, "-m", "nox", "--envdir", str(folder.parent / "nox"),
               "-s", "wheels", "--", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a Python without packages, and a folder that holds its pip and nothing else."""
    home = tmp_path_factory.mktemp("bare")
    venv.create(home / "env", with_pip=False, symlinks=True)
    (home / "pip").mkdir()
    (home / "pip/pip").symlink_to(Path(pip.__file__).parent)
    return home / "env/bin/python", home / "pip"


@pytest.mark.skipif(os.name == "nt", reason="paths of a POSIX environment")
class TestForReal:
    """`python3 noxfile.py` on a Python with pip and without nox, one index within reach."""

    @pytest.fixture
    def clone(self, tmp_path: Path) -> Path:
        """Return a copy of what git knows, in which a kata is solved."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard",
             "noxfile.py", "pyproject.toml", "graders", "katas"],
            cwd=ROOT, capture_output=True, text=True, check=True).stdout
        root = tmp_path / "a clone"
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, root / name)
        shutil.copy(ROOT / "solutions" / TWO_SUM, root / "katas" / TWO_SUM)
        return root

    @pytest.fixture
    def start(self, clone: Path, python: tuple[Path, Path], tmp_path: Path) -> Start:
        """Return a function that runs a command in the clone with `served` alone within reach."""
        config = tmp_path / "pip.conf"
        # What this machine's own pip.conf may set is emptied.
        config.write_text("[global]\nindex-url = http://127.0.0.1:PORT/simple\n"
                          "extra-index-url =\nfind-links =\ntimeout = 2\nretries = 0\n")
        host = ("PIP_", "UV_", "NOX", "KATA_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        env = {name: value for name, value in os.environ.items()
               if not name.upper().startswith(host)}
        env |= {"PYTHONPATH": str(python[1]), "PIP_CONFIG_FILE": str(config), "KATA_LANG": "en",
                "PIP_NO_CACHE_DIR": "1", "UV_CACHE_DIR": str(tmp_path / "uv"),
                "XDG_CONFIG_HOME": str(tmp_path), "KATA_STORE": str(tmp_path / "store")}

        def start(served: Path | str, *arguments: str | Path, **more: str):
            command = [sys.executable, ROOT / "tests/one_index.py", served, tmp_path / "log",
                       *(arguments or [python[0], "noxfile.py", "-s", "grade", "--", "two_sum"])]
            around = {"PYTHONPATH": os.pathsep.join([str(python[1]), str(ROOT)])}
            return subprocess.run([str(each) for each in command], cwd=clone, text=True,
                                  env=env | around | more, capture_output=True)

        return start

    def test_an_index_that_pip_is_set_to_serves_bootstrap_and_sessions(
        self, start: Start, wheels: Path, tmp_path: Path
    ) -> None:
        for wheel in wheels.glob("*.whl"):
            name = re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower()
            page = tmp_path / "served/simple" / name
            page.mkdir(parents=True, exist_ok=True)
            (page / wheel.name).symlink_to(wheel)
        done = start(tmp_path / "served")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ACCEPTED" in done.stdout
        asked = (tmp_path / "log").read_text().splitlines()
        assert {"/simple/nox/", "/simple/uv/", "/simple/click/", "/simple/psutil/"} <= set(asked)

    def test_a_folder_of_wheels_needs_no_index(
        self, start: Start, python: tuple[Path, Path], wheels: Path, tmp_path: Path
    ) -> None:
        done = start("silent", python[0], "noxfile.py", "--wheels", wheels, "-s", "grade", "--",
                     "two_sum")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "ACCEPTED" in done.stdout
        assert not (tmp_path / "log").exists()  # nothing came to the index

    def test_a_silent_index_ends_the_bootstrap_in_one_line(self, start: Start) -> None:
        before = time.monotonic()
        done = start("silent", PIP_INDEX_URL="http://me:secret@127.0.0.1:PORT/simple")
        assert time.monotonic() - before < 60
        preparing, line = done.stderr.splitlines()[-2:]
        assert preparing == "noxfile.py: preparing nox in .nox/_bootstrap (once)"
        assert re.fullmatch(
            r"noxfile\.py: the package index http://127\.0\.0\.1:\d+/simple does not answer "
            r"\(nothing came within 5 s\); change the setting: PIP_INDEX_URL; .+", line)
        assert (done.returncode, done.stdout) == (1, "")

    @pytest.mark.parametrize("backend", ["uv", "virtualenv"])
    def test_a_silent_index_ends_a_session_in_one_line(self, start: Start, backend: str) -> None:
        if backend == "uv" and not shutil.which("uv"):
            pytest.skip("no uv on the PATH")
        before = time.monotonic()
        done = start("silent", sys.executable, "-m", "nox", "-db", backend, "-s", "grade",
                     KATA_LANG="zh")
        assert time.monotonic() - before < 60
        said = [line for line in done.stderr.splitlines() if "127.0.0.1" in line]
        assert len(said) == 1, done.stderr
        assert "没有响应（5 秒内没有任何回应）" in said[0]
        assert "请修改这项设置：pip config set global.index-url ADDRESS" in said[0]
        assert "Traceback" not in done.stderr
        assert done.returncode == 1
