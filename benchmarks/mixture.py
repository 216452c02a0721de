"""What a class hands in for a kata, by chance with a fixed seed: right, wrong, slow and worse.

Right solutions are each in their own words, copies are not; what is hostile would otherwise be
right. Owns the mixture alone; who hands it in where is the business of `grading` and `rehearsal`.
"""

from __future__ import annotations

import random
from pathlib import Path

from graders.catalog import solutions_dir
from graders.model import Kata

HOSTILE = (
    "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n",
    "while True:\n    pass\n",
    "kept = []\nwhile True:\n    kept.append(bytearray(1 << 24))\n",
    "import os\nwhile True:\n    os.fork()\n",
    "import sys\nwhile True:\n    sys.stdout.write('x' * 4096)\n",
    "import os\nos._exit(0)\n",
)
# Of a hundred hand-ins. Their order is by chance, with a fixed seed.
MIX = {"untouched": 14, "right": 46, "wrong": 22, "slow": 3, "broken": 4, "hostile": 3, "copy": 8}


def texts(root: Path, kata: Kata, learners: int, chance: random.Random) -> list[str]:
    """Return what each learner hands in for a kata."""
    folder = solutions_dir(root, kata)
    kinds = [kind for kind, count in MIX.items() for _ in range(count)]
    chosen = [kinds[number * 100 // learners % 100] for number in range(learners)]
    chance.shuffle(chosen)
    wrong = [_read(path) for path in sorted(folder.glob("wrong_*.py"))]
    slow = [_read(path) for path in sorted(folder.glob("slow_*.py"))] or wrong
    right, stub, made = _read(folder / f"{kata.slug}.py"), _read(kata.stub), [""] * learners
    for number, kind in enumerate(chosen):
        own = f"\n# the work of learner {number}\n"
        match kind:
            case "untouched":
                made[number] = stub
            case "right":
                made[number] = right + own
            case "wrong":
                made[number] = chance.choice(wrong) + own
            case "slow":
                made[number] = chance.choice(slow) + own
            case "broken":
                made[number] = f"{right[: len(right) // 2]}\n    (:\n{own}"
            case "hostile":
                made[number] = chance.choice(HOSTILE) + right + own
            case _:
                made[number] = right + "\n# a copy that goes round\n"
    return made


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
