"""What is judged: the katas of the benchmarks, their submissions, and folders for plain pytest."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from graders.catalog_kata import Place, parse
from graders.catalog_toml import Document
from graders.judge.request import Request
from graders.model import Kata, Submission

_KATAS = Path(__file__).parent / "katas"
SPANS = "span_set"  # ten tests, 25 calls into the learner's code, one of them a perf test
BUSY = "busy_work"  # one test, as long as the submission likes


def kata(slug: str) -> Kata:
    """Return a kata of this folder."""
    folder = _KATAS / slug
    toml = folder / "kata.toml"
    place = Place(folder, "algorithms", "a01", "a01_benchmarks", folder / "submissions")
    return parse(Document(str(toml), toml.read_text(encoding="utf-8")), place)


def source(slug: str, name: str = "") -> str:
    """Return the text of the right solution, or of the one submission that begins with `name`."""
    folder = _KATAS / slug
    path = next((folder / "submissions").glob(f"{name}*.py")) if name else folder / f"{slug}.py"
    return path.read_text(encoding="utf-8")


def request(of: Kata, text: str, label: str = "") -> Request:
    """Return what the judge is asked for one submission."""
    return Request(of, Submission(of.slug, text.encode(), label))


def checkout(folder: Path, slug: str, text: str) -> Path:
    """Make a folder in which plain pytest judges `text`: suite, module, and markers known."""
    folder.mkdir(parents=True)
    shutil.copy(_KATAS / slug / f"test_{slug}.py", folder)
    (folder / f"{slug}.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = perf: judged last\n")
    return folder


PLAIN = [sys.executable, "-m", "pytest", "-q"]
TRIMMED = [*PLAIN, "-p", "no:cacheprovider"]


def plain_environment() -> dict[str, str]:
    """Return the environment of `python -m pytest` as a learner would type it."""
    return {name: value for name, value in os.environ.items()
            if not name.startswith(("PYTEST_", "PYTHON", "COVERAGE", "COV_"))}


def trimmed_environment() -> dict[str, str]:
    """Return the environment of the fastest fresh pytest: no foreign plugins, no bytecode."""
    return {**plain_environment(), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONDONTWRITEBYTECODE": "1"}
