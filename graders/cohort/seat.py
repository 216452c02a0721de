"""What a Dask worker runs: a job goes in, an answer comes out, both of them texts.

    Dask's thread --job--> the seat's own thread --Request--> Judge --> engine, sandbox
                 <-answer--

A process of Dask's has one seat: a Judge that stays warm between jobs, and a private folder with
the suites that were sent. It judges one job at a time, whatever number of threads Dask has, and
ends with the worker. No byte of a submission is run in this process: the sandbox is the same as
anywhere. The engine dies with the thread that started it, so the seat has a thread of its own.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from graders.cohort.alike import difference, terms
from graders.cohort.job import Answer, Job, laid_out, read_job, write
from graders.errors import GraderError
from graders.judge.judge import Judge
from graders.judge.request import Request, submitted
from graders.model import Report
from graders.phrases import phrase
from graders.plain import to_plain
from graders.scratch import Scratch, sweep

PLUGIN = "kata40-seat"


class Seat:
    """One judge of one process. `store` None is this machine's usual one."""

    def __init__(self, store: Path | None = None) -> None:
        sweep()  # of workers that were killed
        self._judge = Judge(Path(), jobs=1, require_sandbox=True, store=store)
        self._scratch = Scratch()
        self._suites: dict[str, tuple[Path, Path | None]] = {}
        self._warm = False
        self._thread = ThreadPoolExecutor(1, "kata40-seat")

    def answer(self, job: Job) -> Answer:
        """Judge one job. A machine that must not judge is refused; that is no fault of the job."""
        if wrong := difference(job.terms, terms(job.kata)):
            return Answer(refused=wrong)
        return self._thread.submit(self._judged, job).result()

    def _judged(self, job: Job) -> Answer:
        request = self._request(job)
        if not self._warm:
            try:
                self._judge.warm(request)
            except GraderError as error:  # no engine starts, or a layer is missing
                return Answer(refused=str(error))
            self._warm = True
        report: Report = self._judge.judge(request)
        return Answer(report)

    def _request(self, job: Job) -> Request:
        kata, hidden = job.kata, None
        whole = [str(to_plain(kata)).encode(), job.suite, job.hidden or b""]
        name = hashlib.sha256(b"\0".join(hashlib.sha256(each).digest() for each in whole))
        folder = Path(self._scratch.path, name.hexdigest())
        if name.hexdigest() not in self._suites:
            folder.mkdir()
            self._suites[name.hexdigest()] = folder, laid_out(job, folder)
        folder, hidden = self._suites[name.hexdigest()]
        request = submitted(replace(kata, folder=folder), job.submission, kata.stub.name,
                            job.label)
        return replace(request, hidden=hidden, seed=job.seed)

    def close(self) -> None:
        """Break off what is under way, end the engine, remove the suites."""
        self._judge.stop()
        self._thread.submit(self._judge.close).result()
        self._thread.shutdown()
        self._scratch.remove()


_seat: Seat | None = None
_making = threading.Lock()


def judge(text: str) -> str:
    """Judge a job in this process's seat; return the answer. The one function that Dask calls."""
    try:
        job = read_job(text)
        found = _taken().answer(job)
    except Exception as error:  # whatever it is, it must not pass for a word on the submission
        told = " ".join(f"{type(error).__name__}: {error}".split())[:400]
        found = Answer(fault=phrase("the worker failed ({error})", error=told))
    return write(found)


def _taken() -> Seat:
    """Return the seat; take it at the first job of this process, until the worker ends."""
    global _seat
    with _making:
        if _seat is None:
            _seat = Seat()
            _leave_with_the_worker()
    return _seat


def _leave() -> None:
    global _seat
    with _making:
        seat, _seat = _seat, None
    if seat is not None:
        seat.close()


def _leave_with_the_worker() -> None:
    from distributed import Worker, WorkerPlugin, get_worker
    from distributed.utils import sync

    class Leaving(WorkerPlugin):
        """Closes the seat when the worker ends in good order; a killed one takes all along."""

        async def teardown(self, worker: Worker) -> None:
            await asyncio.to_thread(_leave)

    worker = get_worker()
    sync(worker.loop, worker.plugin_add, plugin=Leaving(), name=PLUGIN)
