"""One warm judge in a thread of its own, so that keys and saves are heard while it works.

The thread lives as long as the judge: the engine ends with the thread that started it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from graders.errors import GraderError
from graders.judge.judge import Judge
from graders.judge.request import Request
from graders.model import Report

T = TypeVar("T")


class Judging:
    """Judges one request after another."""

    def __init__(self, root: Path, engine: str | None) -> None:
        self._thread = ThreadPoolExecutor(1, "judging")
        self._judge = Judge(root, jobs=1, engine=engine)

    async def report(self, request: Request) -> Report:
        """Return the Report of a request. Raises JudgeError where no engine starts."""
        return await self._run(self._judge.judge, request)

    async def warm(self, request: Request) -> None:
        """Have engine and suite at hand for the requests that follow."""
        await self._run(self._judge.warm, request)

    async def _run(self, work: Callable[[Request], T], request: Request) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, request)

    def close(self) -> None:
        """Break off what is under way, and end the engine and everything it started."""
        self._judge.stop()
        with suppress(GraderError):
            self._thread.submit(self._judge.close).result()
        self._thread.shutdown()
