"""Start a module in place of another one, in a command that somebody else builds."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from benchmarks.tracing.ledger import PATH


@contextmanager
def instead(of: str, trace: str) -> Iterator[None]:
    """Within the context start `benchmarks.tracing.<last word>` where a command says `of`."""
    real = subprocess.Popen
    by = f"benchmarks.tracing.{of.rpartition('.')[2]}"

    def popen(command: list[str], *more: Any, **named: Any) -> Any:
        if of in command:
            command = [by if word == of else word for word in command]
            named["env"] = {**named["env"], PATH: trace}
        return real(command, *more, **named)

    with mock.patch.object(subprocess, "Popen", popen):
        yield
