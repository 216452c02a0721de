"""`watch` in a terminal of its own, as a learner has it open beside an editor."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import psutil
import pytest

from graders.learn import memory
from graders.model import Verdict
from tests.cli.conftest import ROOT, SOLUTIONS, Checkout

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a POSIX terminal")

WAIT_S = 60  # far more than it takes: an engine starts, on a busy machine
WRONG = "def find_pair(nums, target):\n    return 0, 0\n\n\ndef count_pairs(nums, target):\n" \
        "    return 0\n"
WATCH = [sys.executable, "-m", "graders", "watch"]
KEYS = "q quit"  # ends the line of keys, which ends each text
numbers = itertools.count()


def slow() -> str:
    """Return a module that is judged for a second: no other one of these tests has handed it in."""
    return f"# {next(numbers)}\n" + WRONG.replace("return 0, 0", "\n    while True:\n        pass")


class Window:
    """A terminal with `watch` in it."""

    def __init__(self, root: Path, *arguments: str, size: tuple[int, int] = (24, 100),
                 **environment: str) -> None:
        env = {name: value for name, value in os.environ.items()
               if name not in ("VISUAL", "EDITOR", "PAGER")}
        env |= {"TERM": "xterm-256color", "PAGER": "no-such-pager", **environment}
        self.root = root
        self.child = pexpect.spawn(WATCH[0], [*WATCH[1:], *arguments], cwd=root, env=env,
                                   dimensions=size, timeout=WAIT_S, encoding="utf-8")
        self.child.delaybeforesend = None
        self.text = ""

    def see(self, words: str) -> str:
        """Wait for words of one colour; return what was written from those seen last on."""
        self.child.expect_exact(words)
        seen = f"{self.child.before}{self.child.after}"
        self.text += seen
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen)

    def press(self, keys: str) -> None:
        """Type."""
        self.child.send(keys)

    def end(self) -> int:
        """Wait for the end; return the exit code, or 128 + the number of the signal."""
        self.child.expect(pexpect.EOF)
        self.text += self.child.before
        self.child.close(force=True)
        return self.child.exitstatus if self.child.exitstatus is not None \
            else 128 + (self.child.signalstatus or 0)


Open = Callable[..., Window]


@pytest.fixture
def watch(checkout: Checkout) -> Iterator[Open]:
    """Open windows; close those that a test leaves open."""
    opened: list[Window] = []

    def open_one(*arguments: str, **options: object) -> Window:
        opened.append(Window(checkout.root, *arguments, **options))  # type: ignore[arg-type]
        opened[-1].see("Katas that are watched")
        return opened[-1]

    yield open_one
    for each in opened:
        each.child.close(force=True)


def reference(slug: str) -> str:
    return next(SOLUTIONS.rglob(f"{slug}/{slug}.py")).read_text(encoding="utf-8")


class TestASave:
    def test_is_judged_and_the_first_failing_case_told(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        told = window.see(KEYS)
        for words in ("WRONG_ANSWER: two_sum", "call      find_pair(", "expected  (1, 2)",
                      "got       (0, 0)"):
            assert words in told
        assert memory.read(checkout.root)["two_sum"].verdict is Verdict.WRONG_ANSWER

    def test_tells_once_which_layers_are_missing(self, watch: Open, checkout: Checkout) -> None:
        window = watch("two_sum", "--engine", "subprocess")
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        assert window.see(KEYS).count("sandbox: namespaces is off (") == 1
        checkout.write("two_sum", WRONG + "\n")
        told = window.see(KEYS)
        assert "WRONG_ANSWER: two_sum" in told and "is off (" not in told

    def test_by_an_editor_that_replaces_the_file_counts(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        for text, verdict in ((WRONG, "WRONG_ANSWER"), (reference("two_sum"), "ACCEPTED")):
            other = checkout.module("two_sum").with_name(".two_sum.py.new~")
            other.write_text(text)
            os.replace(other, checkout.module("two_sum"))
            assert verdict in window.see(KEYS)

    def test_of_one_kata_among_all_judges_that_one(self, watch: Open, checkout: Checkout) -> None:
        window = watch()
        window.see("two_sum: Two sum")
        window.see(KEYS)
        checkout.solve("lcs_dp")
        assert "ACCEPTED (visible tests): lcs_dp" in window.see(KEYS)

    def test_of_what_is_not_watched_or_no_module_is_let_be(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        checkout.write("lcs_dp", "begun = True\n")
        checkout.module("two_sum").with_name("notes.txt").write_text("ideas\n")
        checkout.write("two_sum", WRONG)
        told = window.see(KEYS)
        assert "two_sum" in told and "lcs_dp" not in told

    def test_without_a_change_is_judged_again(self, watch: Open, checkout: Checkout) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        for _ in range(2):
            checkout.write("two_sum", WRONG)
            assert "WRONG_ANSWER" in window.see(KEYS)

    def test_by_halves_ends_in_a_verdict_on_the_whole(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        whole = reference("two_sum")
        with checkout.module("two_sum").open("w") as file:  # empty from here on
            time.sleep(0.05)
            file.write(whole[:200])
            file.flush()
            file.write(whole[200:])
        window.see("ACCEPTED")

    def test_during_a_judgement_is_the_last_word(self, watch: Open, checkout: Checkout) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        checkout.write("two_sum", slow())
        window.see("judging two_sum …")
        checkout.write("two_sum", WRONG)
        checkout.solve("two_sum")
        window.see("ACCEPTED")
        assert "TIME_LIMIT" not in window.text and "WRONG" not in window.text

    def test_of_a_deleted_module_says_so_and_the_next_one_counts(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        checkout.module("two_sum").unlink()
        kata = checkout.root / "katas/algorithms/a01_two_sum/two_sum"
        assert "two_sum.py: is missing; restore it with git" in window.see(KEYS)
        (kata / "two_sum.py").write_text(WRONG)
        assert "WRONG_ANSWER" in window.see(KEYS)

    def test_of_the_suite_judges_by_the_new_one(self, watch: Open, checkout: Checkout) -> None:
        checkout.solve("two_sum")
        window = watch("two_sum")
        window.see("ACCEPTED")
        window.see(KEYS)
        suite = checkout.module("two_sum").with_name("test_two_sum.py")
        suite.write_text(suite.read_text() + "\n\ndef test_asks_for_more():\n"
                         "    assert find_pair([1], 1) == 7\n")
        assert "test_asks_for_more" in window.see(KEYS)

    def test_of_metadata_is_read_and_a_fault_in_it_told(
        self, watch: Open, checkout: Checkout
    ) -> None:
        checkout.solve("two_sum")
        window = watch("two_sum")
        window.see("ACCEPTED")
        window.see(KEYS)
        toml = checkout.module("two_sum").with_name("kata.toml")
        whole = toml.read_text()
        toml.write_text(whole.replace("memory_mib", "memroy_mib"))
        assert "did you mean 'memory_mib'?" in window.see(KEYS)
        toml.write_text(whole.replace('"count_pairs"', '"count_pairs", "count_all"'))
        assert "count_all" in window.see(KEYS)
        toml.write_text(whole)
        assert "ACCEPTED" in window.see(KEYS)

    def test_of_a_sheet_of_answers_is_marked(self, watch: Open, checkout: Checkout) -> None:
        window = watch("a01")
        window.see(KEYS)
        sheet = checkout.root / "katas/algorithms/a01_two_sum/question/answers.toml"
        sheet.write_text("format = 7\n")
        assert "answers.toml" in window.see(KEYS)
        sheet.write_text("format = 1\n")
        assert "nothing is answered yet" in window.see(KEYS)

    @pytest.mark.parametrize("wait_s", [0.0, 0.4])
    def test_is_noticed_by_looking_too(
        self, watch: Open, checkout: Checkout, wait_s: float
    ) -> None:
        """Also the second of two within one second, of the same size."""
        window = watch("two_sum", "--poll")
        window.see("Looking for changes three times a second")
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        time.sleep(wait_s)
        checkout.write("two_sum", WRONG.replace("0, 0", "9, 9"))
        window.see("(9, 9)")


class TestAKey:
    def test_gives_the_hint_the_list_and_the_statement(self, watch: Open) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        window.press("hls")
        window.see("Hint 1 of 3 for two_sum")
        window.see("hash_ring_rebalance")
        window.see("Module: katas/algorithms/a01_two_sum/two_sum/two_sum.py")
        window.press("h")
        window.see("Hint 2 of 3")

    def test_pressed_during_a_judgement_is_done_after_it_and_never_echoed(
        self, watch: Open, checkout: Checkout
    ) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        checkout.write("two_sum", slow())
        window.see("judging two_sum …")
        window.press("hhs")
        verdict = window.see("TIME_LIMIT_EXCEEDED")
        assert "h" not in verdict.partition("…")[2].partition("TIME")[0]
        for words in ("Hint 1 of 3", "Hint 2 of 3", "Module: "):
            window.see(words)

    def test_pressed_before_it_is_ready_counts(self, checkout: Checkout) -> None:
        window = Window(checkout.root, "two_sum")
        window.press("hq")
        window.see("Hint 1 of 3")
        assert window.end() == 0

    def test_goes_on_to_the_next_kata_after_an_accepted_one(
        self, watch: Open, checkout: Checkout
    ) -> None:
        checkout.solve("two_sum")
        window = watch("two_sum")
        window.see("The next kata: lcs_dp")
        window.see(KEYS)
        window.press("n")
        window.see("lcs_dp: Longest common subsequence")
        window.see(KEYS)
        window.press("s")
        window.see("Module: katas/algorithms/a02_longest_common_subsequence/lcs_dp/lcs_dp.py")
        checkout.solve("lcs_dp")  # is watched from then on
        window.see("lcs_dp, 100 of 100 points")

    def test_opens_the_answer_once_accepted(self, watch: Open, checkout: Checkout) -> None:
        shutil.copytree(SOLUTIONS, checkout.root / "solutions")
        window = watch("two_sum")
        window.see(KEYS)
        window.press("a")
        window.see("two_sum: not accepted as it stands now")
        checkout.solve("two_sum")
        window.see("ACCEPTED")
        window.see(KEYS)
        window.press("a")
        window.see("What the known-bad ones get wrong")

    @pytest.mark.parametrize("key", ["j", "\r"])
    def test_judges_again(self, watch: Open, checkout: Checkout, key: str) -> None:
        checkout.write("two_sum", WRONG)
        window = watch("two_sum")
        window.see("WRONG_ANSWER")
        window.see(KEYS)
        window.press(key)
        window.see("WRONG_ANSWER")

    @pytest.mark.parametrize("key", ["?", "x", "\x1b[A"])
    def test_of_another_kind_explains_them(self, watch: Open, key: str) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        window.press(key)
        window.see("q  end; Ctrl-C does too")
        window.press("q")
        assert window.end() == 0

    def test_counts_from_a_chinese_keyboard(self, watch: Open) -> None:
        window = watch("two_sum")
        window.see(KEYS)
        window.press("ｈＱ")
        window.see("Hint 1 of 3")
        assert window.end() == 0


EDITOR = """\
import pathlib, sys, termios
flags = termios.tcgetattr(0)[3]
assert flags & termios.ECHO and flags & termios.ICANON and sys.argv[1] == "--two words"
print("in the editor", flush=True)
input()
pathlib.Path(sys.argv[2]).write_text(pathlib.Path(__file__).with_name("wanted").read_text())
input()
"""


class TestTheEditor:
    def test_has_the_terminal_and_verdicts_wait_for_it(
        self, watch: Open, checkout: Checkout, tmp_path: Path
    ) -> None:
        (tmp_path / "ed.py").write_text(EDITOR)
        (tmp_path / "wanted").write_text(reference("two_sum"))
        window = watch("two_sum", EDITOR="false",
                       VISUAL=f"{sys.executable} {tmp_path}/ed.py '--two words'")
        window.see(KEYS)
        window.press("o")
        window.see("in the editor")
        window.press("h\n")  # the editor's
        deadline = time.monotonic() + WAIT_S
        while "two_sum" not in memory.read(checkout.root) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert window.child.read_nonblocking(100, 1).split() == ["h"]  # its echo, no verdict
        window.press("\n")
        window.see("ACCEPTED")
        window.see(KEYS)
        window.press("h")
        window.see("Hint 1 of 3")

    @pytest.mark.parametrize("environment, words", [
        ({}, "VISUAL and EDITOR are not set"),
        ({"EDITOR": "no-such-editor"}, "no-such-editor: cannot be started"),
        ({"EDITOR": "'half"}, "EDITOR: cannot be understood"),
        ({"EDITOR": "false"}, "false: ended with exit code 1"),
    ])
    def test_that_cannot_be_had_is_one_clear_line(
        self, watch: Open, environment: dict[str, str], words: str
    ) -> None:
        window = watch("two_sum", **environment)
        window.see(KEYS)
        window.press("o")
        window.see(words)
        window.see(KEYS)
        window.press("q")
        assert window.end() == 0

    def test_is_ended_with_watch(self, watch: Open, tmp_path: Path) -> None:
        window = watch("two_sum", EDITOR="sh -c 'echo opened; exec sleep 1000'")
        window.see(KEYS)
        window.press("o")
        window.see("opened")
        there = family(window)
        window.child.kill(signal.SIGTERM)
        assert window.end() == 143
        assert left(there) == []


def family(window: Window) -> list[psutil.Process]:
    root = psutil.Process(window.child.pid)
    return [root, *root.children(recursive=True)]


def left(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Return what still runs after a while that is long enough to end in."""
    return [each for each in psutil.wait_procs(processes, timeout=15)[1]
            if each.status() != psutil.STATUS_ZOMBIE]


def modes(window: Window) -> list[object]:
    import termios

    return termios.tcgetattr(window.child.child_fd)


class TestTheEnd:
    @pytest.mark.parametrize("how, code", [
        ("q", 0), ("\x04", 0), ("\x03", 130), (signal.SIGINT, 130), (signal.SIGTERM, 143),
        (getattr(signal, "SIGHUP", None), 129),  # Windows has none, and collects this too
    ])
    @pytest.mark.parametrize("busy", [False, True], ids=["at rest", "judging"])
    def test_leaves_no_process_and_the_terminal_as_it_was(
        self, checkout: Checkout, how: str | signal.Signals, code: int, busy: bool
    ) -> None:
        window = Window(checkout.root, "two_sum")
        before = modes(window)
        window.see(KEYS)
        assert modes(window) != before
        checkout.write("two_sum", slow() if busy else WRONG)
        window.see("judging two_sum …" if busy else "WRONG_ANSWER")
        while len(there := family(window)) <= 3:  # engine and nursery are there
            time.sleep(0.02)
        if isinstance(how, str):
            window.press(how)
        else:
            window.child.kill(how)
        window.child.expect(pexpect.EOF)
        assert modes(window) == before
        assert window.end() == code
        assert left(there) == []

    def test_by_a_closed_window_leaves_no_process(self, checkout: Checkout) -> None:
        window = Window(checkout.root, "two_sum")
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        window.see("WRONG_ANSWER")
        there = family(window)
        window.child.ptyproc.fileobj.close()
        window.child.child_fd, window.child.closed = -1, True  # not to be closed once more
        assert left(there) == []

    def test_by_a_kill_leaves_no_process(self, checkout: Checkout) -> None:
        window = Window(checkout.root, "two_sum")
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        window.see("WRONG_ANSWER")
        there = family(window)
        window.child.kill(signal.SIGKILL)
        assert window.end() == 128 + signal.SIGKILL
        assert left(there) == []


