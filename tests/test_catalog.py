"""The catalogue: which folders are katas, what holds between them, how a word finds them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graders.catalog import Catalog, check_slug, load, load_named, solutions_dir
from graders.catalog_toml import line_of
from graders.errors import GraderError
from tests.trees import KATA, SLUG, SOLUTIONS, Tree, add_kata, finished


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


def refusal(tree: Tree) -> str:
    """Return what `load` says against the tree; the sample's kata.toml is called "kata.toml"."""
    with pytest.raises(GraderError) as caught:
        load(tree.root)
    return str(caught.value).replace(f"{KATA}/kata.toml", "kata.toml")


class TestAFileThatCannotBeRead:
    def test_is_named_when_it_is_not_utf_8(self, tree: Tree) -> None:
        tree.path("toml").write_bytes(b'format = 1\ntitle = { en = "\xff" }\n')
        assert refusal(tree) == "kata.toml:2: is not UTF-8; save it in this encoding"

    def test_is_named_when_it_begins_with_a_byte_order_mark(self, tree: Tree) -> None:
        tree.path("toml").write_text("\ufeffformat = 1\n", encoding="utf-8")
        assert (
            refusal(tree) == "kata.toml:1: begins with a byte order mark; save it as UTF-8 without"
        )

    def test_is_named_when_it_is_a_link(self, tree: Tree) -> None:
        tree.path("toml").rename(tree.root / "real.toml")
        tree.path("toml").symlink_to(tree.root / "real.toml")
        wanted = "kata.toml: is a symbolic link; put the real file or folder there"
        assert refusal(tree) == wanted

    @pytest.mark.parametrize("folder", [KATA, "katas/systems/s03_cache"])
    def test_is_named_when_its_folder_is_a_link(self, tree: Tree, folder: str) -> None:
        tree.path(folder).rename(tree.root / "real")
        tree.path(folder).symlink_to(tree.root / "real")
        assert refusal(tree).startswith(f"{folder}: is a symbolic link; put the real")

    def test_is_named_when_it_is_a_folder(self, tree: Tree) -> None:
        tree.path("toml").unlink()
        tree.path("toml").mkdir()
        assert refusal(tree) == "kata.toml: is not a file; put the kata's metadata there"

    def test_is_named_when_it_is_far_too_large(self, tree: Tree) -> None:
        tree.append("toml", "#" * 70_000)
        assert "bytes, more than 65536; keep only the kata's metadata in it" in refusal(tree)

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0,
                        reason="root, and on Windows everyone, may read everything")
    def test_is_named_when_permission_is_denied(self, tree: Tree) -> None:
        tree.path("toml").chmod(0)
        assert "cannot be read (Permission denied); check its permissions" in refusal(tree)

    def test_of_windows_line_ends_is_read(self, tree: Tree) -> None:
        text = tree.path("toml").read_text(encoding="utf-8")
        tree.path("toml").write_bytes(text.replace("\n", "\r\n").encode())
        assert load(tree.root).katas[0].slug == SLUG


class TestNamesOfFolders:
    @pytest.mark.parametrize(
        ("slug", "text"),
        [
            (
                "Two-Sum",
                "'Two-Sum' is no slug; use words of a-z and 0-9 joined by _, a letter first",
            ),
            ("two__sum", "'two__sum' is no slug; "),
            ("2sum", "'2sum' is no slug; "),
            ("slow_start", "begins like a suite or a submission; put another word first"),
            ("statistics", "is a module of the standard library; choose another name"),
            ("numpy", "is a well-known Python package; choose another name"),
            ("yaml", "is a well-known Python package; choose another name"),
            ("two_sum", ""),
        ],
    )
    def test_of_katas_are_names_of_nothing_else(self, slug: str, text: str) -> None:
        assert text in check_slug(slug)
        assert bool(text) == bool(check_slug(slug))

    def test_of_katas_are_refused_with_their_path(self, tree: Tree) -> None:
        tree.path(KATA).rename(tree.path("katas/systems/s03_cache/json"))
        wanted = "katas/systems/s03_cache/json: 'json' is a module of the standard library;"
        assert refusal(tree).startswith(wanted)

    def test_of_topics_have_a_code(self, tree: Tree) -> None:
        tree.path("katas/systems/s03_cache").rename(tree.path("katas/systems/s21_cache"))
        wanted = "katas/systems/s21_cache: 's21_cache' is no topic folder; name it like s03_cache"
        assert refusal(tree).startswith(wanted)

    def test_of_topics_stand_in_their_track(self, tree: Tree) -> None:
        tree.path("katas/systems").rename(tree.path("katas/algorithms"))
        text = "katas/algorithms/s03_cache: topic s03 belongs to systems; move the folder there"
        assert refusal(tree) == text

    def test_without_kata_toml_are_nobodys_business(self, tree: Tree) -> None:
        tree.write("katas/systems/s03_cache/question/question.toml", "format = 1")
        tree.write("katas/systems/my_notes/note.md", "mine")
        tree.write(f"{KATA}/__pycache__/x.pyc", "")
        assert [kata.slug for kata in load(tree.root).katas] == [SLUG]


