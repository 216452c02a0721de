"""The processes between the judge child and the worker: nursery, joiner, Init.

The nursery is exec'd, so it has never held a suite, a solution, a seed or a roster. It imports
only the wire, the kit's worker half and a little of the standard library. For katas with services
two more of its kind are started: one that also holds the client libraries, and one that holds
the servers and makes services instead of workers.

    request  (seqpacket, engine's judge children -> nursery)  options · [pidfd, control, mapped]
    control  (seqpacket, judge child <-> Init)
        S + [socket, output]  start a worker on that socket     K  kill, reap, clean; answer rusage
          (+ [answer])        for a program, its standard output
          (+ [events, listener])  for a service
        D  send a descriptor of the work directory              X  like K but keep the box (crash)
        C + [socket, output]  start a clerk: a process like a worker that never loads a module

Init is pid 1 of the submission, never runs learner code and exits when control closes; the
kernel then kills the namespace. Without namespaces it is the worker's parent and a subreaper.
"""

from __future__ import annotations

if __name__ == "__main__":  # not where tests or the judge child import this module
    from graders.judge import at_fork  # noqa: F401

import importlib
import json
import os
import signal
import socket
import sys
from typing import Any, cast

from graders import removal
from graders.judge import (  # noqa: F401 - Init reads no file
    kernel,
    landlock,
    practice,
    processors,
    sandbox,
    user,
    worker,
)
from graders.judge.sandbox import Options
from graders.judge.wire import Codec, ProtocolError

_NAMESPACED = "namespaces"


def refuse_reference(kind: str, payload: object) -> object:
    """Options are plain data; a reference among them is a fault."""
    raise ProtocolError(f"unexpected reference {kind}")


OPTIONS_CODEC = Codec(lambda value: None, refuse_reference)


def main(descriptor: int, parent: int, servers: list[str], libraries: list[str],
         real: list[str]) -> None:
    """Serve one request per submission until the engine closes its end.

    `servers` are kinds of services to make instead of workers, those in front of real servers
    where `real` is not empty; `libraries` are modules that the workers of a kata with services
    find loaded.
    """
    kernel.die_with_parent(parent)
    os.environ.pop("LD_BIND_NOW", None)  # it has done its work; learners see a plain environment
    for name in libraries:
        importlib.import_module(name)
    if servers:
        _services().preload(servers, bool(real))
    worker.preload()
    if not servers:
        practice.practise()
    requests = socket.socket(fileno=descriptor)
    while True:
        _reap_finished()
        message, descriptors, _, _ = socket.recv_fds(requests, 1 << 16, 4)
        if not message:
            os._exit(0)
        me = os.getpid()
        if os.fork() == 0:
            try:
                requests.close()
                options = cast(Options, OPTIONS_CODEC.loads(message))
                _joiner(options, descriptors, me)
            except Exception as error:
                _complain(descriptors[1], f"{type(error).__name__}: {error}")
            finally:
                os._exit(1)
        for each in descriptors:
            os.close(each)


def _services() -> Any:
    """Return the module of services: loaded in their own nursery alone."""
    return importlib.import_module("graders.judge.service_process")


def _reap_finished() -> None:
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


def _complain(control: int, text: str) -> None:
    """Tell the judge child why no Init came to be."""
    try:
        with socket.socket(fileno=os.dup(control)) as peer:
            peer.send(b"!" + text.encode()[:400])
    except OSError as error:
        sys.stderr.write(f"nursery: {error}\n")


def _joiner(options: Options, descriptors: list[int], nursery: int) -> None:
    """Make Init, and wait for it. A process enters a pid namespace only by fork."""
    processors.keep_to(options["processor"])
    pidfd, control_fd = descriptors[:2]
    spaced = _NAMESPACED in options["layers"]
    trees: list[sandbox.Tree] = []
    if spaced:
        kernel.setns(pidfd, kernel.NEWUSER | kernel.NEWNET)
    os.close(pidfd)
    if user.is_root():
        if spaced and "private_root" in options["layers"]:
            # As root of the judge child's namespace we may still open an interpreter that lies
            # under a private home; as nobody we could not.
            kernel.unshare(kernel.NEWNS)
            trees = sandbox.clone_binds(options)
        user.drop(kernel)
    if spaced:
        uid, gid = os.geteuid(), os.getegid()
        kernel.unshare(kernel.NEWUSER | kernel.NEWPID | kernel.NEWIPC | kernel.NEWNS)
        kernel.map_self(uid, gid)
        if "private_root" in options["layers"] and not trees:
            trees = sandbox.clone_binds(options)
    kernel.die_with_parent(nursery)
    me = os.getpid()
    child = os.fork()
    if child == 0:
        try:
            kernel.die_with_parent(None if spaced else me)
            Init(options, socket.socket(fileno=control_fd)).run(trees)
        except Exception as error:
            _complain(control_fd, f"{type(error).__name__}: {error}")
        finally:
            os._exit(1)
    os.close(control_fd)
    for _, tree, _ in trees:
        os.close(tree)
    os.waitpid(child, 0)


