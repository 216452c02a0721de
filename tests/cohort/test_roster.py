"""roster.csv: who is on it, and what an instructor reads when it cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from graders.cohort import roster
from graders.errors import GraderError
from graders.model import Learner

HEADER = "id,name,email,repo\n"


def refusal(text: str | bytes) -> str:
    with pytest.raises(GraderError) as caught:
        roster.parse(text if isinstance(text, bytes) else text.encode(), "r.csv")
    told = str(caught.value)
    assert "\n" not in told and told.isprintable()
    return told


def test_a_roster_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(("\ufeff" + HEADER + '\nada,"Lovelace, Ada",ada@example.org,\r\n\r\n'
                      "li-2,林,li@example.org,https://example.org/li/k.git\n").encode())
    assert roster.read(path) == (
        Learner("ada", "Lovelace, Ada", "ada@example.org"),
        Learner("li-2", "林", "li@example.org", "https://example.org/li/k.git"))


def test_columns_may_stand_in_any_order_and_repo_be_left_out() -> None:
    assert roster.parse(b"email,id,name\na@b.cd,a,A\n", "r") == (Learner("a", "A", "a@b.cd"),)


@pytest.mark.parametrize(("text", "told"), [
    ("", "r.csv:1: is empty; begin with the line id,name,email,repo"),
    ("id,nmae,email\n", "r.csv:1: column 2: unknown column 'nmae'; did you mean 'name'?"),
    ("id,name,email,id\n", "r.csv:1: column 'id' stands twice; remove one"),
    ("id,name\n", "r.csv:1: column 'email' is missing"),
    (HEADER, "r.csv: names no learner; add a line"),
    (HEADER + "A,A,a@b.cd,\n", "r.csv:2: column 'id': 'A' is no id; use 1 to 64"),
    (HEADER + "a,A,a@b.cd,\na,B,b@b.cd,\n", "r.csv:3: column 'id': 'a' is taken by line 2"),
    (HEADER + "a,,a@b.cd,\n", "r.csv:2: column 'name': is empty"),
    (HEADER + f"a,{'x' * 81},a@b.cd,\n", "is no name; write 1 to 80 characters"),
    (HEADER + "a,A\u202eB,a@b.cd,\n", r"'A\u202eB' holds characters that cannot be seen"),
    (HEADER + "a,A,nobody,\n", "column 'email': 'nobody' is no e-mail address; write it like"),
    (HEADER + "a,A,a@b.cd,,\n", "r.csv:2: has 5 fields for 4 columns; put a text"),
    (HEADER + 'a,"A,a@b.cd,\n', "r.csv:2: quotes do not match; close each"),
    (HEADER + "x" * 5_000, "r.csv:2: has more than 4096 characters"),
    (HEADER.encode() + b"a,\xff,a@b.cd,\n", "r.csv:2: is not UTF-8; save"),
    (b"x" * (roster.MAX_BYTES + 1), "r.csv: has more than 8 MiB; split the cohort"),
    (HEADER + "\n" * roster.MAX_ROWS + "a,A,a@b.cd,\n", "more than 100000 lines; split"),
])
def test_what_is_wrong_is_named_with_line_and_column(text: str | bytes, told: str) -> None:
    assert told in refusal(text)


def test_all_faults_are_counted_and_placed() -> None:
    told = refusal(HEADER + "A,,nobody,\nb,B,b@b.cd,\n?,C,c@b.cd,\n")
    assert told.startswith("r.csv:2: column 'id'")
    assert told.endswith("(and 3 more faults, in line 2, 4)")


@pytest.mark.parametrize("name", [
    "..", ".", "../ada", "a/b", "/srv/a", "a\\b", "-a", ".git", "a.lock", "a b", "$(x)", "a\u0301"])
def test_an_id_is_no_path(name: str) -> None:
    assert "is no id; use 1 to 64 of a-z" in refusal(f"{HEADER}{name},A,a@b.cd,\n")


@pytest.mark.parametrize("repo", [
    "-oProxyCommand=x", "--upload-pack=x", "ext::sh -c x", "fd::3", "git://example.org/x",
    "http://example.org/x", "ssh://-oProxyCommand=x/y", "https://a@-b/c", "user@-host:x",
    "EXT::x", "javascript:x y"])
def test_an_address_that_git_could_take_for_more_is_refused(repo: str) -> None:
    assert "column 'repo'" in refusal(HEADER + f"a,A,a@b.cd,{repo}\n")


@pytest.mark.parametrize("repo", [
    "https://example.org/a/k.git", "ssh://git@example.org/a/k", "file:///srv/a", "../work/ada",
    "/srv/repos/ada", "git@example.org:ada/k.git", "repos/ada"])
def test_ordinary_addresses_pass(repo: str) -> None:
    assert roster.parse(f"{HEADER}a,A,a@b.cd,{repo}\n".encode(), "r")[0].repo == repo


def test_a_roster_that_is_no_file_is_one_clear_line(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(GraderError, match=r"check its name|name a CSV file"):
            roster.read(path)
