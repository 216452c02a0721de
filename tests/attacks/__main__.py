"""Judge every attack at every level: python -m tests.attacks [--write] [WORD …]

With words, only attacks whose name holds one. `--write` puts the table into docs/security.md; it
takes some ten minutes, so the default test run judges all with every layer and a sample without.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.attacks import corpus, table
from tests.attacks.battle import FULL, LEVELS, Result, judge_all


def main(arguments: list[str]) -> int:
    """Return 1 where an attack got through with every layer on, 0 otherwise."""
    asked = _asked(arguments)
    attacks = [each for each in corpus.load()
               if not asked.words or any(word in each.id for word in asked.words)]
    if not attacks:
        sys.stderr.write(f"no attack's name holds any of: {' '.join(asked.words)}\n")
        return 2
    results: list[Result] = []
    for level in LEVELS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for each in judge_all(attacks, level, Path(folder)):
                results.append(each)
                if not each.held:
                    sys.stdout.write(f"{level.name}: {each.attack.id}: {each.verdict} "
                                     f"{', '.join((*each.credit, *each.harms))}\n")
                    sys.stdout.flush()
    if asked.write:
        table.write(results)
    lost = [each for each in results
            if not each.held and not each.attack.guard and each.level == FULL.name]
    sys.stdout.write(f"{len(attacks)} attacks, {len(lost)} got through with every layer on\n")
    return 1 if lost else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks",
                                     description="Judge every attack at every level.")
    parser.add_argument("words", nargs="*", metavar="WORD",
                        help="only attacks whose name holds one of these")
    parser.add_argument("--write", action="store_true",
                        help="put the table into docs/security.md; for all attacks alone")
    asked = parser.parse_args(arguments)
    if asked.write and asked.words:
        parser.error("--write is for all attacks: leave the words out")
    return asked


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