class TestAPoorTerminal:
    def test_of_ten_rows_shows_the_verdict_last(self, watch: Open, checkout: Checkout) -> None:
        window = watch("two_sum", size=(10, 40))
        window.see("? explains")
        checkout.write("two_sum", WRONG)
        told = window.see("? explains").splitlines()
        assert any("WRONG_ANSWER: two_sum" in line for line in told[-3:])

    @pytest.mark.parametrize("environment, never", [
        ({"TERM": "dumb"}, "\x1b"), ({"NO_COLOR": "1"}, "\x1b[1"),
    ])
    def test_without_colour_gets_plain_lines(
        self, watch: Open, checkout: Checkout, environment: dict[str, str], never: str
    ) -> None:
        window = watch("two_sum", **environment)
        window.see(KEYS)
        checkout.write("two_sum", WRONG)
        window.see(KEYS)
        window.press("q")
        assert window.end() == 0
        assert never not in window.text

    def test_that_is_none_has_no_keys_and_ends_with_its_input(self, checkout: Checkout) -> None:
        with checkout.spawn("watch", "two_sum", stdin=subprocess.PIPE) as watching:
            assert watching.stdout and watching.stdin and watching.stderr
            first = [watching.stdout.readline() for _ in range(2)]
            assert first[1].startswith(b"two_sum: Two sum.")
            checkout.write("two_sum", WRONG)
            lines = []
            while not lines or b"not run" not in lines[-1]:
                lines.append(watching.stdout.readline())
            there = psutil.Process(watching.pid).children(recursive=True)
            watching.stdin.close()
            assert watching.wait(WAIT_S) == 0
            text = b"".join([*lines, watching.stdout.read()])
            assert b"WRONG_ANSWER: two_sum" in text and b"\x1b" not in text and b"\r" not in text
            assert watching.stderr.read() == b""
        assert left(there) == []

    def test_that_is_none_goes_on_without_input_until_it_is_told_to_end(
        self, checkout: Checkout
    ) -> None:
        with checkout.spawn("watch", "two_sum", stdin=subprocess.DEVNULL) as watching:
            assert watching.stdout
            watching.stdout.readline()
            checkout.write("two_sum", WRONG)
            while b"WRONG_ANSWER" not in watching.stdout.readline():
                assert watching.poll() is None
            watching.terminate()
            assert watching.wait(WAIT_S) == 143

    def test_hears_a_signal_that_another_thread_gets(self) -> None:
        """As when it comes just before the loop falls asleep: nothing else would wake it up."""
        program = textwrap.dedent("""
            import asyncio, signal, threading, time
            from types import SimpleNamespace
            from graders.learn import watch
            def send():
                time.sleep(0.3)
                signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
            async def main():
                told = asyncio.get_running_loop().create_future()
                with watch._signals(told.set_result, SimpleNamespace(away=False)):
                    threading.Thread(target=send).start()
                    print((await told).code)
                assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
            asyncio.run(main())
            """)
        ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True,
                             text=True, timeout=WAIT_S, check=False)
        assert (ran.stdout, ran.stderr) == ("143\n", "")


class TestTheCommand:
    def test_refuses_an_unknown_kata(self, checkout: Checkout) -> None:
        ran = checkout.run("watch", "two_sun")
        assert ran.code == 2
        assert "did you mean 'two_sum'?" in ran.err

    def test_speaks_chinese(self, watch: Open, checkout: Checkout) -> None:
        window = Window(checkout.root, "two_sum", KATA_LANG="zh")
        window.see("正在关注 1 个练习")
        window.see("q 退出")
        checkout.write("two_sum", WRONG)
        window.see("WRONG_ANSWER（答案错误）")
        window.press("q")
        assert window.end() == 0

    def test_alone_loads_what_reads_keys_and_saves(self, checkout: Checkout) -> None:
        code = ("import sys\nfrom graders import cli\ncli.run(['grade'])\n"
                "print({'watchdog', 'prompt_toolkit', 'asyncio'} & set(sys.modules))")
        done = subprocess.run([sys.executable, "-c", code], cwd=checkout.root,
                              capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "set()"
