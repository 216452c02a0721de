"""The system-call filter of the worker, as classic BPF bytes.

Default allow; what is denied answers EPERM, what the C library probes for answers ENOSYS so
that it falls back. What each entry stops is told in docs/security.md. Pure: builds bytes only.
"""

from __future__ import annotations

import os
import struct
from functools import cache

_EPERM, _ENOSYS = 1, 38
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x50000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_JUMP = 0x05
_NAMESPACE_FLAGS = 0x7E020080
_CLONE_THREAD = 0x10000

_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Calls added since 2019 have one number everywhere.
_SHARED_DENY = {"open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432,
                "pidfd_open": 434, "pidfd_getfd": 438, "mount_setattr": 442}
_SHARED_ABSENT = {"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427,
                  "clone3": 435, "memfd_secret": 447}
_DENY = {
    "x86_64": {
        "ptrace": 101, "mount": 165, "umount2": 166, "unshare": 272, "setns": 308,
        "pivot_root": 155, "chroot": 161, "shmget": 29, "shmat": 30, "shmctl": 31, "shmdt": 67,
        "semget": 64, "semop": 65, "semctl": 66, "semtimedop": 220, "msgget": 68, "msgsnd": 69,
        "msgrcv": 70, "msgctl": 71, "mq_open": 240, "add_key": 248, "request_key": 249,
        "keyctl": 250, "perf_event_open": 298, "bpf": 321, "userfaultfd": 323,
        "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "setpriority": 141,
        "sched_setparam": 142, "sched_setscheduler": 144, "sched_setaffinity": 203,
        "ioprio_set": 251, "sched_setattr": 314, "personality": 135, "acct": 163, "swapon": 167,
        "init_module": 175, "kexec_load": 246, "name_to_handle_at": 303, "open_by_handle_at": 304,
    },
    "aarch64": {
        "ptrace": 117, "mount": 40, "umount2": 39, "unshare": 97, "setns": 268, "pivot_root": 41,
        "chroot": 51, "shmget": 194, "shmctl": 195, "shmat": 196, "shmdt": 197, "semget": 190,
        "semctl": 191, "semtimedop": 192, "semop": 193, "msgget": 186, "msgctl": 187, "msgrcv": 188,
        "msgsnd": 189, "mq_open": 180, "add_key": 217, "request_key": 218, "keyctl": 219,
        "perf_event_open": 241, "bpf": 280, "userfaultfd": 282, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "setpriority": 140, "sched_setparam": 118,
        "sched_setscheduler": 119, "sched_setaffinity": 122, "ioprio_set": 30,
        "sched_setattr": 274, "personality": 92, "acct": 89, "swapon": 224, "init_module": 105,
        "kexec_load": 104, "name_to_handle_at": 264, "open_by_handle_at": 265,
    },
}
_PROCESS_CALLS = {  # denied unless the kata declares processes
    "x86_64": {"fork": 57, "vfork": 58, "execve": 59, "execveat": 322},
    "aarch64": {"execve": 221, "execveat": 281},
}
_ABSENT = {"x86_64": {"memfd_create": 319}, "aarch64": {"memfd_create": 279}}
_SOCKET = {"x86_64": 41, "aarch64": 198}
_FAMILIES = (1, 2, 10)  # unix, inet, inet6; vsock is not held back by a network namespace
_CLONE = {"x86_64": 56, "aarch64": 220}
_PRLIMIT = {"x86_64": 302, "aarch64": 261}


def supported(machine: str = "") -> bool:
    """Whether the filter knows this processor's call numbers."""
    return (machine or os.uname().machine) in _AUDIT


@cache
def program(processes: bool, machine: str = "", *, threads: bool = True) -> bytes:
    """Return the filter; `processes` allows fork and exec (a kata about processes).

    `threads` allows threads: where namespaces are missing no limit counts those of a worker.
    The numbers are found by halving: at each installation the kernel walks the program once for
    every call there is, and a worker is locked down for every test.
    """
    machine = machine or os.uname().machine
    denied = {**_DENY[machine], **_SHARED_DENY}
    if not processes:
        denied |= _PROCESS_CALLS[machine]
    answers = {number: _errno(_EPERM) for number in denied.values()}
    answers |= {number: _errno(_ENOSYS)
                for number in {**_ABSENT[machine], **_SHARED_ABSENT}.values()}
    answers[_CLONE[machine]] = _clone(processes) if threads or processes else _errno(_EPERM)
    answers[_PRLIMIT[machine]] = _prlimit()
    answers[_SOCKET[machine]] = _socket()
    head = [_put(_LOAD, 4), _put(_EQUAL, _AUDIT[machine], 1, 0),
            _put(_RETURN, _KILL),  # another architecture's table
            _put(_LOAD, 0)]
    if machine == "x86_64":
        head += [_put(_AT_LEAST, 0x40000000, 0, 1), _put(_RETURN, _ERRNO | _ENOSYS)]  # x32 table
    return b"".join(head + _tree(sorted(answers.items())))


def _put(operation: int, operand: int, true: int = 0, false: int = 0) -> bytes:
    return struct.pack("HBBI", operation, true, false, operand)


def _errno(number: int) -> list[bytes]:
    return [_put(_RETURN, _ERRNO | number)]


def _tree(answers: list[tuple[int, list[bytes]]]) -> list[bytes]:
    """Return code that finds the loaded number among sorted `answers`; any other is allowed."""
    if len(answers) <= 3:
        code: list[bytes] = []
        for number, answer in answers:
            code += [_put(_EQUAL, number, 0, len(answer)), *answer]
        return [*code, _put(_RETURN, _ALLOW)]
    middle = len(answers) // 2
    below, above = _tree(answers[:middle]), _tree(answers[middle:])
    # A conditional jump reaches 255 instructions; the unconditional one reaches all.
    return [_put(_AT_LEAST, answers[middle][0], 0, 1), _put(_JUMP, len(below)), *below, *above]


def _clone(processes: bool) -> list[bytes]:
    """Threads only (unless processes), never with a namespace flag."""
    return [_put(_LOAD, 16), _put(_ANY_BIT, _NAMESPACE_FLAGS, 2, 0),
            _put(_ANY_BIT, 0 if processes else _CLONE_THREAD, 0, 0 if processes else 1),
            _put(_RETURN, _ALLOW), _put(_RETURN, _ERRNO | _EPERM)]


def _prlimit() -> list[bytes]:
    """Only on itself, or a worker would strangle Init, which has its uid."""
    return [_put(_LOAD, 16), _put(_EQUAL, 0, 1, 0), _put(_RETURN, _ERRNO | _EPERM),
            _put(_RETURN, _ALLOW)]


def _socket() -> list[bytes]:
    """Only the families that a network namespace holds back."""
    tests = [_put(_EQUAL, family, left, 0) for left, family in
             zip(range(len(_FAMILIES), 0, -1), _FAMILIES, strict=True)]
    return [_put(_LOAD, 16), *tests, _put(_RETURN, _ERRNO | _EPERM), _put(_RETURN, _ALLOW)]
