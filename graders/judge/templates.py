"""Templates: one collected suite each, forked by the engine, parent of its judge children.

    engine --fork--> template (collects the suite) --fork--> judge child, one for each job
       +---jobs (JSON lines)--> template        engine <--narrations (JSON lines)--+

A template holds what every judge child of its suite would make for itself: stand-ins, compiled
suite, collected tests. It never holds anything of a learner: a job's submission and seed are
read by it only to be handed to the judge child that it forks, which begins where it stood after
the collection. Owns which template a job may use; the engine owns the processes' lines.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from graders.judge import processors
from graders.judge.records import Job
from graders.judge.request import takes_turns
from graders.model import Kata
from graders.plain import to_plain

KEPT = 6  # idle templates beyond this many are ended, the one unused for longest first
_READ = 1 << 20

# Of the suite its hash, by which alone a change within the clock's grain is seen; of each file
# beside it name, time of change and size.
Stamp = tuple[str, *tuple[tuple[str, int, int], ...]]


@dataclass
class Template:
    """One template process as the engine sees it."""

    suite: Path
    kata: Kata
    stamp: Stamp  # the suite as it was collected
    pid: int
    line: socket.socket
    began_s: float = field(default_factory=time.monotonic)
    ready: bool = False
    jobs: dict[str, Job] = field(default_factory=dict)  # under way in it
    text: bytearray = field(default_factory=bytearray)

    def send(self, job: Job) -> None:
        """Hand it a job; one that is dead shows when it is read."""
        self.jobs[job.id] = job
        try:
            self.line.sendall(json.dumps(to_plain(job)).encode() + b"\n")
        except OSError:
            return

    def read(self) -> list[bytes] | None:
        """Return the lines that are complete; None when it is gone."""
        try:
            data = self.line.recv(_READ)
        except OSError:
            data = b""
        self.text += data
        *lines, rest = bytes(self.text).split(b"\n")
        self.text = bytearray(rest)
        return lines if data else None


class Templates:
    """The templates of one engine."""

    def __init__(self) -> None:
        self.alive: dict[int, Template] = {}  # by the descriptor of their line; oldest use first
        self.alone: set[tuple[Path, Stamp]] = set()  # suites that cannot be shared

    def stamp(self, job: Job) -> Stamp | None:
        """Return what the job's suite is now; None if its judge child must collect it itself.

        A suite with a network may open sockets while it is collected: in its own namespace.
        """
        if job.kata.network or job.kata.services:
            return None
        found = stamp(job)
        return None if (job.suite, found) in self.alone else found

    def find(self, job: Job, now: Stamp) -> Template | None:
        """Return the template that collected the job's suite as it is now."""
        for descriptor, each in self.alive.items():
            if each.suite == job.suite and each.kata == job.kata and each.stamp == now:
                self.alive[descriptor] = self.alive.pop(descriptor)
                return each
        return None

    def add(self, job: Job, now: Stamp, pid: int, line: socket.socket) -> Template:
        """Keep a new template; end idle ones beyond KEPT."""
        made = Template(job.suite, job.kata, now, pid, line)
        idle = [each for each in self.alive.values() if not each.jobs]
        for each in idle[: max(0, len(self.alive) + 1 - KEPT)]:
            self.end(each)
        self.alive[line.fileno()] = made
        return made

    def placed(self, job: Job) -> Job:
        """Return the job with the processor that it is to keep to."""
        if not takes_turns(job.kata):
            return job
        taken = [each.processor for each in self.under_way()]
        return replace(job, processor=processors.choose(taken))

    def end(self, template: Template) -> None:
        """Kill a template and reap it; the kernel ends its judge children."""
        del self.alive[template.line.fileno()]
        template.line.close()
        os.kill(template.pid, signal.SIGKILL)  # not reaped yet: cannot be another process
        os.waitpid(template.pid, 0)

    def decline(self, template: Template) -> None:
        """Remember that this suite cannot be shared, and end its template."""
        self.alone.add((template.suite, template.stamp))
        self.end(template)

    def under_way(self) -> list[Job]:
        """Return the jobs that are being judged below templates."""
        return [job for each in self.alive.values() for job in each.jobs.values()]

    def close(self) -> None:
        """Close our ends: in a forked process, whose parent keeps the templates."""
        for each in self.alive.values():
            each.line.close()
        self.alive.clear()


def stamp(job: Job) -> Stamp:
    """Return what changes when the suite or a file beside it does.

    The learner's module may change, and what kata.toml says is compared as the job's kata.
    """
    left_out = (job.suite.name, f"{job.kata.slug}.py", "kata.toml")
    try:
        digest = hashlib.sha256(job.suite.read_bytes()).hexdigest()
        with os.scandir(job.suite.parent) as entries:
            held = [(each.name, each.stat()) for each in entries if each.is_file()]
    except OSError:
        return ("",)
    return (digest, *sorted((name, found.st_mtime_ns, found.st_size) for name, found in held
                            if name not in left_out))


def open_files() -> frozenset[str]:
    """Return the numbers of this process's open descriptors."""
    return frozenset(os.listdir("/proc/self/fd"))


def can_be_shared(before: frozenset[str]) -> bool:
    """Whether a process that has collected a suite may be forked for every submission.

    Not with threads, which a fork loses, nor with a file or socket that all would share.
    """
    return threading.active_count() == 1 and len(os.listdir("/proc/self/task")) == 1 \
        and open_files() <= before
