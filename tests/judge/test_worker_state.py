"""What a worker and its judge child look like from within: read once, by one submission."""

from __future__ import annotations

import ast
import os
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graders.judge import sandbox, user
from graders.judge.judge import Judge
from graders.model import Status

from .conftest import Lab

CANARY = f"canary{secrets.token_hex(8)}"
RDONLY, NOSUID, NODEV = 1, 2, 4
MIB = 1 << 20
SUITE = """
import ctypes, os, resource
def test_it():
    found = solve()
    found["judge child"] = {
        "dumpable": ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
        "core": resource.getrlimit(resource.RLIMIT_CORE),
    }
    with open(PLACE, "w") as file:
        file.write(repr(found))
"""
SUBMISSION = """
import ctypes, os, random, resource, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
LIMITS = {"AS": 9, "FSIZE": 1, "NOFILE": 7, "CORE": 4, "CPU": 0, "MEMLOCK": 8, "MSGQUEUE": 12,
          "NPROC": 6}
def is_open(number):
    try: os.fstat(number)
    except OSError: return False
    return True
def failure(act):
    try: act()
    except OSError as error: return error.errno
    return 0
def room(folder):
    "MiB that fit a folder, in files of one"
    for count in range(200):
        try:
            with open(f"{folder}/{count}", "wb", 0) as file:
                if file.write(bytes(1 << 20)) < 1 << 20: break
        except OSError: break
    for each in os.listdir(folder):
        if each.isdigit(): os.remove(f"{folder}/{each}")
    return count
def listed(folder):
    return os.listdir(folder) if os.path.isdir(folder) else []
def loop():
    # By UDP: TCP is refused by Landlock as well, and would hide a loopback that is up.
    with socket.socket(type=socket.SOCK_DGRAM) as server, socket.socket(
            type=socket.SOCK_DGRAM) as client:
        server.bind(("127.0.0.1", 0))
        client.sendto(b"x", server.getsockname())
def solve():
    os.symlink("/box/work", "/box/link")
    found = {
        "bounding set": [each for each in range(64) if libc.prctl(23, each, 0, 0, 0) == 1],
        "secure bits": libc.prctl(27, 0, 0, 0, 0),
        "dumpable": libc.prctl(3, 0, 0, 0, 0),
        "leads its session": os.getsid(0) == os.getpid(),
        "open": [each for each in range(1024) if is_open(each)],
        "input": os.read(0, 10),
        "limits": {name: resource.getrlimit(number) for name, number in LIMITS.items()},
        "mounts": {name: os.statvfs(path).f_flag for name, path in (
            ("root", "/"), ("library", os.path.dirname(os.__file__)), ("box", "/box"),
            ("work", "/box/work"))},
        "link": failure(lambda: os.listdir("/box/link")),
        "folder beside the box": failure(lambda: os.mkdir("/beside")),
        "users": [*os.getresuid(), *os.getresgid()],
        "groups": os.getgroups(),
        "hash": hash("kata"),
        "random": random.random(),
        "environment": dict(os.environ),
        "loopback": failure(loop),
        "box": room("/box"), "work": room("/box/work"),
        "packages": [each for kind in ("site", "dist")
                     for each in listed(f"{os.path.dirname(os.__file__)}/{kind}-packages")],
        "machine": os.path.exists("/proc/self"),
    }
    return found
"""


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Everything that the submission above says of itself."""
    folder = tmp_path_factory.mktemp("state")
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KATA_CANARY", CANARY)
        with Judge(folder, jobs=1, use_cache=False, store=folder / "store") as judge:
            lab = Lab(judge, folder)
            lab.kata = replace(lab.kata, threads=2, limits=replace(lab.kata.limits, test_cpu_s=3))
            place = folder / "found"
            row = lab.one(f"PLACE = {str(place)!r}\n{SUITE}", SUBMISSION)
            assert row.status is Status.PASSED, row
    yield ast.literal_eval(place.read_text())


def test_no_capability_can_come_back(state: dict[str, Any]) -> None:
    """By exec of a file that has some, by a change of user, by a flag that nobody locked."""
    assert state["bounding set"] == []
    assert state["secure bits"] == 0b101111


def test_no_other_process_may_look_into_a_worker_or_judge_child(state: dict[str, Any]) -> None:
    assert state["dumpable"] == 0
    assert state["judge child"]["dumpable"] == 0


def test_a_worker_has_no_terminal_and_nothing_to_read(state: dict[str, Any]) -> None:
    assert state["leads its session"]
    assert state["input"] == b""


def test_no_descriptor_of_ours_is_left_in_a_worker(state: dict[str, Any]) -> None:
    """Input, output, errors, and the channel by which it is called."""
    assert state["open"] == [0, 1, 2, 3]


def test_no_new_privileges_also_where_the_filter_is_missing(lab: Lab) -> None:
    """The filter could not be installed without; alone it makes exec harmless."""
    row = lab.one("def test_it():\n    assert solve() == 1",
                  "import ctypes\ndef solve(): return ctypes.CDLL(None).prctl(39, 0, 0, 0, 0)",
                  layers_off=("seccomp",))
    assert row.status is Status.PASSED, row


@pytest.mark.parametrize(("name", "limit"), [
    ("AS", (128 + sandbox.ADDRESS_SPACE_EXTRA_MIB) * MIB), ("FSIZE", 64 * MIB), ("NOFILE", 64),
    ("CORE", 1), ("CPU", 12), ("MEMLOCK", 0), ("MSGQUEUE", 0), ("NPROC", 5)])
def test_a_worker_has_limits_that_it_cannot_raise(
    state: dict[str, Any], name: str, limit: int
) -> None:
    soft, hard = state["limits"][name]
    if name == "CPU":  # in seconds of this machine
        assert 3 <= soft <= 100 and soft == hard
    else:
        assert (soft, hard) == (limit, limit)


@pytest.mark.parametrize(("place", "flags"), [
    ("root", RDONLY | NOSUID | NODEV), ("library", RDONLY | NOSUID | NODEV),
    ("box", NOSUID | NODEV), ("work", NOSUID | NODEV)])
def test_what_is_mounted_cannot_be_used_to_gain_anything(
    state: dict[str, Any], place: str, flags: int
) -> None:
    assert state["mounts"][place] & flags == flags


def test_nothing_can_be_made_beside_the_box(state: dict[str, Any]) -> None:
    assert state["folder beside the box"] == 30  # a read-only file system


def test_links_in_the_box_lead_nowhere(state: dict[str, Any]) -> None:
    assert state["link"] == 40


def test_the_box_has_little_room(state: dict[str, Any]) -> None:
    assert state["box"] <= sandbox.BOX_MIB
    assert state["work"] <= sandbox.WORK_MIB
    assert min(state["box"], state["work"]) > 8


def test_a_worker_is_nobody(state: dict[str, Any]) -> None:
    nobody = user.NOBODY if os.geteuid() == 0 else os.geteuid()
    assert set(state["users"]) == {nobody}
    assert 0 not in state["groups"]


def test_a_worker_behaves_alike_in_every_run(state: dict[str, Any]) -> None:
    """The order of its sets and what it draws are fixed, and come from nothing secret."""
    told = subprocess.run([sys.executable, "-c", "print(hash('kata'))"], check=True,
                          env={"PYTHONHASHSEED": "0"}, capture_output=True, text=True)
    assert state["hash"] == int(told.stdout)
    assert state["random"] == random.Random(0).random()


def test_nothing_of_our_environment_reaches_a_worker(state: dict[str, Any]) -> None:
    assert CANARY not in str(state["environment"])
    assert not {"USER", "LOGNAME", "SHELL", "PATH_INFO"} & set(state["environment"])
    assert state["environment"]["HOME"] == sandbox.BOX


def test_without_leave_there_is_not_even_a_loopback(state: dict[str, Any]) -> None:
    assert state["loopback"] != 0


def test_no_installed_package_is_there(state: dict[str, Any]) -> None:
    assert state["packages"] == []


def test_a_worker_sees_no_process(state: dict[str, Any]) -> None:
    assert state["machine"] is False


def test_a_judge_child_has_a_limit_of_memory_and_leaves_no_core(state: dict[str, Any]) -> None:
    assert 0 < state["judge child"]["memory"] < 16 << 30
    assert state["judge child"]["core"] == (1, 1)


def test_a_suite_leaves_its_compiled_form_in_the_store_only(lab: Lab) -> None:
    assert lab.one("def test_it():\n    assert solve(1) == 1", "").status is Status.PASSED
    assert not list(Path(lab.folder).rglob("*.pyc"))