class Init:
    """pid 1 of one submission: starts, kills and reaps workers, keeps the box clean."""

    def __init__(self, options: Options, control: socket.socket) -> None:
        self.options, self.control = options, control
        self.spaced = _NAMESPACED in options["layers"]
        self.worker = 0

    def run(self, trees: list[sandbox.Tree]) -> None:
        """Enter the private root, say so, and serve until control closes."""
        sandbox.default_signals()
        if "private_root" in self.options["layers"]:
            sandbox.enter_root(self.options, trees)
        else:
            self._fresh_folder()
        if not self.spaced:
            kernel.syscall(_PRCTL_NUMBER, _SUBREAPER, 1, 0, 0, 0, what="subreaper")
        sandbox.prepare(self.options)
        self.control.send(b"R")
        while True:
            message, descriptors, _, _ = socket.recv_fds(self.control, 64, 4)
            if not message:
                self._kill_all()
                os._exit(0)
            if message == b"S":
                self.worker = self._start(descriptors)
            elif message == b"C":
                self._start(descriptors)
            elif message in (b"K", b"X"):
                self.control.send(self._finish(keep_box=message == b"X"))
            elif message == b"D":
                self._send_workdir()

    def _start(self, descriptors: list[int]) -> int:
        me = os.getpid()
        made = os.fork()
        if made == 0:
            try:
                if not self.spaced:  # no namespace dies with Init; the learner can undo this
                    kernel.die_with_parent(me)
                if self.options["service"]:
                    _services().main(descriptors, self.options)
                worker.main(descriptors, self.options)
            finally:
                os._exit(7)
        for each in descriptors:
            os.close(each)
        return made

    def _send_workdir(self) -> None:
        box = self.options["box"]
        try:
            work = os.open(f"{box}/work", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError as error:  # without a private root it can be taken away
            self.control.send(b"!" + str(error).encode()[:200])
            return
        socket.send_fds(self.control, [b"D"], [work])
        os.close(work)

    def _finish(self, keep_box: bool) -> bytes:
        """Kill and reap everything below us; return rusage of the worker as JSON."""
        self._kill_all()
        cpu_s, peak_kib, status = 0.0, 0, 0
        while True:  # until there is none: orphans are ours too
            try:
                pid, its_status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu_s += used.ru_utime + used.ru_stime
            if pid == self.worker:
                peak_kib, status = used.ru_maxrss, its_status
            self._kill_all()  # what it left behind may have been adopted only now
        if not keep_box:
            if "private_root" in self.options["layers"]:
                sandbox.drop_box()
                sandbox.fresh_box()
            else:
                self._fresh_folder()
        return json.dumps({"cpu_s": cpu_s, "peak_kib": peak_kib, "status": status}).encode()

    def _kill_all(self) -> None:
        if self.spaced:
            try:
                os.kill(-1, signal.SIGKILL)
            except ProcessLookupError:
                return
        else:
            for pid in _children():
                os.kill(pid, signal.SIGKILL)

    def _fresh_folder(self) -> None:
        """Empty the box where no private root exists; it is a folder the judge child made."""
        box = self.options["box"]
        for entry in os.scandir(box):
            removal.remove(entry.path)
        os.mkdir(f"{box}/work", 0o700)


_PRCTL_NUMBER = {"x86_64": 157, "aarch64": 167}.get(os.uname().machine, -1)
_SUBREAPER = 36


def _children() -> list[int]:
    me = os.getpid()
    with open(f"/proc/{me}/task/{me}/children") as listing:
        return [int(pid) for pid in listing.read().split()]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *(each.split() for each in sys.argv[3:6]))
