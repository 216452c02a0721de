"""A small template with the real copier.yml, and cohorts of it: what the tests of cohorts share.

The template is a git repository with two topics, three katas and the tour. Its katas are texts,
since nothing here judges them; copier.yml, its lists and its pages are those of this repository.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TWO_SUM = "katas/algorithms/a01_two_sum/two_sum"
FIRST = "katas/algorithms/a01_two_sum/first_repeat"
CACHE = "katas/systems/s03_cache/lru_cache_repair"
TOUR = "katas/start_here"
KATAS = (TWO_SUM, FIRST, CACHE, TOUR)
LEVELS = {TWO_SUM: 1, FIRST: 2, CACHE: 3}
STUB = "def solve():\n    raise NotImplementedError\n"
TITLES = {"a01": "Two sum / 两数之和", "s03": "Cache / 缓存"}
COHORT = """\
format = 1
id = "autumn"
title = "Autumn 2026: {{{{katas}}}}"
template = {template}
version = "{version}"
deadline = 2026-11-30T23:59:00+08:00
{more}
"""
IDENTITY = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@x", "GIT_COMMITTER_NAME": "t",
            "GIT_COMMITTER_EMAIL": "t@x", "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
            "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z", "GIT_CONFIG_GLOBAL": os.devnull}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *arguments], check=True, text=True,
                          capture_output=True, env={**os.environ, **IDENTITY})
    return done.stdout.strip()


class Template:
    """A template's repository; `tag` commits all that was changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        git(folder, "init", "--quiet", "--initial-branch=main")
        shutil.copytree(ROOT / "copier", folder / "copier")
        for name in ("copier.yml", ".copier-answers.yml.jinja", "README.md.jinja", ".gitattributes",
                     ".gitignore", "LICENSE"):
            shutil.copyfile(ROOT / name, folder / name)
        self.write("noxfile.py", "# sessions\n")
        self.write("pyproject.toml", "[project]\nname = 'katas'\n")
        self.write("README.md", "# The template's own page\n")
        self.write("docs/learn.md", "# Learn\n\nOne.\n\nTwo.\n\nThree.\n")
        self.write("graders/__init__.py", "")
        self.write("graders/judge.py", "VERSION = 1\n")
        self.write(".github/workflows/grade.yml", "name: Grade\n")
        self.write("katas/conftest.py", "# fixtures\n")
        self.write("solutions/secret.py", "SECRET = 1\n")
        for kata in KATAS:
            self.kata(kata)
        for topic in ("algorithms/a01_two_sum", "systems/s03_cache"):
            self.write(f"katas/{topic}/README.md", f"# {topic}\n")
            self.write(f"katas/{topic}/question/answers.toml", "[q1]\nanswer = ''\n")
        self.known: dict[str, list[str]] = {}
        self.refresh()

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def kata(self, folder: str, stub: str = STUB) -> None:
        slug = folder.rpartition("/")[2]
        self.write(f"{folder}/{slug}.py", f'"""Stub of {slug}."""\n\n\n{stub}')
        self.write(f"{folder}/test_{slug}.py", f"def test_{slug}():\n    assert True\n")
        self.write(f"{folder}/kata.toml", f"slug = '{slug}'\n")
        self.write(f"{folder}/README.md", f"# {slug}\n")

    def remove(self, folder: str) -> None:
        shutil.rmtree(self.folder / folder)

    def refresh(self) -> None:
        """Write the lists that `publish --manifest` makes from the tree."""
        topics: dict[str, list[object]] = {}
        katas = {}
        for toml in sorted(self.folder.glob("katas/*/*/*/kata.toml")):
            kata = toml.parent.relative_to(self.folder)
            code = kata.parts[2][:3]
            held = topics.setdefault(code, ["/".join(kata.parts[1:3]), TITLES.get(code, code), []])
            held[2].append(kata.name)  # type: ignore[attr-defined]
            katas["/".join(kata.parts[1:])] = LEVELS.get(kata.as_posix(), 1)
        self.write("copier/katas.jinja", f"{{%- set all_topics = {json.dumps(topics)} -%}}\n"
                                         f"{{%- set all_katas = {json.dumps(katas)} -%}}\n")
        for toml in self.folder.glob("katas/**/kata.toml"):
            slug = toml.parent.name
            stub = hashlib.sha256((toml.parent / f"{slug}.py").read_bytes()).hexdigest()
            self.known[slug] = sorted({*self.known.get(slug, []), stub})
        self.write("katas/manifest.json",
                   json.dumps({"format": 1, "stubs": self.known}, indent=1) + "\n")

    def tag(self, name: str) -> None:
        self.refresh()
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", name)
        git(self.folder, "tag", name)


def cohort(folder: Path, template: Template | str, version: str = "v1", more: str = "") -> Path:
    """Write a cohort.toml into `folder`; return the folder."""
    address = template if isinstance(template, str) else str(template.folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cohort.toml").write_text(
        COHORT.format(template=json.dumps(address), version=version, more=more),
        encoding="utf-8")
    return folder


def roster(path: Path, *rows: str) -> Path:
    path.write_text("id,name,email,repo,account\n" + "".join(f"{row}\n" for row in rows),
                    encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but those of git."""
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(folder).parts}


def everything(folder: Path) -> Mapping[str, bytes | None]:
    """Return all that stands below a folder, git's own too; None for folders."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))}
