"""One target under atheris, in a process of its own: libFuzzer ends it after the last input."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["graders", "json", "tomllib"]):
    from tests.fuzz import targets

from tests.fuzz.__main__ import Run


def main(name: str, inputs: int, corpus: str) -> None:
    """Feed the target until `inputs` have run, then print its row and findings."""
    run = Run(name)

    def one(data: bytes) -> None:
        run.feed(data)
        if run.inputs == inputs:
            print("FUZZ " + run.row("atheris", "FEATURES"))
            print("FAILURES", *run.failures, sep="\n", flush=True)

    # Twice the runs: libFuzzer counts its start as some, and the row is printed at `inputs`.
    atheris.Setup([sys.argv[0], f"-runs={inputs + 1000}", "-max_len=4096", "-rss_limit_mb=2048",
                   corpus], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(targets.TARGETS and sys.argv[1], int(sys.argv[2]), sys.argv[3])
