"""A roster out of the files of GitHub Classroom."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders import cli
from graders.cohort import classroom, roster
from graders.errors import GraderError
from graders.model import Learner

ROSTER = ('"identifier","github_username","github_id","name"\n'
          '"ada@x.org","Ada-L","11","Ada Lovelace"\n'
          '"Linus, T (02)","linus","12",""\n'
          '"s-003","","",""\n')
GRADES = ('"assignment_name","assignment_url","starter_code_url","github_username",'
          '"roster_identifier","student_repository_name","student_repository_url",'
          '"submission_timestamp","points_awarded","points_available"\n'
          '"a","u","s","ada-l","ada@x.org","katas-ada-l","https://github.com/cs/katas-ada-l","","",""\n'
          '"a","u","s","eve","","katas-eve","https://github.com/cs/katas-eve.git","","",""\n')


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    listed, grades = tmp_path / "classroom_roster.csv", tmp_path / "grades.csv"
    listed.write_text(f"\ufeff{ROSTER}", encoding="utf-8")
    grades.write_text(GRADES, encoding="utf-8")
    return listed, grades


def test_learners_and_repositories_are_taken_over(files: tuple[Path, Path]) -> None:
    assert classroom.convert(*files) == (
        Learner("ada-l", "Ada Lovelace", "ada@x.org", "https://github.com/cs/katas-ada-l.git",
                "Ada-L"),
        Learner("linus", "Linus, T (02)", "linus@users.noreply.github.com", "", "linus"),
        Learner("s-003", "s-003", "s-003@users.noreply.github.com", "", ""),
        Learner("eve", "eve", "eve@users.noreply.github.com", "https://github.com/cs/katas-eve.git",
                "eve"))


def test_the_command_writes_a_roster_that_can_be_read(
    files: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "roster.csv"
    command = ["cohort", "classroom", *map(str, files), "--out", str(out)]
    assert cli.run(command) == 0
    assert capsys.readouterr().out == "4 learners, 2 with a repository\n"
    assert roster.read(out) == classroom.convert(*files)
    assert cli.run(command) == 2
    assert "is there already" in capsys.readouterr().err


def test_the_roster_alone_will_do(files: tuple[Path, Path]) -> None:
    assert [each.repo for each in classroom.convert(files[0], None)] == ["", "", ""]


@pytest.mark.parametrize(("data", "told"), [
    (b"id,name\n1,2\n", "has no column 'identifier'; download it from GitHub Classroom again"),
    (b"\xff\xfe", "is no CSV file in UTF-8"),
    (b'identifier,github_username,name\n"a', "is no CSV file in UTF-8"),
    (b"identifier,github_username,name\na,same,A\nb,SAME,B\n", "'same' is taken by line 2"),
    (b"identifier,github_username,name\n\xc2\xa7,,\n", "column 'id': is empty"),
])
def test_a_file_that_will_not_do_is_told(tmp_path: Path, data: bytes, told: str) -> None:
    listed = tmp_path / "r.csv"
    listed.write_bytes(data)
    with pytest.raises(GraderError) as caught:
        classroom.convert(listed, None)
    assert told in str(caught.value) and "\n" not in str(caught.value)
