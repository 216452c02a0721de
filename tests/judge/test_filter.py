"""The system-call filter, run by hand: what it answers for each call, on each processor.

The table here is written anew from the kernel's own lists, not taken from seccomp.py. That the
kernel reads the program the same way is shown by test_sandbox.
"""

from __future__ import annotations

import struct
from functools import cache

import pytest

from graders.judge import seccomp

ALLOW, EPERM, ENOSYS, KILL = 0x7FFF0000, 0x50001, 0x50026, 0x80000000
AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# name: (number on x86_64, number on aarch64); None: it has no such call
REFUSED = {
    "ptrace": (101, 117), "mount": (165, 40), "umount2": (166, 39), "unshare": (272, 97),
    "setns": (308, 268), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "mount_setattr": (442, 442), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
    "semget": (64, 190), "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "mq_open": (240, 180), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "perf_event_open": (298, 241), "bpf": (321, 280), "userfaultfd": (323, 282),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122), "sched_setattr": (314, 274), "personality": (135, 92),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
}
PROCESSES = {"fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281)}
ABSENT = {
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "clone3": (435, 435), "memfd_create": (319, 279), "memfd_secret": (447, 447),
}
ALLOWED = {"read": (0, 63), "write": (1, 64), "mmap": (9, 222), "futex": (202, 98),
           "getrandom": (318, 278), "rseq": (334, 293), "openat": (257, 56)}
CLONE, PRLIMIT, SOCKET = (56, 220), (302, 261), (41, 198)
MACHINES = pytest.mark.parametrize("machine", ["x86_64", "aarch64"])


@cache
def program(machine: str, processes: bool,
            threads: bool = True) -> list[tuple[int, int, int, int]]:
    code = seccomp.program(processes, machine, threads=threads)
    return list(struct.iter_unpack("HBBI", code))


def answer(machine: str, number: int, *arguments: int, processes: bool = False,
           threads: bool = True, audit: int = 0) -> int:
    """Return what the filter says to one call, following its instructions one by one."""
    words = [number, audit or AUDIT[machine], 0, 0]
    for each in (*arguments, *[0] * 6)[:6]:
        words += [each & 0xFFFFFFFF, each >> 32]
    code, at, loaded = program(machine, processes, threads), 0, 0
    while True:
        operation, true, false, operand = code[at]
        at += 1
        match operation:
            case 0x20:
                loaded = words[operand // 4]
            case 0x05:
                at += operand
            case 0x06:
                return operand
            case 0x15:
                at += true if loaded == operand else false
            case 0x35:
                at += true if loaded >= operand else false
            case 0x45:
                at += true if loaded & operand else false
            case _:
                raise AssertionError(f"an instruction nobody wrote: {operation:#x}")


def numbers(table: dict[str, tuple[int | None, int | None]], machine: str) -> dict[str, int]:
    place = 0 if machine == "x86_64" else 1
    return {name: each[place] for name, each in table.items()  # type: ignore[misc]
            if each[place] is not None}


@MACHINES
@pytest.mark.parametrize("processes", [False, True])
@pytest.mark.parametrize("name", REFUSED)
def test_refuses(machine: str, processes: bool, name: str) -> None:
    number = numbers(REFUSED, machine)[name]
    assert answer(machine, number, processes=processes) == EPERM


@MACHINES
def test_refuses_processes_except_to_a_kata_about_them(machine: str) -> None:
    for name, number in numbers(PROCESSES, machine).items():
        assert answer(machine, number) == EPERM, name
        assert answer(machine, number, processes=True) == ALLOW, name


@MACHINES
@pytest.mark.parametrize("name", ABSENT)
def test_lets_the_c_library_fall_back_from(machine: str, name: str) -> None:
    assert answer(machine, numbers(ABSENT, machine)[name]) == ENOSYS


@MACHINES
def test_allows_what_every_program_needs(machine: str) -> None:
    for name, number in numbers(ALLOWED, machine).items():
        assert answer(machine, number) == ALLOW, name


@MACHINES
def test_allows_threads_but_no_process_and_no_namespace(machine: str) -> None:
    clone, thread, process = CLONE[machine != "x86_64"], 0x3D0F00, 17
    assert answer(machine, clone, thread) == ALLOW
    assert answer(machine, clone, process) == EPERM
    assert answer(machine, clone, process, processes=True) == ALLOW
    for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000,
                 0x40000000):  # time, mount, cgroup, uts, ipc, user, pid, net
        for base in (thread, process):
            assert answer(machine, clone, base | flag) == EPERM, hex(flag)
            assert answer(machine, clone, base | flag, processes=True) == EPERM, hex(flag)


@MACHINES
def test_refuses_threads_to_a_kata_that_declares_none(machine: str) -> None:
    """Without namespaces no limit counts them: work in one that outlives a timed call is hidden."""
    clone, thread, process = CLONE[machine != "x86_64"], 0x3D0F00, 17
    assert answer(machine, clone, thread, threads=False) == EPERM
    assert answer(machine, clone, process, threads=False) == EPERM
    assert answer(machine, clone, process, threads=False, processes=True) == ALLOW


@MACHINES
def test_limits_are_changed_of_oneself_only(machine: str) -> None:
    """Init has the worker's user and keeps its power over the namespace."""
    prlimit = PRLIMIT[machine != "x86_64"]
    assert answer(machine, prlimit, 0) == ALLOW
    for pid in (1, 2, 0xFFFFFFFF):
        assert answer(machine, prlimit, pid) == EPERM


@MACHINES
def test_only_sockets_that_a_network_namespace_holds_back(machine: str) -> None:
    """Unix, IPv4 and IPv6; not netlink, packet, bluetooth, algorithms or virtual machines."""
    socket = SOCKET[machine != "x86_64"]
    assert {family for family in range(50)
            if answer(machine, socket, family) == ALLOW} == {1, 2, 10}


@MACHINES
def test_another_processors_table_is_the_end(machine: str) -> None:
    for other in (0x40000003, 0x40000028, 0xC000003E, 0xC00000B7):  # i386, arm, the two
        if other != AUDIT[machine]:
            assert answer(machine, 1, audit=other) == KILL


def test_the_x32_table_is_absent() -> None:
    for number in (0, 59, 39, 101):
        assert answer("x86_64", 0x40000000 | number) == ENOSYS
