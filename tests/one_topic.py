"""The topic of two_sum with that kata alone, whatever else the repository teaches there."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOPIC = "algorithms/a01_two_sum"
KEPT = "two_sum"


def copy(root: Path) -> None:
    """Copy katas/ and solutions/ of the topic below `root`; its pages name no other kata."""
    others = [each.parent.name for each in (ROOT / "katas" / TOPIC).glob("*/kata.toml")
              if each.parent.name != KEPT]
    for part in ("katas", "solutions"):
        shutil.copytree(ROOT / part / TOPIC, root / part / TOPIC,
                        ignore=shutil.ignore_patterns("__pycache__", *others))
        for page in (root / part / TOPIC).glob("README*.md"):
            text = page.read_text(encoding="utf-8")
            for slug in others:
                text = re.sub(rf"^\| \[{slug}\].*\n", "", text, flags=re.MULTILINE)
                text = re.sub(rf"(, |、)\[{slug}\]\([^)]*\)|\[{slug}\]\([^)]*\)(, |、)", "", text)
            page.write_text(text, encoding="utf-8")
