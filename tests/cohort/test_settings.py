"""cohort.toml: what it says, and what an instructor reads when it cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from graders.cohort import settings
from graders.cohort.begin import begin
from graders.errors import GraderError

LEAST = """\
format = 1
id = "autumn"
title = "Autumn 2026"
template = "/srv/starter"
version = "v1"
deadline = 2026-11-30T23:59:00+08:00
"""
FULL = LEAST + """\
topics = ["s03", "a01"]
katas = ["two_sum"]
difficulty = 3
language = "zh"
path = "sprint"
answers_from = "https://git.example.org/katas.git"
answers_after = "2026-12-01"
[late]
grace_minutes = 10
percent_per_day = 20
floor_percent = 40
closes_after_days = 7
[extensions.ada]
deadline = 2026-12-02T00:00:00Z
reason = "ill"
[forge]
kind = "gitea"
url = "https://git.example.org/"
owner = "cs101"
prefix = "cs101-"
private = false
token_variable = "TOKEN"
"""


def cohort(folder: Path, text: str) -> settings.Cohort:
    (folder / "cohort.toml").write_text(text, encoding="utf-8")
    return settings.read(folder)


def test_only_six_keys_are_needed(tmp_path: Path) -> None:
    found = cohort(tmp_path, LEAST)
    assert found == settings.Cohort(
        tmp_path, "autumn", "Autumn 2026", "/srv/starter", "v1",
        datetime(2026, 11, 30, 23, 59, tzinfo=timezone(timedelta(hours=8))))
    assert found.deadline_of("ada") == found.deadline
    assert found.late == settings.LatePolicy(0, 100, 0, 0)


def test_every_key_is_read(tmp_path: Path) -> None:
    found = cohort(tmp_path, FULL)
    assert (found.topics, found.katas, found.difficulty) == (("s03", "a01"), ("two_sum",), 3)
    assert (found.language, found.path) == ("zh", "sprint")
    assert found.answers_from == "https://git.example.org/katas.git"
    assert found.answers_after == "2026-12-01"
    assert found.late == settings.LatePolicy(10, 20, 40, 7)
    assert found.deadline_of("ada") == datetime(2026, 12, 2, tzinfo=UTC)
    assert found.extensions["ada"].reason == "ill"
    assert found.forge == settings.Forge("gitea", "https://git.example.org", "cs101", "cs101-",
                                         False, "TOKEN")


@pytest.mark.parametrize(("old", "new", "told"), [
    ("format = 1", "format = 2", ":1: format 2 is not 1, the one known here; update graders/"),
    ("format = 1", "format = 0", ":1: format 0 is not 1, the one known here; write the file anew"),
    ("title =", "titel =", ":3: unknown key 'titel'; did you mean 'title'?"),
    ('title = "Autumn 2026"', 'title = "a\u202eb"', ":3: 'title' holds characters that cannot"),
    ('"Autumn 2026"', f'"{"x" * 81}"', ":3: 'title' has 81 characters; write 1 to 80"),
    ('"autumn"', '"Autumn"', ":2: 'id' is 'Autumn'; use 1 to 64 of a-z"),
    ('"/srv/starter"', '"ext::sh -c id"', ":4: 'template': 'ext::sh -c id' is no address"),
    ('"/srv/starter"', '"--upload-pack=id"', ":4: 'template': '--upload-pack=id' begins with -"),
    ('"v1"', '"-v1"', ":5: 'version' is '-v1'; write a tag of the template, like v0.2.0"),
    ('"v1"', '"v1..v2"', ":5: 'version' is 'v1..v2'; write a tag"),
    ("+08:00", "", ":6: 'deadline' must be a date and time with its offset, without quotes; write"),
    ("2026-11-30T23:59:00+08:00", '"2026-11-30"', ":6: 'deadline' must be a date and time with"),
    ('language = "zh"', 'language = "fr"', ":10: unknown language 'fr'; choose one of: en, zh"),
    ('path = "sprint"', 'path = "sprnt"', ":11: unknown path 'sprnt'; did you mean 'sprint'?"),
    ("difficulty = 3", "difficulty = 6", ":9: 'difficulty' is 6; it must be from 1 to 5"),
    ("https://git.example.org/katas.git", "http://x", ":12: 'http://x' is no address; begin"),
    ('"2026-12-01"', '"soon"', ":13: 'soon' is no day; write one like"),
    ("percent_per_day = 20", "percent_per_day = 120", ":16: 'percent_per_day' is 120; it must be"),
    ("floor_percent", "flor_percent", ":17: unknown key 'flor_percent' in [late]; did you mean"),
    ("extensions.ada", "extensions.Ada", ":19: 'Ada' is no learner's id; write [extensions.ID]"),
    ('reason = "ill"', "", ":19: 'reason' is missing in [extensions.ada]"),
    ("12-02T00:00:00Z", "12-02", ":20: 'deadline' must be a date and time with its offset"),
    ('kind = "gitea"', 'kind = "gitlub"', ":23: unknown kind 'gitlub'; did you mean 'gitlab'?"),
    ('url = "https://git.example.org/"', "", ":22: 'url' is missing in [forge]; write the"),
    ('"https://git.example.org/"', '"https://u:p@x.org"', ":24: 'https://u:p@x.org' is no address"),
    ('owner = "cs101"', 'owner = "../x"', ":25: 'owner' is '../x'; use letters, digits"),
    ('"TOKEN"', '"ghp_secret"', ":28: 'token_variable' is 'ghp_secret'; write the name of a"),
])
def test_a_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in FULL
    with pytest.raises(GraderError) as caught:
        cohort(tmp_path, FULL.replace(old, new, 1))
    assert f"{tmp_path.name}/cohort.toml{told}" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_the_file_is_told_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"no cohort\.toml here; .* cohort init spring"):
        settings.read(tmp_path / "spring")


def test_the_file_that_init_writes_is_a_cohort(tmp_path: Path) -> None:
    now = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
    begin(tmp_path / "Autumn 2026", now, {"template": '/srv/"x"', "version": "v3"})
    found = settings.read(tmp_path / "Autumn 2026")
    assert (found.id, found.template, found.version) == ("autumn-2026", '/srv/"x"', "v3")
    assert found.deadline == datetime(2026, 9, 22, 23, 59, tzinfo=UTC)


def test_the_defaults_that_init_shows_are_the_defaults(tmp_path: Path) -> None:
    path = begin(tmp_path / "a", datetime(2026, 9, 1, tzinfo=UTC), {})
    plain = settings.read(tmp_path / "a")
    text = path.read_text(encoding="utf-8")
    table = text[text.index("# [late]") : text.index("# A deadline of their own")]
    for line in ("difficulty = 5", 'language = "en"', 'path = "all"'):
        text = text.replace(f"# {line}", line)
    text = text.replace(table, table.replace("# ", ""))
    path.write_text(text, encoding="utf-8")
    assert settings.read(tmp_path / "a") == plain


def test_init_never_writes_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "cohort.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(GraderError, match="is there already; edit it, or name another folder"):
        begin(tmp_path, datetime(2026, 9, 1, tzinfo=UTC), {})
    assert (tmp_path / "cohort.toml").read_text(encoding="utf-8") == "mine"
