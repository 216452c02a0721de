"""The law on files, pages and topics: a finished kata passes, and each breach has its finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graders import catalog
from graders.author import finding, law_text
from graders.author.material import gather, page_name
from graders.author.page import read_page
from graders.stubs import stub_hash
from tests.trees import KATA, SLUG, SOLUTIONS, Tree, finished

ROOT = Path(__file__).parent.parent

# Rule, file, what to replace there (an empty text: append), and what the author reads.
BREACHES = {
    "a word for the author": (
        ("unfinished", "answer", "Numbers enter", "UNFINISHED: Numbers enter"),
        f"{SOLUTIONS}/ANSWER.md:3: is not written yet; replace this placeholder",
    ),
    "a module that is not Python": (
        ("file-unreadable", "wrong", "def put(self, number):", "def put(self, number:"),
        f"{SOLUTIONS}/wrong_takes_newest.py:16: is not valid Python (",
    ),
    "Chinese in the English page": (
        ("language", "answer", "", "数字" * 99),
        "Chinese characters; write the page for an English reader",
    ),
    "a dead link": (
        ("link", "en", "(../README.md)", "(../OTHER.md)"),
        f"{KATA}/README.md:4: link '../OTHER.md' leads nowhere; mend or remove it",
    ),
    "a link out of the repository": (
        ("link", "en", "(../README.md)", "(../../../../../x)"),
        "leads nowhere; mend",
    ),
    "an absolute link": (
        ("link", "en", "(../README.md)", "(/katas/README.md)"),
        "link '/katas/README.md' begins with /; make it relative to this page",
    ),
    "a link to what learners do not have": (
        ("link", "en", "(../README.md)", f"(../../../../{SOLUTIONS}/ANSWER.md)"),
        "leads into solutions/, which learners do not have",
    ),
    "a link to no heading": (
        ("link", "en", "(#run)", "(#walk)"),
        f"link '#walk' names no heading of {KATA}/README.md; mend the part after #",
    ),
    "a link to no heading of another page": (
        ("link", "en", "(../README.md)", "(../README.md#nothing)"),
        "names no heading of katas/systems/s03_cache/README.md; mend the part after #",
    ),
    "a number that the Chinese page lacks": (
        ("numbers", "en", "100,000", "200,000"),
        f"{KATA}/README.md:15: says 200000, which {KATA}/README.zh.md does not; give both the same",
    ),
    "a number that the English page lacks": (
        ("numbers", "zh", "2 个", "3 个"),
        f"{KATA}/README.zh.md:6: says 3, which {KATA}/README.md does not; give both the same",
    ),
    "a number in code that the other page lacks": (
        ("numbers", "answer", "`take`", "`take(77)`"),
        f"says 77, which {SOLUTIONS}/ANSWER.zh.md does not",
    ),
    "another example": (
        ("examples", "zh", "box.put(2)", "box.put(3)"),
        f"{KATA}/README.zh.md:11: differs from line 11 of {KATA}/README.md; show the same code",
    ),
    "a longer example": (
        ("examples", "zh", "box.put(2)\n", "box.put(2)\nbox.put(2)\n"),
        f"{KATA}/README.zh.md:12: differs from line 12",
    ),
    "an example too many": (
        ("examples", "zh", "", "\n```\nx\n```\n"),
        f"has 3 code blocks and {KATA}/README.md has 2; show the same ones",
    ),
    "a statement that does not say how to run": (
        ("how-to-run", "zh", "-- number_box", "-- other_box"),
        "does not say how to run; end it with `python3 noxfile.py -s grade -- number_box`",
    ),
    "a page that does not list a kata": (
        ("topic-page", "topic zh", "[number_box](number_box/README.zh.md)", "number_box"),
        "katas/systems/s03_cache/README.zh.md: does not list number_box; add a link to its folder",
    ),
    "Chinese touching Latin": (
        ("zh-space", "answer zh", "如果用列表", "如果用list"),
        "no space in '如果用list，每'; put one between Chinese and Latin or code",
    ),
    "Chinese touching code": (
        ("zh-space", "answer zh", "每次 `take`", "每次`take`"),
        "no space in '用列表，每次`take` 都要移动'",
    ),
    "Chinese touching a figure": (
        ("zh-space", "zh", "2 个", "2个"),
        "no space in '盒子里有 2个数字时，",
    ),
    "a half-width comma": (
        ("zh-punctuation", "answer zh", "离开，因此", "离开,因此"),
        "half-width ',' in '从另一端离开,因此无论有'; write '，'",
    ),
    "a half-width full stop": (
        ("zh-punctuation", "answer zh", "平方级的。", "平方级的. "),
        "half-width '.' in ",
    ),
    "a half-width colon after Latin": (
        ("zh-punctuation", "answer zh", "数字从", "deque: 数字从"),
        "half-width ':' in 'deque: 数字从双端'; write '：'",
    ),
    "a space before a full-width mark": (
        ("zh-punctuation", "answer zh", "离开，因此", "离开 ，因此"),
        "a space before '，'; full-width punctuation carries its own",
    ),
    "a formal address": (
        ("zh-address", "answer zh", "错误的解法", "您的解法"),
        "says 您; write 你",
    ),
    "Chinese of a title": (
        ("zh-space", "toml", "数字盒子", "数字box"),
        f"{KATA}/kata.toml:2: no space in '数字box'",
    ),
    "Chinese of a hint": (
        ("zh-punctuation", "toml", "看看两端。", "看看两端,对吗？"),
        f"{KATA}/kata.toml:20: half-width ','",
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return finished(tmp_path)


def test_a_finished_kata_breaks_no_rule(tree: Tree) -> None:
    assert tree.findings() == []


@pytest.mark.parametrize(("breach", "text"), BREACHES.values(), ids=list(BREACHES))
def test_a_breach_is_found(tree: Tree, breach: tuple[str, str, str, str], text: str) -> None:
    rule, name, old, new = breach
    if old:
        tree.edit(name, old, new)
    else:
        tree.append(name, new)
    assert any(text in each for each in tree.said(rule)), tree.findings()


def test_every_rule_is_told_in_one_line_and_broken_by_a_test() -> None:
    here = Path(__file__).parent
    names = ("test_law*.py", "test_verify.py", "test_mutate.py", "test_proof.py",
             "test_independent.py", "test_contents.py", "test_template.py")
    tests = "".join(path.read_text("utf-8") for name in names for path in here.glob(name))
    untested = [rule for rule in finding.RULES
                if f'"{rule}"' not in tests and f"[{rule}]" not in tests]
    assert untested == []
    assert all(0 < len(text) < 90 and "\n" not in text for text in finding.RULES.values())


class TestFiles:
    @pytest.mark.parametrize(
        "name",
        ["en", "zh", "suite", "stub", "reference", "hidden", "answer", "answer zh"],
    )
    def test_that_are_missing_are_named(self, tree: Tree, name: str) -> None:
        path = tree.path(name)
        path.unlink()
        relative = path.relative_to(tree.root).as_posix()
        assert tree.said("file-missing") == [f"{relative}: is missing; write it"]

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (f"{KATA}/notes.txt", "is not part of a kata; remove it"),
            (f"{KATA}/wrong_here.py", "is not part of a kata; remove it"),
            (
                f"{SOLUTIONS}/sub/wrong_deep.py",
                "is no submission; begin its name with one of wrong_",
            ),
            (
                f"{SOLUTIONS}/helper.py",
                "is no submission; begin its name with one of wrong_, slow_",
            ),
            ("katas/systems/s03_cache/left_over/x.py", "belongs to no kata; remove it, or finish"),
            ("solutions/systems/s03_cache/left_over/x.py", "belongs to no kata; remove it, or"),
            (
                "katas/systems/s04_queues/x/x.py",
                "belongs to no kata; remove it, or finish the kata",
            ),
            ("katas/sistems/x.py", "belongs to no kata; remove it, or finish the kata"),
            ("katas/systems/s03_cache/question/key.toml", "belongs to no kata; remove it"),
        ],
    )
    def test_that_are_strays_are_named(self, tree: Tree, path: str, text: str) -> None:
        tree.write(path, '"""A stray."""\n')
        (found,) = tree.said("file-unexpected")
        assert text in found

    @pytest.mark.parametrize(
        "path",
        [
            f"{KATA}/__pycache__/x.pyc",
            f"{SOLUTIONS}/.ruff_cache/x/y",
            f"{SOLUTIONS}/mutants.toml",
            "katas/conftest.py",
        ],
    )
    def test_that_belong_there_are_passed_over(self, tree: Tree, path: str) -> None:
        tree.write(path, "")
        assert tree.findings() == []

    @pytest.mark.parametrize("name", ["question.toml", "answers.toml", "keys.json"])
    def test_of_a_question_set_are_no_strays(self, tree: Tree, name: str) -> None:
        tree.write(f"katas/systems/s03_cache/question/{name}", "")
        assert tree.said("file-unexpected") == []

    def test_of_paths_are_held_to_their_katas_and_minutes(self, tree: Tree) -> None:
        text = (
            'format = 1\n[all]\ntitle = { en = "All", zh = "全部" }\n'
            'description = { en = "All", zh = "全部" }\n'
        )
        tree.write("katas/paths.toml", text)
        assert tree.findings() == []
        tree.write("katas/paths.toml", f'{text}budget_minutes = 1\nkatas = ["number_bix"]\n')
        wanted = "katas/paths.toml:6: no kata 'number_bix'; did you mean 'number_box'?"
        assert tree.said("path") == [wanted]
        tree.write("katas/paths.toml", f"{text}budget_minutes = 44\n")
        assert tree.said("path") == [
            "katas/paths.toml:5: the path takes 45 minutes, more than its 44; "
            "take something out, or give it more time"
        ]

    def test_that_are_links_are_not_followed(self, tree: Tree) -> None:
        tree.path("answer").unlink()
        tree.path("answer").symlink_to(tree.path("en"))
        text = f"{SOLUTIONS}/ANSWER.md: is not a regular file; put the file itself there"
        assert tree.said("file-unreadable") == [text]

    def test_that_are_not_utf_8_are_named_with_the_line(self, tree: Tree) -> None:
        tree.path("answer").write_bytes(b"# Answer\n\xff\n")
        text = f"{SOLUTIONS}/ANSWER.md:2: is not UTF-8; save it in this encoding"
        assert tree.said("file-unreadable") == [text]

    def test_with_null_bytes_are_not_python(self, tree: Tree) -> None:
        tree.append("wrong", "\0")
        (text,) = tree.said("file-unreadable")
        assert "is not valid Python (" in text

    def test_of_a_stub_that_the_manifest_lacks_are_named(self, tree: Tree) -> None:
        tree.write("katas/manifest.json", f'{{"format": 1, "stubs": {{"{SLUG}": ["{"0" * 64}"]}}}}')
        text = "katas/manifest.json does not know this stub; run `publish --manifest`"
        assert tree.said("stub-listed") == [f"{KATA}/{SLUG}.py: {text}"]

    def test_of_a_stub_that_the_manifest_knows_are_fine(self, tree: Tree) -> None:
        known = stub_hash(tree.path("stub").read_bytes())
        tree.write("katas/manifest.json", f'{{"format": 1, "stubs": {{"{SLUG}": ["{known}"]}}}}')
        assert tree.findings() == []


class TestPages:
    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("zh", "10 万个", "100,000 个"),
            ("zh", "10 万个", "十万个"),
            ("en", "100,000 numbers", "A hundred thousand numbers"),
            ("zh", "有 2 个", "有两个"),
            ("zh", "# 最早的", "# 最旧的那个"),
            ("en", "(../README.md)", "(https://example.org/no)"),
            ("answer zh", "数字从", "**先看两端。** 数字从"),
            ("answer zh", "如果用列表", "如果用 `list,再见` 与 deque 做的列表 (list)"),
        ],
    )
    def test_may_be_written_freely_where_it_does_not_matter(
        self, tree: Tree, name: str, old: str, new: str
    ) -> None:
        tree.edit(name, old, new)
        assert tree.findings() == []

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("answer zh", "has 0 Chinese characters; write the page for a Chinese reader"),
            ("answer", "has 4 words; write the page"),
        ],
    )
    def test_say_something(self, tree: Tree, name: str, text: str) -> None:
        tree.write(name, "# Answer\n\nIt is obvious.\n")
        path = tree.path(name).relative_to(tree.root).as_posix()
        assert tree.said("language") == [f"{path}: {text}"]

    @pytest.mark.parametrize("name", ["topic", "topic zh", "solution topic", "solution topic zh"])
    def test_of_a_topic_are_needed(self, tree: Tree, name: str) -> None:
        path = tree.path(name)
        path.unlink()
        text = f"{path.relative_to(tree.root).as_posix()}: is missing; write the topic's page"
        assert tree.said("topic-page") == [text]

    def test_of_a_topic_are_held_to_the_same_rules(self, tree: Tree) -> None:
        tree.append("topic zh", "\n用了redis，共 77 个。[无](x.md)\n")
        rules = {found.rule for found in tree.findings()}
        assert rules == {"zh-space", "numbers", "link"}

    def test_of_a_topic_must_be_readable(self, tree: Tree) -> None:
        tree.path("topic").write_bytes(b"\xff")
        (text,) = tree.said("file-unreadable")
        assert text == "katas/systems/s03_cache/README.md:1: is not UTF-8; save it in this encoding"

    @pytest.mark.parametrize(
        ("name", "words", "text"),
        [
            ("en", "word " * 200, "words, a warm-up at most 200; say less or ask for less"),
            (
                "zh",
                "字" * 400,
                "Chinese characters, a warm-up at most 350; say less or ask for less",
            ),
        ],
    )
    def test_of_a_warm_up_are_short(self, tree: Tree, name: str, words: str, text: str) -> None:
        tree.append(name, f"\n{words}\n")
        assert tree.said("warm-up") == []
        tree.edit("toml", "order = 20", "order = 10")
        assert any(text in each for each in tree.said("warm-up"))

    @pytest.mark.parametrize(
        ("language", "word", "most", "unit"),
        [("en", "word ", 400, "words"), ("zh", "字", 700, "Chinese characters")],
    )
    def test_of_the_tour_may_be_twice_as_long(
        self, language: str, word: str, most: int, unit: str
    ) -> None:
        """It leads through the whole loop. Each page is as it stands but for more words."""
        kata = catalog.load(ROOT).find(catalog.TOUR)[0]
        material, unreadable = gather(ROOT, kata)
        assert unreadable == [] and list(law_text.check(material)) == []
        path = f"katas/start_here/{page_name('README', language)}"
        longer = read_page(path, f"{material.pages[path].text}\n{word * most}\n")
        told = list(law_text.check(replace(material, pages={**material.pages, path: longer})))
        assert [each.rule for each in told] == ["warm-up"]
        assert f"{unit}, the tour at most {most}; say less" in told[0].message
