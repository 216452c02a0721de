"""What is read of a repository's settings, and what of them is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graders import settings
from graders.errors import GraderError

TODAY = date(2026, 3, 1)


def written(root: Path, text: str) -> Path:
    (root / ".copier-answers.yml").write_bytes(text.encode())
    return root


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("path: sprint", "sprint"), ("path:   sprint  ", "sprint"), ("path: 'it''s'", "it's"),
        ('path: "sprint"', "sprint"), ("path: ''", ""), ("path: null", ""), ("path: a b", "a b"),
        ("path: https://x.example/a:b", "https://x.example/a:b"), ("path: sprint\r", "sprint"),
    ],
)  # fmt: skip
def test_words_are_read_as_copier_writes_them(tmp_path: Path, line: str, value: str) -> None:
    assert settings.read(written(tmp_path, f"# x\n{line}\ntracks:\n- a\n"))["path"] == value


@pytest.mark.parametrize("line", ["", "path:", "path sprint", "  path: sprint", "path: {a: b",
                                  "path: 'open", "- path: x", '"path": x'])  # fmt: skip
def test_what_is_no_word_counts_as_absent_or_as_it_stands(tmp_path: Path, line: str) -> None:
    assert settings.read(written(tmp_path, line)).get("path", "") in ("", "{a: b")


def test_nothing_is_read_where_there_is_nothing(tmp_path: Path) -> None:
    assert settings.read(tmp_path) == {}
    (tmp_path / ".copier-answers.yml").write_bytes(b"path: \xff")
    assert settings.read(tmp_path) == {}


@pytest.mark.parametrize(
    ("setting", "wait"),
    [
        ("", ""), ("answers_after: ''", ""), ("answers_after: never", "never"),
        ("answers_after: '2026-02-28'", ""), ("answers_after: 2026-02-28", ""),
        ("answers_after: '2026-03-01'", "2026-03-01"), ("answers_after: 2027-01-01", "2027-01-01"),
    ],
)  # fmt: skip
def test_answers_wait_up_to_a_day_and_through_it(tmp_path: Path, setting: str, wait: str) -> None:
    assert settings.answers_wait(written(tmp_path, setting + "\n"), TODAY) == wait


@pytest.mark.parametrize("setting", ["soon", "2026-13-01", "Never", "01.03.2026"])
def test_a_date_that_is_none_closes_and_is_named(tmp_path: Path, setting: str) -> None:
    with pytest.raises(GraderError) as caught:
        settings.answers_wait(written(tmp_path, f"answers_after: {setting}\n"), TODAY)
    assert str(caught.value) == (
        f".copier-answers.yml: answers_after is '{setting}'; "
        "write a date like 2026-03-01, or never"
    )