class TestKatasTogether:
    def test_are_in_the_order_of_topic_and_order(self, tree: Tree) -> None:
        add_kata(tree, "systems/s03_cache/late_one", order=30)
        add_kata(tree, "systems/s03_cache/early_one", order=10)
        add_kata(tree, "algorithms/a01_two_sum/other_one")
        add_kata(tree, "start_here")
        slugs = [kata.slug for kata in load(tree.root).katas]
        assert slugs == ["start_here", "other_one", "early_one", SLUG, "late_one"]

    def test_have_different_slugs(self, tree: Tree) -> None:
        add_kata(tree, f"algorithms/a01_two_sum/{SLUG}")
        text = f"{KATA}: slug 'number_box' is taken by katas/algorithms/a01_two_sum/number_box;"
        assert refusal(tree) == f"{text} rename one of the folders"

    def test_have_prerequisites_that_exist(self, tree: Tree) -> None:
        tree.edit("toml", "prerequisites = []", 'prerequisites = ["early"]')
        assert refusal(tree) == "kata.toml:9: no kata 'early'; leave it out until it exists"
        add_kata(tree, "systems/s03_cache/early_one")
        assert refusal(tree) == "kata.toml:9: no kata 'early'; did you mean 'early_one'?"

    def test_keep_only_present_prerequisites_in_a_copy_of_some_topics(self, tree: Tree) -> None:
        tree.edit("toml", "prerequisites = []", 'prerequisites = ["early", "late_one"]')
        add_kata(tree, "systems/s03_cache/late_one")
        tree.write(".copier-answers.yml", "topics: [s03]")
        assert load(tree.root).find(SLUG)[0].prerequisites == ("late_one",)

    def test_have_no_circle_of_prerequisites(self, tree: Tree) -> None:
        tree.edit("toml", "prerequisites = []", 'prerequisites = ["late_one"]')
        add_kata(tree, "systems/s03_cache/late_one", prerequisites=f'["{SLUG}"]')
        text = refusal(tree)
        assert "prerequisites go in a circle: " in text
        assert f"{SLUG} -> late_one" in text or f"late_one -> {SLUG}" in text
        assert text.endswith("; break it")

    def test_need_a_folder_katas(self, tmp_path: Path) -> None:
        with pytest.raises(GraderError, match="no folder 'katas' here; run this in the root"):
            load(tmp_path)


class TestFind:
    @pytest.fixture
    def catalog(self, tree: Tree) -> Catalog:
        add_kata(tree, "systems/s03_cache/late_one", order=30)
        add_kata(tree, "algorithms/a01_two_sum/other_one")
        return load(tree.root)

    @pytest.mark.parametrize(
        ("word", "slugs"),
        [
            ("late_one", ["late_one"]),
            ("s03", [SLUG, "late_one"]),
            ("S03", [SLUG, "late_one"]),
            ("a01_two_sum", ["other_one"]),
        ],
    )
    def test_knows_slugs_and_topics(self, catalog: Catalog, word: str, slugs: list[str]) -> None:
        assert [kata.slug for kata in catalog.find(word)] == slugs

    def test_proposes_the_closest_name(self, catalog: Catalog) -> None:
        with pytest.raises(GraderError) as caught:
            catalog.find("late-won")
        text = "late-won: no kata or topic has this name; did you mean 'late_one'?"
        assert str(caught.value) == text

    def test_points_to_the_list_when_nothing_is_close(self, catalog: Catalog) -> None:
        with pytest.raises(GraderError) as caught:
            catalog.find("zzz")
        assert str(caught.value) == "zzz: no kata or topic has this name; `list` shows all katas"

    @pytest.fixture
    def named(self, tree: Tree) -> Catalog:
        """Three katas with titles and other names of their own."""
        for slug, title, chinese, aka in (
            ("lru_cache", "LRU cache", "LRU 缓存", '"leetcode:146"'),
            ("lru_again", "The LRU cache: again", "再写一次", '"leetcode:146", "lintcode:24"'),
            ("ring_walk", "Hash ring", "哈希环", '"leetcode:7", "book:LRU-cache"'),
        ):
            add_kata(tree, f"systems/s05_sharding/{slug}")
            toml = tree.root / f"katas/systems/s05_sharding/{slug}/kata.toml"
            text = toml.read_text(encoding="utf-8")
            text = text.replace("Number box", title).replace("数字盒子", chinese)
            toml.write_text(text.replace('aka = ["example:1"]', f"aka = [{aka}]"), encoding="utf-8")
        return load(tree.root)

    @pytest.mark.parametrize(
        ("word", "slug"),
        [
            ("Ring-Walk", "ring_walk"), ("RING WALK", "ring_walk"), ("ｒｉｎｇ＿walk", "ring_walk"),
            ("hash ring", "ring_walk"), ("Hash  Ring", "ring_walk"), ("哈希环", "ring_walk"),
            ("哈希 环", "ring_walk"), ("lru缓存", "lru_cache"), ("ＬＲＵ　缓存", "lru_cache"),
            ("leetcode:7", "ring_walk"), ("LeetCode 7", "ring_walk"), ("7", "ring_walk"),
            ("ＬeetCode：７", "ring_walk"), ("LintCode 24", "lru_again"), ("24", "lru_again"),
        ],
    )  # fmt: skip
    def test_knows_titles_and_other_names_however_they_are_written(
        self, named: Catalog, word: str, slug: str
    ) -> None:
        assert [kata.slug for kata in named.find(word)] == [slug]

    def test_takes_a_slug_before_another_katas_other_name(self, named: Catalog) -> None:
        assert [kata.slug for kata in named.find("LRU cache")] == ["lru_cache"]

    @pytest.mark.parametrize("word", ["146", "LeetCode 146", "leetcode:146"])
    def test_lists_all_that_a_word_could_mean(self, named: Catalog, word: str) -> None:
        with pytest.raises(GraderError) as caught:
            named.find(word)
        text = f"{word}: several katas have this name; name one of them: lru_again, lru_cache"
        assert str(caught.value) == text

    @pytest.mark.parametrize(
        ("word", "close"),
        [("hsah ring", "ring_walk"), ("ring", "ring_walk"), ("哈希", "ring_walk"),
         ("S03_Cash", "s03_cache")],
    )
    def test_proposes_a_slug_for_what_is_like_a_title(
        self, named: Catalog, word: str, close: str
    ) -> None:
        with pytest.raises(GraderError) as caught:
            named.find(word)
        assert str(caught.value).endswith(f"did you mean '{close}'?")

    @pytest.mark.parametrize("word", ["", " ", "_", "!?"])
    def test_finds_nothing_for_a_word_without_letters(self, named: Catalog, word: str) -> None:
        with pytest.raises(GraderError) as caught:
            named.find(word)
        assert "no kata or topic has this name" in str(caught.value)

    def test_tells_a_topic_from_a_kata(self, named: Catalog) -> None:
        assert [named.topic_of(word) for word in ("S05", "s05 sharding", "ring_walk", "x")] == [
            "s05", "s05", "", ""
        ]  # fmt: skip


