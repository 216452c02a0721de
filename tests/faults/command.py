"""The command that is hit: judge some of the mix, one JSON line per Report as it comes.

    python -m tests.faults.command STORE NAME…      exit 0, or 3 with one line on stderr

Ends as the command line does: a refusal of the system or a JudgeError is exit 3. Anything else
that is raised shows as a traceback, which a run counts as wrong.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False

if TYPE_CHECKING:  # as little as graders/__main__.py loads before it can be interrupted
    from graders.model import Report


def summary(name: str, report: Report) -> dict[str, object]:
    """Return what must be the same in every run."""
    first = next((row for row in report.tests if row.status != "PASSED"), None)
    told = f"{first.name}: {first.status} {first.message}"[:300] if first else ""
    return {"name": name, "verdict": str(report.verdict), "points": report.points,
            "tests": len(report.tests), "message": report.message or told,
            "short": [row.name for row in report.tests if row.status != "PASSED"]}


def judge(store: str, names: list[str]) -> None:
    """Judge and print. Raises GraderError, OSError."""
    import json
    from pathlib import Path

    from graders.judge.judge import Judge
    from tests.faults import mix

    with Judge(mix.ROOT, jobs=2, store=Path(store)) as judging:
        for index, report in judging.judge_many([mix.request(name) for name in names]):
            print(json.dumps(summary(names[index], report)), flush=True)


def main(store: str, names: list[str]) -> int:
    """Judge and print; return the exit code."""
    try:
        from graders.errors import GraderError
    except OSError:
        return 3
    try:
        judge(store, names)
    except (GraderError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 3
    return 0


if __name__ == "__main__":
    try:
        import os
        import signal

        asked = signal.getsignal(signal.SIGINT)
        if asked is signal.default_int_handler:  # see graders/__main__.py
            signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
        import graders.judge.judge  # noqa: F401

        signal.signal(signal.SIGINT, asked)
        sys.exit(main(sys.argv[1], sys.argv[2:]))
    except KeyboardInterrupt:
        sys.exit(130)
