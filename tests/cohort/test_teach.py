"""docs/teach.md and its Chinese twin: every command is one, and those of repositories do it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from graders import cli
from graders.cohort.settings import _KEYS
from tests.cohort import small
from tests.cohort.small import Template

PAGES = ("teach.md", "teach.zh.md", "marks.md", "marks.zh.md")


def commands(page: str) -> list[list[str]]:
    """Return what follows `python3 noxfile.py -s SESSION` in a page, the session first."""
    text = (small.ROOT / "docs" / page).read_text(encoding="utf-8")
    found = re.findall(r"^python3 noxfile\.py -s (\w+) -- ([^>\n]*)", text, re.MULTILINE)
    return [[session, *shlex.split(rest)] for session, rest in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_one(page: str) -> None:
    found = commands(page)
    assert len(found) >= 10
    for words in found:
        command: click.Command = cli.cli
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        command.make_context("it", list(words))


def test_both_languages_have_the_same_commands() -> None:
    assert commands("teach.md") == commands("teach.zh.md")


@pytest.mark.parametrize("page", ["teach.md", "teach.zh.md"])
def test_every_key_is_told(page: str) -> None:
    text = (small.ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = "".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    for key in _KEYS:
        assert key == "format" or f"`{key}`" in rows or f"`[{key}" in rows, key


def test_the_commands_make_and_update_repositories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    template = Template(tmp_path / "starter.git")
    template.tag("v0.2.0")
    address = template.folder.as_uri()
    small.roster(tmp_path / "roster.csv", "ada,Ada,ada@example.org,,")
    for name, text in (("classroom_roster.csv", "identifier,github_username,name\nada,ada,Ada\n"),
                       ("grades.csv", "github_username,student_repository_url\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for words in commands("teach.md"):
        if words[:2] == ["cohort", "classroom"]:
            words[-1] = "another.csv"
        if words[:2] in (["cohort", "init"], ["cohort", "create"], ["cohort", "update"],
                         ["cohort", "classroom"]):
            given = [address if each.startswith("https://") else each for each in words]
            assert cli.run(given) == 0, capsys.readouterr().err
    assert (tmp_path / "autumn/repos/ada/README.md").is_file()
    assert capsys.readouterr().out.endswith("1 learners, 0 with a repository\n")
