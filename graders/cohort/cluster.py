"""Jobs on a Dask cluster: sent to its workers, two at each, and their answers taken.

    jobs --> Queue --job, for one worker--> scheduler --> worker: seat.judge
    Reports <-- Queue <--answer (JSON)--------------------+
                Queue <-- who is there, asked every second

Dask brings the machines, the way to them and what starts them; which worker judges what is
decided here, so that a worker that died is known by name and a job is tried twice and no more.
Everything happens in the caller's thread, while it waits for the next Report: no other process
and no other thread writes the database.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from graders.cohort.job import Answer, Job, read_answer, write
from graders.cohort.scheduler import Scheduler, is_private, security
from graders.cohort.shares import Queue, Trial
from graders.errors import JudgeError
from graders.model import Report
from graders.phrases import phrase

if TYPE_CHECKING:
    from distributed import Client, Security

Refused = Callable[[str, str], None]
# What a worker is sent beside the text of a job. A function of ours would be a reference that a
# worker without graders/ cannot even read: it would end, and log the job with its hidden suite.
_ERRAND = "__import__('graders.cohort.seat', fromlist=['judge']).judge(job)"
LOOK_S = 1.0  # between two looks at who is there
CONNECT_S = 10.0
REFUSED_S = 5.0  # another worker may be about to start while all that are there are refused
ANSWER_S = 1800.0  # two jobs, each with all the time that any kata grants, on a busy machine
_SILENT_S = 30.0  # a scheduler that says nothing for so long is as good as gone
_CLOSE_S = 5.0


def judge_many(asked: Scheduler, jobs: Iterator[tuple[int, Job]],
               refused: Refused) -> Generator[tuple[int, Report]]:
    """Judge all on the cluster; yield (place, Report) as each is done.

    `refused` is told each worker that gets nothing, and why. Raises GraderError where the
    scheduler must not be used, JudgeError where it does not answer or no worker may judge.
    """
    certificates = security(asked)
    _be_quiet()
    with asyncio.Runner() as runner:
        client = runner.run(_connected(asked, certificates))
        try:
            with closing(_Run(client, asked, jobs, refused).reports(runner)) as reports:
                yield from reports
        finally:
            runner.run(_close(client))


def _be_quiet() -> None:
    """Leave it to us to say what went wrong: Dask logs every broken connection."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


