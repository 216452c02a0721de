"""Judge every attack at every level: python -m tests.attacks [--write] [WORD …]

With words, only attacks whose name holds one. `--write` puts the table into docs/security.md; it
takes some ten minutes, so the default test run judges all with every layer and a sample without.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.attacks import corpus, table
from tests.attacks.battle import FULL, LEVELS, Result, judge_all


def main(arguments: list[str]) -> int:
    """Return 1 where an attack got through with every layer on, 0 otherwise."""
    words = [each for each in arguments if not each.startswith("--")]
    attacks = [each for each in corpus.load()
               if not words or any(word in each.id for word in words)]
    results: list[Result] = []
    for level in LEVELS:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            for each in judge_all(attacks, level, Path(folder)):
                results.append(each)
                if not each.held:
                    sys.stdout.write(f"{level.name}: {each.attack.id}: {each.verdict} "
                                     f"{', '.join((*each.credit, *each.harms))}\n")
                    sys.stdout.flush()
    if "--write" in arguments and not words:
        table.write(results)
    lost = [each for each in results
            if not each.held and not each.attack.guard and each.level == FULL.name]
    sys.stdout.write(f"{len(attacks)} attacks, {len(lost)} got through with every layer on\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
