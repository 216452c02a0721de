"""Take each rule out once and see that its tests notice: python -m tests.removals [NAME…].

    NAME       of a removal (sandbox.3), a part (sandbox) or a rule; without any, all
    --jobs N   so many at once; each has a copy of the tree and a store of its own
    --again    the tests have just passed with every rule in force: do not run them so first

Exit 0 when every removal was noticed. Takes some seconds for each.
"""

from __future__ import annotations

import argparse
import queue
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.removals.entries import Removal, read
from tests.removals.trial import Place, Trial, baseline, prepare, try_out


def main() -> int:
    """Run the removals asked for; print a line for each, and how many went unnoticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.removals", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--again", action="store_true")
    options = parser.parse_args()
    chosen = [each for each in read() if not options.names or any(
        name in (each.name, each.name.split(".")[0], each.rule) for name in options.names)]
    if not chosen:
        sys.exit(f"no removal is called {' or '.join(options.names)}; see tests/removals/*.toml")
    with tempfile.TemporaryDirectory(prefix="removals-") as folder:
        places: queue.Queue[Place] = queue.Queue()
        for number in range(options.jobs):
            places.put(prepare(Path(folder) / str(number)))
        place = places.get()
        wrong = "" if options.again else baseline(place, chosen)
        places.put(place)
        if wrong:
            sys.exit(f"fail already while every rule holds, so they show nothing:\n{wrong}")

        def run(removal: Removal) -> Trial:
            place = places.get()
            try:
                return try_out(place, removal)
            finally:
                places.put(place)

        sys.stdout.write("| rule | removed in | test that noticed | s |\n|---|---|---|---|\n")
        unnoticed = []
        with ThreadPoolExecutor(options.jobs) as pool:
            for trial in pool.map(run, chosen):
                sys.stdout.write(f"{trial.row()}\n")
                sys.stdout.flush()
                if trial.wrong:
                    unnoticed.append(trial)
    for trial in unnoticed:
        sys.stdout.write(f"\n{trial.removal.name} ({trial.removal.rule}): {trial.wrong}\n")
    sys.stdout.write(f"\n{len(chosen)} removals, {len(unnoticed)} not noticed\n")
    return int(bool(unnoticed))


if __name__ == "__main__":
    sys.exit(main())
