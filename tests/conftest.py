"""Leaves out, on systems without the full sandbox, the tests that are about it, and says so."""

from __future__ import annotations

import os
import sys

import pytest

from tests.services import real_servers

for size in ("COLUMNS", "LINES"):  # a shell's, or of xdist: the tests' terminals have their own
    os.environ.pop(size, None)

LINUX_ONLY = [
    "attacks", "faults", "fuzz", "judge", "removals",
    "test_benchmarks.py", "test_katas.py", "test_mutate.py", "test_verify.py",
    *(f"cohort/test_{name}.py" for name in (
        "collect", "grade", "late", "export", "deliver", "similarity", "viva", "marks_commands")),
]
# Single tests of other files: why they are skipped, and which.
NEED_LINUX = {
    "the full sandbox is Linux's": (
        "cli/test_judge_command.py::TestTheHiddenSuite",
        "cli/test_maintainer.py::TestVerify",
        "kit/test_files.py::test_under_the_judge_files_go_through_its_descriptor",
    ),
}
NEED_POSIX = {
    "links and pipes in the file system, which Windows has not or not for everyone": (
        "cli/test_grade.py::TestAModuleThatCannotBeRead::test_is_a_compile_error_when_it_is_a_link",
        "cli/test_grade.py::TestAModuleThatCannotBeRead::test_is_a_compile_error_when_it_is_a_pipe",
        "cli/test_judge_command.py::test_a_link_is_a_compile_error",
        "cli/test_progress.py::TestAKata::test_is_attempted_when_its_module_is_something_else",
        "kit/test_files.py::test_what_is_no_regular_file_is_refused_without_waiting",
    ),
    "locks by flock: of two writers at a time the last one wins on Windows": (
        "cli/test_memory.py::test_the_file_says_its_format_and_git_leaves_it_out",
        "cli/test_memory.py::test_a_full_disk_leaves_the_old_file",
        "cli/test_memory.py::test_what_a_killed_writer_left_goes_with_the_next_one",
        "cli/test_memory.py::test_writers_at_the_same_time_lose_nothing",
        "test_scratch.py::test_what_a_killed_run_left_goes_when_the_last_of_its_processes_is_gone",
    ),
    "a terminal of its own": (
        "cli/test_answer.py::TestALongText::test_goes_through_a_pager_on_a_terminal",
    ),
    "a fine clock of CPU time: on Windows growth is told and fails nothing": (
        "kit/test_measure.py::test_a_quadratic_function_fails_where_linear_is_asked",
        "kit/test_measure.py::test_the_same_function_passes_where_quadratic_is_allowed",
        "kit/test_measure.py::test_work_kept_from_call_to_call_does_not_help",
        "kit/test_measure.py::test_larger_inputs_that_take_no_longer_are_unstable",
        "kit/test_measure.py::test_a_hopeless_size_is_not_tried",
        "kit/test_measure.py::test_of_a_class_the_operations_are_timed",
        "kit/test_measure.py::test_growth_by_wall_time_tells_and_fails_nothing",
    ),
}
collect_ignore = [] if sys.platform == "linux" else LINUX_ONLY


def pytest_report_header() -> list[str]:
    lanes = [f"real servers: {real_servers.told()}"]
    if not collect_ignore:
        return lanes
    left_out = ", ".join(LINUX_ONLY)
    return [*lanes, f"left out on {sys.platform} (the full sandbox is Linux's): {left_out}"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the single tests that need what this system has not."""
    lacking = ({} if sys.platform == "linux" else NEED_LINUX) | (
        NEED_POSIX if sys.platform == "win32" else {})
    for item in items:
        for reason, names in lacking.items():
            if item.nodeid.partition("[")[0].removeprefix("tests/").startswith(names):
                item.add_marker(pytest.mark.skip(reason=f"{sys.platform}: {reason}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have to say beside having passed: `record_property("said", line)`."""
    for each in terminalreporter.getreports("passed"):
        for name, line in each.user_properties:
            if name == "said":
                terminalreporter.write_line(str(line))
