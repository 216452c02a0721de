"""Judge children share one collected suite, and nothing that a submission did."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graders.judge.engines import ForkEngine
from graders.judge.judge import Judge
from graders.judge.templates import KEPT
from graders.model import Status
from tests.judge.conftest import Lab

SUITE = "from labkata import *\ndef test_it():\n    assert solve() == 7"
RIGHT = "def solve(): return 7"


@pytest.fixture
def own(tmp_path: Path, lab: Lab) -> Lab:
    """A laboratory on an engine that nobody used before, one job at a time."""
    with Judge(tmp_path, jobs=1, use_cache=False, store=lab.judge.store) as judge:
        own = Lab(judge, tmp_path)
        yield own


def templates(lab: Lab) -> list[int]:
    engine = lab.judge.engine
    assert isinstance(engine, ForkEngine)
    return [each.pid for each in psutil.Process(engine.pid).children()
            if each.pid != engine.nursery and each.status() != psutil.STATUS_ZOMBIE]


class TestOneTemplate:
    def test_serves_all_submissions_of_a_suite(self, own: Lab) -> None:
        assert own.run(SUITE, RIGHT).accepted
        first = templates(own)
        assert len(first) == 1
        assert own.run(SUITE, "def solve(): return 8").tests[0].failure.got == "8"
        assert own.run(SUITE, RIGHT).accepted
        assert templates(own) == first

    def test_is_made_anew_when_the_suite_changes(self, own: Lab) -> None:
        assert own.run(SUITE, RIGHT).accepted
        first = templates(own)
        assert not own.run(SUITE.replace("7", "8"), RIGHT).accepted
        assert own.run(SUITE, RIGHT).accepted
        assert templates(own)[:1] == first

    def test_is_made_anew_when_a_file_beside_the_suite_changes(self, own: Lab) -> None:
        text = ("from pathlib import Path\nfrom labkata import *\n"
                "WANTED = int(Path(__file__).with_name('wanted').read_text())\n"
                "def test_it():\n    assert solve() == WANTED")
        (own.folder / "wanted").write_text("7")
        assert own.run(text, RIGHT).accepted
        (own.folder / "wanted").write_text("107")
        assert not own.run(text, RIGHT).accepted

    def test_starts_every_submission_from_the_same_state(self, own: Lab) -> None:
        text = ("from labkata import *\nSEEN = []\n"
                "def test_it():\n    SEEN.append(solve())\n    assert SEEN == [7]")
        for _ in range(3):
            assert own.run(text, RIGHT).accepted

    def test_is_given_up_for_another_limit(self, own: Lab) -> None:
        assert own.run(SUITE, RIGHT).accepted
        own.kata = replace(own.kata, limits=replace(own.kata.limits, test_cpu_s=0.77))
        report = own.run(SUITE, RIGHT)
        assert report.accepted
        assert len(templates(own)) == 2

    def test_killed_while_idle_is_noticed(self, own: Lab) -> None:
        assert own.run(SUITE, RIGHT).accepted
        os.kill(templates(own)[0], signal.SIGKILL)
        assert own.run(SUITE, RIGHT).accepted

    def test_is_ended_when_many_others_were_used_since(self, own: Lab) -> None:
        for number in range(KEPT + 2):
            assert own.run(f"{SUITE}  # {number}", RIGHT).accepted
        assert len(templates(own)) == KEPT


class TestSuitesThatCannotBeShared:
    @pytest.mark.parametrize("at_import", [
        "import threading as t\nt.Thread(target=t.Event().wait, args=(9,), daemon=True).start()",
        "import socket\nHELD = socket.socket()",
    ])
    def test_are_collected_by_every_judge_child(self, own: Lab, at_import: str) -> None:
        for _ in range(2):
            assert own.run(f"{at_import}\n{SUITE}", RIGHT).accepted
            assert templates(own) == []

    def test_one_that_cannot_be_collected_is_a_fault_that_says_why(self, own: Lab) -> None:
        report = own.run("import nowhere_to_be_found", RIGHT)
        assert "nowhere_to_be_found" in report.message

    def test_one_that_calls_the_learner_while_it_is_collected_says_so(self, own: Lab) -> None:
        report = own.run("from labkata import *\nsolve()\ndef test_it(): pass", RIGHT)
        assert "inside a test only" in report.message

    def test_one_with_a_network_gets_its_own_namespace_first(self, own: Lab) -> None:
        own.kata = replace(own.kata, network=True)
        report = own.run(SUITE, RIGHT)
        assert report.tests[0].status is Status.PASSED
        assert templates(own) == []
