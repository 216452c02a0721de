"""Workers made by Init in its namespaces: nursery, joiner, Init, worker (nursery.py)."""

from __future__ import annotations

import json
import math
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from graders.errors import JudgeError
from graders.judge import kernel, user
from graders.judge.clean import clean
from graders.judge.facts import Fact
from graders.judge.nursery import OPTIONS_CODEC
from graders.judge.records import Exit
from graders.judge.sandbox import Options
from graders.model import Status
from graders.phrases import phrase

_CREDENTIALS = struct.Struct("iII")
_TICKS = os.sysconf("SC_CLK_TCK")  # a second, in what /proc tells
_READY_S = 20.0  # Init does nothing slow; a machine this stuck is a fault of the judge


class TreeRunner:
    """Workers made by Init in its namespaces."""

    def __init__(self, requests: socket.socket, options: Options) -> None:
        self.options, self.fine_clock = options, True
        self.channel = socket.socket()
        self._worker = self._clerk = self._output = self._answer = self._work = -1
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self.control.settimeout(_READY_S)
        pidfd = os.pidfd_open(os.getpid())
        socket.send_fds(requests, [OPTIONS_CODEC.dumps(dict(options))], [pidfd, theirs.fileno()])
        theirs.close()
        os.close(pidfd)
        text, self.init = self._receive(self.control)
        if text != b"R":
            why = text[1:].decode(errors="replace") or phrase("the nursery is gone")
            raise JudgeError(phrase(
                "sandbox: could not be entered ({why}); run `python3 -m graders judge --help` for "
                "the engines that need less", why=why))
        self.control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)

    @staticmethod
    def _receive(peer: socket.socket) -> tuple[bytes, int]:
        """Return a message and its sender's pid in our namespace, as the kernel tells it."""
        try:
            data, ancillary, _, _ = peer.recvmsg(512, socket.CMSG_SPACE(_CREDENTIALS.size))
        except OSError as error:
            return b"!" + str(error).encode(), 0
        pid = _CREDENTIALS.unpack(ancillary[0][2])[0] if ancillary else 0
        return data, pid

    def start(self) -> None:
        """Start a worker. Raises Fact(JUDGE_ERROR) when Init is gone."""
        self.drop_output()
        self._output = os.memfd_create("output")
        self.channel, self._worker = self._started(b"S", [self._output, *self._more_files()])

    def start_clerk(self) -> socket.socket | None:
        """Start a clerk. Raises Fact(JUDGE_ERROR) when Init is gone."""
        output = os.memfd_create("clerk")
        try:
            line, self._clerk = self._started(b"C", [output])
        finally:
            os.close(output)
        return line

    def _started(self, order: bytes, files: list[int]) -> tuple[socket.socket, int]:
        """Have Init start a process; return the line to it and its pid, once it is locked down."""
        channel, theirs = socket.socketpair()
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        channel.settimeout(_READY_S)
        try:
            socket.send_fds(self.control, [order], [theirs.fileno(), *files])
        except OSError as error:
            raise Fact(Status.JUDGE_ERROR, phrase("Init is gone ({error})", error=error)) from error
        finally:
            theirs.close()
        hello, pid = _receive_byte(channel)
        if hello != b"!":
            raise Fact(Status.JUDGE_ERROR, phrase(
                "a worker died while locking itself down: {text}",
                text=self.output(300)[1].strip() or phrase("no message")))
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
        channel.setblocking(False)
        return channel, pid

    def _more_files(self) -> list[int]:
        """Return what the new process gets besides its channel and its output."""
        if self.options["program"]:
            self._answer = os.memfd_create("answer")
            return [self._answer]
        return []

    def cpu_s(self) -> float:
        """Return the worker's CPU seconds; the whole tree's where processes are allowed."""
        try:
            if self.options["processes"]:
                return self._tree_cpu_s()
            return kernel.cpu_clock(self._worker)
        except OSError as error:  # Init reaps only on our order: it died
            raise Fact(Status.JUDGE_ERROR,
                       phrase("lost the worker's clock ({error})", error=error)) from error

    def _tree_cpu_s(self) -> float:
        """Return what Init, the worker and all below it have used, what they have reaped included.

        From the top down: a child that is reaped meanwhile is missed this once, never counted
        twice. What Init has reaped are the workers before this one.
        """
        total_s = 0.0
        for pid in _descendants(self.init):
            if pid == self._clerk:
                continue
            try:
                total_s += (0.0 if pid == self.init else _reaped_s(pid)) + kernel.cpu_clock(pid)
            except OSError:
                if pid in (self.init, self._worker):
                    raise
        return total_s

    def clerk_s(self) -> float:
        """Return the clerk's CPU seconds; 0 for one that is gone."""
        try:
            return kernel.cpu_clock(self._clerk)
        except OSError:
            return 0.0

    def queued_s(self) -> float:
        """Return the time its threads waited on a run queue, together.

        Threads of Python hand one lock round: each waits for its own turn on a busy machine, and
        none of them long. More than the time that passed only means that nothing was blocked.
        """
        below = _descendants(self._worker) if self.options["processes"] else [self._worker]
        return sum(_waited_ns(pid) for pid in below) / 1e9

    def held(self) -> bool:
        """Whether a signal has stopped it."""
        return self._state() in ("T", "t")

    def ended(self) -> bool:
        """Whether it is over: Init reaps it only on our order."""
        return self._state() in ("Z", "X", "")

    def _state(self) -> str:
        try:
            with open(f"/proc/{self._worker}/stat") as line:
                return line.read().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            return ""

    def finish(self, keep_box: bool) -> Exit:
        """Have Init kill and reap everything. Raises Fact(JUDGE_ERROR) if Init is silent."""
        self.channel.close()  # what is in flight on it would keep the box busy
        self._clerk = -1
        try:
            self.control.send(b"X" if keep_box else b"K")
            answer = self.control.recv(512)
        except OSError as error:
            raise Fact(Status.JUDGE_ERROR,
                       phrase("Init does not answer ({error})", error=error)) from error
        return told(answer)

    def output(self, tail: int) -> tuple[int, str]:
        """Return the size and the tail of what was printed."""
        if self._output < 0:
            return 0, ""
        size, data = _read(self._output, tail, from_end=True)
        return size, data.decode("utf-8", "replace")

    def answer(self, most: int) -> tuple[int, bytes]:
        """Return the size of a program's standard output, and at most `most` bytes of it."""
        return _read(self._answer, most, from_end=False)

    def drop_output(self) -> None:
        """Close the output files of the last worker."""
        for each in (self._output, self._answer):
            if each >= 0:
                os.close(each)
        self._output = self._answer = -1

    def status(self) -> dict[str, Any]:
        """Return pid, threads, children, peak_mib from the host's /proc."""
        with open(f"/proc/{self._worker}/status") as lines:
            held = dict(line.rstrip("\n").split(":", 1) for line in lines if ":" in line)
        return {"pid": self._worker, "threads": int(held["Threads"]),
                "children": max(0, len(set(_descendants(self.init)) - {self._clerk}) - 2),
                "peak_mib": int(held.get("VmHWM", "0 kB").split()[0]) / 1024}

    def workdir(self) -> tuple[str, int]:
        """Ask Init for a descriptor of the work directory."""
        self.control.send(b"D")
        message, descriptors, _, _ = socket.recv_fds(self.control, 256, 1)
        if message[:1] == b"!":
            raise OSError(message[1:].decode(errors="replace"))
        if message != b"D" or not descriptors:
            raise Fact(Status.JUDGE_ERROR, phrase("no work directory"))
        self._work = descriptors[0]
        return f"{self.options['box']}/work", self._work

    def close_workdir(self) -> None:
        """Close it, so that the box can be unmounted."""
        if self._work >= 0:
            os.close(self._work)
            self._work = -1

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Use the worker's file-system ids: the box belongs to a namespace that maps no other.

        Without it root gets EOVERFLOW for every file it would make there.
        """
        if not user.is_root():
            yield
            return
        kernel.set_file_ids(user.NOBODY, user.NOBODY)
        try:
            yield
        finally:
            kernel.set_file_ids(0, 0)


def _receive_byte(channel: socket.socket) -> tuple[bytes, int]:
    try:
        data, ancillary, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(_CREDENTIALS.size))
    except OSError:
        return b"", 0
    return data, _CREDENTIALS.unpack(ancillary[0][2])[0] if ancillary else 0


def _read(descriptor: int, most: int, from_end: bool) -> tuple[int, bytes]:
    """Return how much a file holds or has held, and at most `most` bytes of its begin or end."""
    held = os.fstat(descriptor)
    size = held.st_size
    data = os.pread(descriptor, most, max(0, size - most) if from_end else 0)
    return max(size, held.st_blocks * 512), data


def told(answer: bytes) -> Exit:
    """Return Init's account of a worker. Raises Fact(JUDGE_ERROR) where it is none."""
    try:
        held = json.loads(answer)
        cpu_s, peak_kib, status = held["cpu_s"], held["peak_kib"], held["status"]
        if type(cpu_s) is float and type(peak_kib) is int and type(status) is int \
                and 0 <= cpu_s < math.inf and 0 <= peak_kib < 1 << 40 and 0 <= status < 1 << 16:
            return Exit(cpu_s, peak_kib / 1024,
                        os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                        os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0)
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    said = clean(answer.decode(errors="replace").lstrip("!")).replace("\n", " ")
    raise Fact(Status.JUDGE_ERROR, phrase("Init failed ({why})", why=said or phrase("it is gone")))


def _reaped_s(pid: int) -> float:
    """Return the CPU seconds of the children that a process has waited for, theirs included."""
    with open(f"/proc/{pid}/stat") as line:
        fields = line.read().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / _TICKS


def _waited_ns(pid: int) -> int:
    """Return what the threads of `pid` have waited; of one that ends meanwhile, what is known."""
    waited_ns = 0
    folder = f"/proc/{pid}/task"
    try:
        for task in os.listdir(folder):
            with open(f"{folder}/{task}/schedstat") as line:
                waited_ns += int(line.read().split()[1])
    except (OSError, IndexError, ValueError):
        return waited_ns
    return waited_ns


def _descendants(pid: int) -> list[int]:
    """Return `pid` and everything below it, from /proc."""
    found, queue = [], [pid]
    while queue:
        each = queue.pop()
        found.append(each)
        try:
            with open(f"/proc/{each}/task/{each}/children") as children:
                queue += [int(child) for child in children.read().split()]
        except OSError:
            continue  # it ended meanwhile
    return found