class TestSolutionsDir:
    def test_mirrors_the_tree_of_katas(self, tree: Tree) -> None:
        add_kata(tree, "start_here")
        tour, kata = load(tree.root).katas
        assert solutions_dir(tree.root, kata) == tree.root / SOLUTIONS
        assert solutions_dir(tree.root, tour) == tree.root / "solutions/start_here"


class TestLineOf:
    TEXT = (
        'a = """\nb = 1\n[c]\n"""\n# b = 2\n\n"b" = [\n  1,\n  2,\n]\n[c]\nd.e = 3\n'
        "[[f]]\ng = 1\n[[f]]\ng = 2\n"
    )

    @pytest.mark.parametrize(
        ("keys", "line"),
        [
            (("a",), 1),
            (("b",), 7),
            (("b", 1), 7),
            (("c",), 11),
            (("c", "d", "e"), 12),
            (("f", 0, "g"), 14),
            (("f", 1, "g"), 16),
            (("c", "missing"), 11),
            (("missing",), 1),
        ],
    )
    def test_finds_where_a_statement_begins(self, keys: tuple[str | int, ...], line: int) -> None:
        assert line_of(self.TEXT, keys) == line


class TestLoadingNamedKatasOnly:
    OTHER = "systems/s03_cache/second_box"

    def test_reads_nothing_of_the_others(self, tree: Tree) -> None:
        tree.write(f"katas/{self.OTHER}/kata.toml", "not = a kata")
        (found,) = load_named(tree.root, [SLUG]).katas
        assert found.slug == SLUG
        with pytest.raises(GraderError):
            load(tree.root)

    def test_finds_the_same_as_a_full_load(self, tree: Tree) -> None:
        assert load_named(tree.root, [SLUG, SLUG]).katas == load(tree.root).find(SLUG)

    def test_drops_absent_prerequisites_as_a_full_load_does(self, tree: Tree) -> None:
        add_kata(tree, self.OTHER, prerequisites=f'["{SLUG}", "left_out"]')
        (tree.root / ".copier-answers.yml").write_text("")
        (found,) = load_named(tree.root, ["second_box"]).katas
        assert found.prerequisites == (SLUG,)
        assert load(tree.root).find("second_box") == (found,)

    @pytest.mark.parametrize("words", [(), ("s03",), ("s03_cache",), (SLUG, "s03")])
    def test_takes_the_whole_tree_for_topics_and_for_no_name(
        self, tree: Tree, words: tuple[str, ...]
    ) -> None:
        add_kata(tree, self.OTHER)
        assert load_named(tree.root, words) == load(tree.root)

    def test_advises_like_a_full_load(self, tree: Tree) -> None:
        with pytest.raises(GraderError, match=f"did you mean '{SLUG}'"):
            load_named(tree.root, [f"{SLUG}x"]).find(f"{SLUG}x")
