"""What an update decides, path by path: three trees of names, no repository."""

from __future__ import annotations

import pytest

from graders.cohort.merge import Decision, decide

KATA = "katas/systems/s03_cache/lru"
MODULE, SUITE, TOML = f"{KATA}/lru.py", f"{KATA}/test_lru.py", f"{KATA}/kata.toml"
TOPIC = "katas/systems/s03_cache"
SHEET = f"{TOPIC}/question/answers.toml"
STUBS = {"stub", "stub 0", "stub 2", "sheet", "sheet 2"}
SHIPPED = {MODULE: "stub", SUITE: "suite", TOML: "toml", f"{KATA}/README.md": "statement",
           f"{TOPIC}/README.md": "topic", SHEET: "sheet", f"{TOPIC}/question/question.toml": "q",
           "README.md": "page", "graders/judge.py": "judge", ".copier-answers.yml": "v1"}


class Facts:
    """Contents are their own ids; two pages merge when they are written so."""

    def is_stub(self, path: str, blob: str) -> bool:
        return blob in STUBS

    def merged(self, mine: str, base: str, theirs: str) -> str:
        return f"{mine}+{theirs}" if "clash" not in mine else ""


def tree(names: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {path: ("100644", blob) for path, blob in names.items()}


def update(mine: dict[str, str], theirs: dict[str, str], base: dict[str, str] | None = None,
           ) -> tuple[dict[str, str], Decision]:
    """Return the learner's names after an update, and what was decided."""
    shipped = SHIPPED if base is None else base
    found = decide(tree(shipped), tree(mine), tree(theirs), Facts())
    after = dict(mine)
    for path, entry in found.changes.items():
        if entry is None:
            del after[path]
        else:
            after[path] = entry[1]
    return after, found


def without(names: dict[str, str], *beginnings: str) -> dict[str, str]:
    return {path: blob for path, blob in names.items() if not path.startswith(beginnings)}


NEW = {**SHIPPED, MODULE: "stub 2", SUITE: "suite 2", "README.md": "page 2",
       "graders/judge.py": "judge 2", ".copier-answers.yml": "v2", SHEET: "sheet 2"}


def test_an_untouched_repository_becomes_the_new_version() -> None:
    after, found = update(dict(SHIPPED), NEW)
    assert after == NEW
    assert found == Decision(changes=found.changes)


@pytest.mark.parametrize("stub", sorted(STUBS - {"sheet", "sheet 2"}))
def test_a_stub_of_any_version_becomes_the_new_one(stub: str) -> None:
    assert update({**SHIPPED, MODULE: stub}, NEW)[0] == NEW


@pytest.mark.parametrize("path", [MODULE, SHEET])
def test_work_stays_when_what_it_began_from_changes(path: str) -> None:
    after, found = update({**SHIPPED, path: "work"}, NEW)
    assert after == {**NEW, path: "work"} and found.kept == [path]


def test_work_stays_without_a_word_when_its_stub_is_the_same() -> None:
    after, found = update({**SHIPPED, MODULE: "work"}, {**NEW, MODULE: "stub"})
    assert after[MODULE] == "work" and found.kept == []


@pytest.mark.parametrize("path", [SUITE, TOML, "graders/judge.py", ".copier-answers.yml",
                                  f"{TOPIC}/question/question.toml"])
@pytest.mark.parametrize("mine", ["edited", None])
def test_what_marks_stand_on_becomes_the_new_version(path: str, mine: str | None) -> None:
    edited = {**SHIPPED, path: mine} if mine else without(SHIPPED, path)
    after, found = update(edited, NEW)
    assert after == NEW and found.restored == [path]


def test_files_of_the_learner_stay() -> None:
    own = {"notes.md": "n", f"{KATA}/scratch.py": "s", "graders/mine.py": "m",
           f"{KATA}/conftest_notes.txt": "c"}
    assert update({**SHIPPED, **own}, NEW)[0] == {**NEW, **own}


class TestPages:
    def test_that_only_the_learner_changed_stay(self) -> None:
        after, found = update({**SHIPPED, f"{KATA}/README.md": "mine"}, NEW)
        assert after == {**NEW, f"{KATA}/README.md": "mine"} and found.conflicts == []

    def test_that_both_changed_are_merged(self) -> None:
        after, found = update({**SHIPPED, "README.md": "mine"}, NEW)
        assert after["README.md"] == "mine+page 2" and found.conflicts == []

    def test_that_clash_stay_and_are_told(self) -> None:
        after, found = update({**SHIPPED, "README.md": "clash"}, NEW)
        assert after == {**NEW, "README.md": "clash"} and found.conflicts == ["README.md"]

    def test_that_the_learner_removed_stay_away(self) -> None:
        gone = without(SHIPPED, f"{KATA}/README.md")
        after, found = update(gone, NEW)
        assert f"{KATA}/README.md" not in after and found.conflicts == []

    def test_that_the_learner_removed_and_that_changed_are_told(self) -> None:
        after, found = update(without(SHIPPED, "README.md"), NEW)
        assert "README.md" not in after and found.conflicts == ["README.md"]

    def test_that_come_where_the_learner_has_one_are_told(self) -> None:
        after, found = update({**SHIPPED, "docs/new.md": "mine"}, {**NEW, "docs/new.md": "theirs"})
        assert after["docs/new.md"] == "mine" and found.conflicts == ["docs/new.md"]


class TestAKataThatIsGone:
    def test_goes_when_nothing_was_done(self) -> None:
        theirs = without(NEW, f"{KATA}/")
        assert update(dict(SHIPPED), theirs)[0] == theirs

    def test_stays_whole_with_work_in_it(self) -> None:
        theirs = without(NEW, f"{KATA}/")
        after, found = update({**SHIPPED, MODULE: "work", SUITE: "edited"}, theirs)
        kept = {path: SHIPPED[path] for path in SHIPPED if path.startswith(f"{KATA}/")}
        assert after == {**theirs, **kept, MODULE: "work"}
        assert found.retired == [MODULE] and found.restored == [SUITE]

    def test_leaves_what_the_learner_wrote_beside_it(self) -> None:
        theirs = without(NEW, f"{KATA}/")
        after, _ = update({**SHIPPED, f"{KATA}/README.md": "notes", f"{KATA}/a.txt": "a"}, theirs)
        assert after == {**theirs, f"{KATA}/README.md": "notes", f"{KATA}/a.txt": "a"}

    def test_stays_in_a_topic_that_was_dropped(self) -> None:
        theirs = without(NEW, TOPIC)
        after, found = update({**SHIPPED, MODULE: "work"}, theirs)
        kept = {path: blob for path, blob in SHIPPED.items() if path.startswith(TOPIC)}
        assert after == {**theirs, **kept, MODULE: "work"} and found.retired == [MODULE]

    def test_answers_stay_when_their_topic_is_dropped(self) -> None:
        theirs = without(NEW, TOPIC)
        after, found = update({**SHIPPED, SHEET: "work"}, theirs)
        assert after[SHEET] == "work" and f"{TOPIC}/question/question.toml" in after
        assert MODULE not in after and found.retired == [SHEET]

    def test_a_dropped_topic_without_work_goes(self) -> None:
        theirs = without(NEW, TOPIC)
        assert update(dict(SHIPPED), theirs)[0] == theirs


MOVED = {path.replace("s03_cache", "s03_caches"): blob for path, blob in NEW.items()}
THERE = MODULE.replace("s03_cache", "s03_caches")


class TestAKataInAnotherFolder:
    def test_moves_when_nothing_was_done(self) -> None:
        assert update(dict(SHIPPED), MOVED)[0] == MOVED

    def test_takes_the_work_along(self) -> None:
        after, found = update({**SHIPPED, MODULE: "work"}, MOVED)
        assert after == {**MOVED, THERE: "work"}
        assert found.moved == [(MODULE, THERE)] and found.retired == []

    def test_with_work_in_both_keeps_both_and_tells(self) -> None:
        after, found = update({**SHIPPED, MODULE: "work", THERE: "other"}, MOVED)
        assert (after[MODULE], after[THERE]) == ("work", "other")
        assert found.conflicts == [MODULE]

    def test_a_second_time_changes_nothing(self) -> None:
        once, _ = update({**SHIPPED, MODULE: "work"}, MOVED)
        twice, found = update(once, MOVED)
        assert twice == once and found.changes == {}


def test_a_renamed_kata_is_a_new_one_and_the_old_work_stays() -> None:
    theirs = {path.replace("lru", "lru_repair"): blob for path, blob in NEW.items()}
    after, found = update({**SHIPPED, MODULE: "work"}, theirs)
    assert after[MODULE] == "work" and after[MODULE.replace("lru", "lru_repair")] == "stub 2"
    assert found.retired == [MODULE]


@pytest.mark.parametrize("own", [
    {"graders/JUDGE.py": "x"}, {"Graders/other.py": "x"}, {"docs": "a file"},
    {"docs/new.md/notes.txt": "x"}, {"docs/ne\u0301w.md": "x"}])
def test_what_cannot_stand_beside_the_learners_files_blocks(own: dict[str, str]) -> None:
    theirs = {**NEW, "docs/new.md": "theirs", "docs/n\u00e9w.md": "y 2"}
    assert update({**SHIPPED, **own}, theirs)[1].blocked


@pytest.mark.parametrize("mode", ["120000", "160000"])
@pytest.mark.parametrize("path", [MODULE, SUITE, "README.md"])
def test_links_and_submodules_are_never_read(mode: str, path: str) -> None:
    class Unread(Facts):
        def is_stub(self, path: str, blob: str) -> bool:
            assert blob != "link"
            return super().is_stub(path, blob)

        def merged(self, mine: str, base: str, theirs: str) -> str:
            raise AssertionError

    mine = {**tree(SHIPPED), path: (mode, "link")}
    found = decide(tree(SHIPPED), mine, tree(NEW), Unread())
    if path == SUITE:
        assert found.changes[path] == ("100644", "suite 2")
    else:
        assert path not in found.changes


def test_updating_twice_is_updating_once() -> None:
    mine = {**SHIPPED, MODULE: "work", SUITE: "edited", "README.md": "mine", "notes.md": "n"}
    once, _ = update(mine, without(NEW, f"{TOPIC}/question/"))
    assert update(once, without(NEW, f"{TOPIC}/question/"),
                  base=without(NEW, f"{TOPIC}/question/"))[0] == once