async def _connected(asked: Scheduler, certificates: Security) -> Client:
    from distributed import Client

    try:
        client: Client = await Client(asked.address, security=certificates, asynchronous=True,
                                      timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise JudgeError(phrase(
            "{address}: no scheduler of Dask answers there ({error}); start one, or mend the "
            "address", address=asked.address, error=_told(error))) from error
    return client


async def _close(client: Client) -> None:
    with suppress(Exception):  # what cannot be closed in good order ends with this process
        await client.close(timeout=_CLOSE_S)


class _Run:
    """One run: the queue, and what is under way."""

    def __init__(self, client: Client, asked: Scheduler, jobs: Iterator[tuple[int, Job]],
                 refused: Refused) -> None:
        self.client, self.asked, self.refused = client, asked, refused
        self.queue = Queue(jobs)
        self.told: set[str] = set()
        self.inbox: asyncio.Queue[Callable[[], list[tuple[int, Report]]]] = asyncio.Queue()
        self.tasks: dict[tuple[str, Trial], asyncio.Task[None]] = {}
        self.useless_since_s = time.monotonic()

    def reports(self, runner: asyncio.Runner) -> Generator[tuple[int, Report]]:
        """Yield Reports until every job has one. Raises JudgeError."""
        try:
            runner.run(self._begin())
            while not self.queue.finished():
                yield from runner.run(self._next())
        finally:
            runner.run(self._end())

    async def _begin(self) -> None:
        self.watching = asyncio.create_task(self._watch())

    async def _end(self) -> None:
        for each in (self.watching, *self.tasks.values()):
            each.cancel()
        await asyncio.gather(self.watching, *self.tasks.values(), return_exceptions=True)

    async def _next(self) -> list[tuple[int, Report]]:
        """Wait for the next events; return what they settle, with every worker busy again."""
        found = (await self.inbox.get())()
        while not self.inbox.empty():
            found += self.inbox.get_nowait()()
        for asked in [each for each in self.tasks if not self.queue.is_under_way(*each)]:
            self.tasks.pop(asked).cancel()
        for address, why in self.queue.refused.items():
            if address not in self.told:
                self.told.add(address)
                self.refused(address, why)
        for address in self.queue.workers:
            while (trial := self.queue.give(address)) is not None:
                self.tasks[address, trial] = asyncio.create_task(self._ask(address, trial))
        self._refuse_to_wait_for_ever()
        return found

    # -- what happens meanwhile --------------------------------------------------------------

    async def _watch(self) -> None:
        """Look who is there, again and again."""
        scheduler: Any = self.client.scheduler
        while True:
            try:
                async with asyncio.timeout(_SILENT_S):
                    there = frozenset(await scheduler.ncores())
            except Exception as error:  # a watch that ended unseen would leave the run waiting
                self._lost(error)
                return
            self.inbox.put_nowait(partial(self._seen, there))
            await asyncio.sleep(LOOK_S)

    async def _ask(self, address: str, trial: Trial) -> None:
        """Have one worker judge one job, and no other: where it ends, `_seen` knows."""
        from distributed import KilledWorker

        try:
            future = self.client.submit(
                eval, _ERRAND, {"job": write(trial.job)}, key=f"kata40-{uuid4().hex}",
                workers=[address], allow_other_workers=False, pure=False)
            try:
                async with asyncio.timeout(ANSWER_S):
                    answer = read_answer(await future, trial.job)
            finally:
                future.release()
        except CancelledError as error:  # Dask's: the scheduler has forgotten it
            self._lost(error)
            return
        except TimeoutError:  # a run must end, whatever has become of that machine
            answer = Answer(refused=phrase("no answer within {wall_s} s", wall_s=f"{ANSWER_S:g}"))
        except KilledWorker as error:  # which came back at the same address, and died again
            answer = Answer(fault=_told(error))
        except Exception as error:  # the seat itself raises none: nobody sat down there
            answer = Answer(refused=phrase("it cannot judge ({error}); start it where graders/ is",
                                           error=_told(error)))
        self.inbox.put_nowait(partial(self._answered, address, trial, answer))

    def _lost(self, error: Exception) -> None:
        def end() -> list[tuple[int, Report]]:
            raise JudgeError(phrase(
                "{address}: the scheduler is gone ({error}); what was judged is kept: start it, "
                "and run this again", address=self.asked.address, error=_told(error))) from error

        self.inbox.put_nowait(end)

    # -- what it means -----------------------------------------------------------------------

    def _answered(self, address: str, trial: Trial, answer: Answer) -> list[tuple[int, Report]]:
        if not self.queue.is_under_way(address, trial):
            return []  # it was taken from that worker meanwhile
        del self.tasks[address, trial]
        return self.queue.answered(address, trial, answer)

    def _seen(self, there: frozenset[str]) -> list[tuple[int, Report]]:
        found = []
        for address in set(self.queue.workers) - there:
            found += self.queue.leave(address)
        for address in there - set(self.queue.workers):
            self.queue.join(address)
            if not self.asked.insecure and not is_private(address):
                self.queue.refuse(address, phrase("plain tcp beyond this machine"))
        return found

    def _refuse_to_wait_for_ever(self) -> None:
        if self.queue.workers:
            self.useless_since_s = time.monotonic()
        waited_s = time.monotonic() - self.useless_since_s
        if waited_s > REFUSED_S and self.queue.refused:
            address, why = next(iter(self.queue.refused.items()))
            raise JudgeError(phrase("{address}: this worker may not judge: {why}",
                                    address=address, why=why))
        if waited_s > self.asked.patience_s:
            raise JudgeError(phrase("{address}: no worker for {seconds} s; start some: "
                                    "docs/scale.md", address=self.asked.address,
                                    seconds=f"{self.asked.patience_s:g}"))


def _told(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
