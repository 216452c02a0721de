"""Clusters of Dask on this machine, for tests: worker processes, and what ends them."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dask
from distributed import Client, LocalCluster, WorkerPlugin

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def cluster(store: Path, workers: int = 2, **more: Any) -> Iterator[LocalCluster]:
    """Start worker processes with a store of their own; they are gone after the block."""
    with dask.config.set({"distributed.comm.timeouts.connect": "60s"}), LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, silence_logs="CRITICAL",
            dashboard_address="127.0.0.1:0", env={"KATA_STORE": str(store)}, **more) as started:
        yield started


@contextmanager
def worker(address: str, store: Path, graders: Path = ROOT, before: tuple[str, ...] = (),
           **env: str) -> Iterator[int]:
    """Start one worker by Dask's own command, with the graders of a folder; yield its pid.

    It is there when the block begins. `before` are words that stand before the command.
    """
    command = [*before, sys.executable, "-m", "dask", "worker", address, "--nthreads", "1",
               "--no-nanny", "--no-dashboard", "--local-directory", str(store.parent / "dask")]
    own = {**os.environ, "PYTHONPATH": str(graders), "KATA_STORE": str(store), **env}
    with (store.parent / "worker.log").open("wb") as log, Client(
            address, set_as_default=False) as client:
        others = len(client.scheduler_info(n_workers=-1)["workers"])
        started = subprocess.Popen(command, env=own, cwd=store.parent, stdout=log, stderr=log)
        try:
            client.wait_for_workers(others + 1, timeout=120)
            yield started.pid
        finally:
            started.send_signal(signal.SIGTERM)
            started.wait(60)


class Killer(WorkerPlugin):
    """Kills the worker as soon as it begins a job with this submission."""

    def __init__(self, submission: str, log: Path) -> None:
        self.marker, self.log = base64.b64encode(submission.encode()).decode(), log

    def setup(self, worker: Any) -> None:
        self.tasks = worker.state.tasks

    def transition(self, key: Any, start: str, finish: str, **more: Any) -> None:
        if finish == "executing" and self.marker in str(self.tasks[key].run_spec.args):
            with self.log.open("a") as log:
                log.write("killed\n")
            os.kill(os.getpid(), signal.SIGKILL)
