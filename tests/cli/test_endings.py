"""How every command ends: one line, one exit code, nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import psutil
import pytest
from rich import cells

from graders import cli, cli_help, words
from graders.errors import JudgeError
from tests.cli import submissions
from tests.cli.conftest import Checkout


class TestAnUnknownCommand:
    def test_is_met_with_the_closest_one_in_one_line(self, checkout: Checkout) -> None:
        ran = checkout.run("progess")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "kata40: No such command 'progess'. Did you mean one of these? progress; "
            "see: python3 -m graders --help\n"
        )

    def test_that_is_like_nothing_points_to_the_help(self, checkout: Checkout) -> None:
        err = checkout.run("xyzzy").err
        assert err == "kata40: No such command 'xyzzy'; see: python3 -m graders --help\n"


def test_an_unknown_option_is_named(checkout: Checkout) -> None:
    ran = checkout.run("list", "--long")
    assert ran.code == 2 and ran.err.startswith("kata40: No such option") and "--long" in ran.err


class TestHelp:
    def test_lists_the_commands_and_is_what_comes_without_any(self, checkout: Checkout) -> None:
        ran = checkout.run("--help")
        assert (ran.code, ran.err) == (0, "") and checkout.run() == ran
        for name in ("grade", "judge", "list", "next", "show", "hint", "verify", "new", "publish"):
            assert f"\n  {name} " in ran.out
        assert "Exit codes: 0 accepted or done, 1 not accepted" in ran.out

    @pytest.mark.parametrize("name", sorted(cli.cli.commands))
    def test_of_every_command_and_option_says_something(
        self, checkout: Checkout, name: str
    ) -> None:
        ran = checkout.run(name, "--help")
        assert ran.code == 0 and ran.out.startswith(f"Usage: python3 -m graders {name}")
        command = cli.cli.commands[name]
        assert command.help
        options = (each for each in command.params if isinstance(each, click.Option))
        assert all(option.help for option in options)


class TestInChinese:
    @pytest.fixture(autouse=True)
    def chosen(self, checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("KATA_LANG", "zh")
        yield
        words.use("en")

    @pytest.mark.parametrize("name", [
        "", *sorted(name for name, each in cli.cli.commands.items()
                    if each.callback.__module__ not in cli_help.NOT_FOR_LEARNERS)])
    def test_every_line_of_help_is_chinese_or_code(self, checkout: Checkout, name: str) -> None:
        out = checkout.run(*filter(None, [name, "--help"])).out
        assert out.startswith(f"用法：python3 -m graders {name}")
        typed = re.compile(r"^ *(--?[a-z-]+( [A-Z\[][^ ]*)*|python3 .*|eval .*|\[.*\])?$")
        for line in out.splitlines()[1:]:
            assert re.search("[\u4e00-\u9fff]", line) or typed.match(line), line
            assert cells.cell_len(line) <= 80

    @pytest.mark.parametrize(("arguments", "says"), [
        (("progess",), "没有命令 'progess'。是不是想写：progress；参见：python3 -m graders --help"),
        (("xyzzy",), "没有命令 'xyzzy'；参见：python3 -m graders --help"),
        (("show",), "缺少参数 'SLUG|TOPIC'；参见：python3 -m graders show --help"),
        (("show", "two_sum", "x"), "多出了参数（x）；参见：python3 -m graders show --help"),
        (("grade", "--jobs", "x"),
         "'--jobs' 的值无效：'x' 不是有效的整数范围；参见：python3 -m graders grade --help"),
        (("grade", "--jobs", "0"),
         "'--jobs' 的值无效：0 不在范围 x>=1 内；参见：python3 -m graders grade --help"),
        (("grade", "--format", "xml"), "'--format' 的值无效：'xml' 不在可选的值里：'text', 'json'；"
                                       "参见：python3 -m graders grade --help"),
        (("grade", "twosom"), "twosom：没有叫这个名字的练习或主题；是不是想写 'two_sum'？"),
        (("grade", "xyzzy"), "xyzzy：没有叫这个名字的练习或主题；用 `list` 查看全部练习"),
        (("judge", "two_sum", "no.py"), "no.py：没有这个文件；请写出要评测的模块"),
        (("hint", "two_sum", "--number", "9"), "two_sum：没有第 9 条提示；请从 1 到 3 中选"),
    ])
    def test_errors_are_chinese(
        self, checkout: Checkout, arguments: tuple[str, ...], says: str
    ) -> None:
        ran = checkout.run(*arguments)
        assert (ran.code, ran.out, ran.err) == (2, "", f"kata40: {says}\n")

    def test_a_file_that_cannot_be_judged_is_told(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "def find_pair(:\n")
        out = checkout.run("grade", "two_sum").out
        assert "  two_sum.py:1：语法错误：invalid syntax；请改正这一行\n" in out
        checkout.module("two_sum").write_bytes(b"#" * (1 << 20) + b"\n")
        out = checkout.run("grade", "two_sum").out
        assert "  two_sum.py：超过 1024 KiB；练习的模块只有几百行\n" in out

    def test_reports_as_json_stay_english(self, checkout: Checkout) -> None:
        checkout.write("two_sum", "def find_pair(:\n")
        out = checkout.run("grade", "two_sum", "--format", "json").out
        assert "two_sum.py:1: syntax error: invalid syntax; mend this line" in out


class TestAFaultOfOurs:
    @pytest.fixture
    def faulty(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, BaseException]:
        """A command that raises what the test puts here."""
        raised: dict[str, BaseException] = {}

        @click.command()
        def fails() -> None:
            raise raised["it"]

        monkeypatch.setitem(cli.cli.commands, "fails", fails)
        return raised

    def test_is_one_line_and_exit_3(
        self, checkout: Checkout, faulty: dict[str, BaseException]
    ) -> None:
        faulty["it"] = RuntimeError("torn\nin two")
        ran = checkout.run("fails")
        assert (ran.code, ran.out) == (3, "")
        assert ran.err == (
            "kata40: a fault in graders (RuntimeError: torn in two); please report it with what "
            "KATA_DEBUG=1 shows\n"
        )

    def test_shows_its_traceback_when_asked(
        self, checkout: Checkout, faulty: dict[str, BaseException], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("KATA_DEBUG", "1")
        faulty["it"] = RuntimeError("torn")
        err = checkout.run("fails").err
        assert "Traceback (most recent call last)" in err and "in fails" in err

    def test_of_the_system_is_told_in_its_words(
        self, checkout: Checkout, faulty: dict[str, BaseException]
    ) -> None:
        faulty["it"] = OSError(28, "No space left on device", "/tmp/x")
        assert checkout.run("fails").err == (
            "kata40: /tmp/x: the system refused it (No space left on device); mend that and run "
            "the command again\n"
        )

    def test_of_the_judge_is_exit_3(
        self, checkout: Checkout, faulty: dict[str, BaseException]
    ) -> None:
        faulty["it"] = JudgeError("engine: did not start; run again")
        ran = checkout.run("fails")
        assert (ran.code, ran.err) == (3, "kata40: engine: did not start; run again\n")

    @pytest.mark.parametrize("kind", [KeyboardInterrupt, click.Abort])
    def test_is_not_what_ctrl_c_is(
        self, checkout: Checkout, faulty: dict[str, BaseException], kind: type[BaseException]
    ) -> None:
        faulty["it"] = kind()
        ran = checkout.run("fails")
        assert ran.code == 130 and ran.err.strip() == "kata40: interrupted"


class TestCtrlC:
    def test_while_judging_ends_with_130_and_leaves_no_process(self, checkout: Checkout) -> None:
        checkout.write("two_sum", submissions.SLEEPS)
        process = checkout.spawn("grade", "two_sum")
        children = self.children(process.pid, 4)  # engine, nursery, judge child, Init at least
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 130
        assert err.decode().strip().splitlines()[-1] == "kata40: interrupted"
        gone, alive = psutil.wait_procs(children, timeout=10)
        assert len(gone) >= 4 and alive == []

    def test_while_a_class_is_made_at_the_start_ends_without_a_traceback(
        self, tmp_path: Path
    ) -> None:
        """Python 3.11 makes a RuntimeError of a KeyboardInterrupt that comes there."""
        (tmp_path / "ipaddress.py").write_text(
            "import os, signal\nclass Part:\n    def __set_name__(self, owner, name):\n"
            "        os.kill(os.getpid(), signal.SIGINT)\nclass Whole:\n    part = Part()\n")
        root = Path(cli.__file__).parents[1]
        done = subprocess.run(
            [sys.executable, "-m", "graders", "list"], cwd=root, capture_output=True, check=False,
            env={**os.environ, "PYTHONPATH": f"{tmp_path}:{root}"})
        assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")

    def test_leaves_nothing_half_written(self, checkout: Checkout) -> None:
        checkout.write("two_sum", submissions.SLEEPS)
        process = checkout.spawn("grade", "two_sum")
        self.children(process.pid, 4)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        assert not (checkout.root / ".kata40").exists()

    @staticmethod
    def children(pid: int, count: int) -> list[psutil.Process]:
        """Return the processes below `pid` once there are `count`."""
        deadline = time.monotonic() + 30
        found: list[psutil.Process] = []
        while len(found) < count:
            assert time.monotonic() < deadline, f"only {found}"
            found = psutil.Process(pid).children(recursive=True)
            time.sleep(0.02)
        return found


class TestOutput:
    def test_that_nobody_reads_any_more_is_no_fault(self, checkout: Checkout) -> None:
        read, write = os.pipe()
        os.close(read)
        process = checkout.spawn("show", "two_sum", stdout=write)
        os.close(write)
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (141, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_onto_a_full_disk_says_so(self, checkout: Checkout) -> None:
        with open("/dev/full", "wb") as full:
            process = checkout.spawn("list", stdout=full)
            _, err = process.communicate(timeout=60)
        assert process.returncode == 3
        assert err.decode().startswith("kata40: the system refused it (No space left on device)")
        assert err.count(b"\n") == 1

    def test_in_an_old_locale_keeps_its_form(self, checkout: Checkout) -> None:
        latin = {**os.environ, "KATA_LANG": "zh", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}
        process = checkout.spawn("list", env=latin)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        assert rb"\u4e3b\u9898" in out and b"two_sum" in out


def test_a_module_run_is_the_same_as_a_call(checkout: Checkout) -> None:
    process = checkout.spawn("next", stdout=subprocess.PIPE)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.decode() == checkout.run("next").out
