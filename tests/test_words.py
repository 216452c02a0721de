"""The words of the terminal: which language, the catalogue of Chinese, texts known again."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders import cli, cli_help, words
from graders.author import translations
from graders.author.extraction import Said, extract
from graders.judge import inside
from graders.model import Status, Verdict
from graders.phrases import phrase
from graders.question.results import Outcome
from graders.report.standing import State
from graders.templates import template

ROOT = Path(__file__).resolve().parent.parent
PO = translations.path(ROOT, "zh")
SPEAKING = {"say": 1, "say_n": 2, "mark": 1, "phrase": 1}  # how many texts each takes


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    words.use("en")


@pytest.fixture
def chinese() -> None:
    words.use("zh")


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return extract(ROOT, [Said(*each) for each in cli_help.texts(cli.cli)])


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Yield where something is said, by which function, and the call."""
    for path in sorted((ROOT / "graders").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKING:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", ast.unparse(node.func), node


class TestTheCatalogue:
    def test_lacks_nothing_and_has_nothing_left_over(self, said: list[Said]) -> None:
        assert translations.check(ROOT, said, "zh") == []

    def test_holds_every_literal_that_is_said(self, said: list[Said]) -> None:
        """Babel does not see what stands inside an f-string."""
        known = {each.text for each in said}
        for where, name, call in calls():
            first = call.args[0]
            if isinstance(first, ast.Constant):
                assert first.value in known, f"{where}: {first.value!r}; say it outside f-strings"
            else:
                assert name == "say" and not isinstance(first, ast.JoinedStr | ast.BinOp), (
                    f"{where}: {name} takes a literal")

    def test_is_given_the_values_that_its_texts_have_places_for(self) -> None:
        for where, name, call in calls():
            texts = [each.value for each in call.args[: SPEAKING[name]]
                     if isinstance(each, ast.Constant)]
            given = {each.arg for each in call.keywords}
            if None in given or name == "mark" or not given:
                continue
            given |= {"count"} if name == "say_n" else set()
            assert set().union(*map(translations.places, texts)) == given, where

    def test_has_the_words_of_every_verdict_and_state(self, chinese: None) -> None:
        from graders.report.listing import STATES
        from graders.report.screen import MEANINGS, named

        every = {*Verdict, *Status, *Outcome}
        assert set(MEANINGS) == every and set(STATES) == set(State)
        for word in every:
            assert re.fullmatch(rf"{word}（[\u4e00-\u9fff]+）", named(word))
        words.use("en")
        assert named(Status.NOT_RUN) == "NOT_RUN"

    def test_is_read_here_as_babel_reads_it(self, chinese: None, said: list[Said]) -> None:
        from babel.messages.pofile import read_po

        with PO.open("rb") as file:
            catalog = read_po(file, locale="zh")
        assert len(catalog) == len(said)
        for each in said:
            ours = words._catalog.pgettext(each.context, each.text)
            theirs = catalog.get(each.text, each.context or None).string
            assert ours == (theirs[0] if isinstance(theirs, tuple) else theirs)


class TestAChangeOfTheTexts:
    """The command `words` on a small tree of its own."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        (tmp_path / "graders").mkdir()
        self.write(tmp_path, 'say("Judge it again:")\nphrase("used {size} MiB", size=1)\n')
        translations.update(tmp_path, [])
        self.translate(tmp_path, "Judge it again:", "重新评测：")
        self.translate(tmp_path, "used {size} MiB", "用了 {size} MiB")
        return tmp_path

    def write(self, root: Path, code: str) -> None:
        (root / "graders/a.py").write_text(code, encoding="utf-8")

    def translate(self, root: Path, text: str, chinese: str) -> None:
        po = translations.path(root, "zh")
        held = re.sub(rf'(msgid "{re.escape(text)}"\nmsgstr )".*"', rf'\1"{chinese}"',
                      po.read_text(encoding="utf-8"))
        po.write_text(held, encoding="utf-8")

    def test_that_changes_nothing_changes_no_byte(self, root: Path) -> None:
        before = translations.path(root, "zh").read_bytes()
        assert translations.update(root, []) == []
        assert translations.path(root, "zh").read_bytes() == before

    def test_adds_what_is_new_and_says_so(self, root: Path) -> None:
        self.write(root, 'say("New.")\nsay("Judge it again:")\nphrase("used {size} MiB", size=1)\n')
        found = translations.update(root, [Said("graders/b.py", 1, "Help.")])
        po = "graders/locale/zh/LC_MESSAGES/kata40.po"
        advice = "; write it, after: python3 noxfile.py -s words"
        assert found == [f"{po}:10: no translation of 'New.' (graders/a.py){advice}",
                         f"{po}:23: no translation of 'Help.' (graders/b.py){advice}"]
        assert '"重新评测："' in translations.path(root, "zh").read_text(encoding="utf-8")

    def test_is_a_finding_until_the_catalogue_follows(self, root: Path) -> None:
        self.write(root, 'say("Judge it again:")\n')
        texts = extract(root, [])
        (found,) = translations.check(root, texts, "zh")
        assert "nothing says 'used {size} MiB' any more; take it out" in found
        assert translations.update(root, []) == []

    def test_of_places_is_a_finding(self, root: Path) -> None:
        self.translate(root, "used {size} MiB", "用了 {much} MiB")
        (found,) = translations.update(root, [])
        assert "the translation of 'used {size} MiB' fills in other values" in found

    def test_marked_fuzzy_is_a_finding(self, root: Path) -> None:
        po = translations.path(root, "zh")
        held = po.read_text(encoding="utf-8")
        po.write_text(held.replace('msgid "Judge', '#, fuzzy\nmsgid "Judge'), encoding="utf-8")
        (found,) = translations.update(root, [])
        assert "marked fuzzy; check it" in found

    def test_on_two_branches_merges(self, root: Path) -> None:
        """Both add entries at the same place; `.gitattributes` asks for both."""
        shutil.copy(ROOT / ".gitattributes", root)

        def git(*arguments: str) -> None:
            who = ("-c", "user.name=t", "-c", "user.email=t@localhost")
            subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)

        git("init", "--quiet", "--initial-branch=main")
        for branch in ("main", "one", "two"):
            git("checkout", "--quiet", *([] if branch == "main" else ["-b", branch, "main"]),
                *(["-b", "main"] if branch == "main" else []))
            if branch != "main":
                (root / f"graders/{branch}.py").write_text(
                    f'phrase("First of {branch}.")\nphrase("Second of {branch}.")\n')
                translations.update(root, [])
                self.translate(root, f"First of {branch}.", f"{branch} 甲")
                self.translate(root, f"Second of {branch}.", f"{branch} 乙")
            git("add", "--all")
            git("commit", "--quiet", "--message", branch)
        git("merge", "--quiet", "one")
        assert translations.check(root, extract(root, []), "zh") == []
        assert translations.update(root, []) == []


class TestAText:
    def test_is_english_until_chinese_is_chosen(self) -> None:
        assert words.say("Judge it again:") == "Judge it again:"
        words.use("zh")
        assert words.say("Judge it again:") == "重新评测："
        words.use("en")
        assert words.say("Module: {path}", path="a.py") == "Module: a.py"

    def test_without_a_translation_stays_english(self, chinese: None) -> None:
        assert words.say("Nobody says this: {x}", x=1) == "Nobody says this: 1"

    def test_with_a_count_has_two_forms_in_english_and_one_in_chinese(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def days(count: int) -> str:
            return words.say_n("{count} day", "{count} days", count)

        assert [days(1), days(2), days(0)] == ["1 day", "2 days", "0 days"]
        lines = ['msgid "{count} day"', 'msgid_plural "{count} days"', 'msgstr[0] "{count} 天"']
        monkeypatch.setattr(words, "_catalog", words.Catalog(lines))
        assert [days(1), days(2)] == ["1 天", "2 天"]


class TestATextOfTheJudge:
    def test_is_known_again_by_every_template(self, chinese: None, said: list[Said]) -> None:
        """Each template, filled in, is told in Chinese, with what was filled in."""
        for each in said:
            if each.context != words.PHRASE:
                continue
            filled = {name: "7" if name == "count" else f"<{name}>"
                      for name in translations.places(each.text)}
            made = phrase(each.text, **filled) if filled else each.text
            told = words.tell(made)
            assert told != made or not re.search("[a-z]{2}", re.sub("<.*?>", "", made)), made
            assert all(value in told for value in filled.values()), (made, told)

    @pytest.mark.parametrize(("text", "chinese_text"), [
        ("used 300 MiB; the limit is 256 MiB", "用了 300 MiB；上限为 256 MiB"),
        ("two_sum.py:3: syntax error: invalid syntax; mend this line",
         "two_sum.py:3：语法错误：invalid syntax；请改正这一行"),
        ("test_a: the engine died twice; run again, and if it stays so report it with KATA_DEBUG=1 "
         "(this is a fault of the judge or of the machine, not of your code; run the command "
         "again, and report it if it stays)",
         "test_a: 评测引擎两次意外退出；请重新运行，仍然如此请附上 KATA_DEBUG=1 的输出来报告（这是"
         "评测程序或机器的故障，不是你的代码的问题；请重新运行，仍然如此请报告）"),
        ("the result is too large: more than 100000 values", "返回值太大：超过 100000 个值"),
        ("TimeoutError: no answer within 2.0 s", "TimeoutError: 2.0 秒内没有应答"),
        ("find_pair: grows about quadratic (exponent 2.00); the target is at most linear "
         "(exponent up to 1.45)\n        size  CPU seconds per call\n         100  0.001",
         "find_pair：增长约为平方（指数 2.00）；目标至多为线性（指数不超过 1.45）\n"
         "        规模  每次调用的 CPU 秒数\n         100  0.001"),
        ("No such command 'grad'. Did you mean one of these? grade; see: python3 -m graders --help",
         "没有命令 'grad'。是不是想写：grade；参见：python3 -m graders --help"),
    ])
    def test_is_told_with_the_texts_in_it(
        self, chinese: None, text: str, chinese_text: str
    ) -> None:
        assert words.tell(text) == chinese_text

    def test_that_no_template_made_stays_as_it_is(self, chinese: None) -> None:
        for text in ("", "a suite's own words", "KeyError: 'x'", "two\nlines", "[red]: x {y}"):
            assert words.tell(text) == text

    def test_stays_english_in_english(self) -> None:
        assert words.tell("broke the protocol") == "broke the protocol"

    @pytest.mark.timeout(20)
    def test_cannot_be_made_endless_by_a_learner(self, chinese: None) -> None:
        for piece in ("a: ", "; see: ", "\n", " grows  (exponent ", "{", "[Errno 1] a: "):
            text = (piece * 4096)[:4096]
            assert words.tell(text).replace("：", ": ").count(piece.strip()[:1]) >= 0

    def test_of_the_sandbox_stands_in_the_code_there(self) -> None:
        """What cannot import `phrase` writes its texts itself; each part is still there."""
        files = [*(ROOT / "graders/kit/inside").glob("*.py"), *(
            ROOT / "graders/judge" / f"{name}.py"
            for name in ("worker", "scan", "wire", "wire_keys", "wire_read", "sandbox"))]
        code = "".join(path.read_text(encoding="utf-8") for path in files)
        code = re.sub(r'"\s*f?"', "", code)
        for each in inside.TEXTS:
            if not each.startswith("[Errno"):
                assert all(part in code for part in template(each).fixed), each

    def test_of_a_worker_has_a_template(self) -> None:
        """Every text that is raised or sent in the sandbox for a learner to read."""
        known = {template(each).fixed for each in inside.TEXTS}
        for name in ("worker", "scan", "wire", "wire_read"):
            tree = ast.parse((ROOT / f"graders/judge/{name}.py").read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("TooMuch"):
                    assert fixed(node.args[0]) in known, ast.unparse(node)
                if isinstance(node, ast.Tuple) and len(node.elts) == 3 \
                        and getattr(node.elts[0], "value", "") == "bad":
                    assert fixed(node.elts[1]) in known, ast.unparse(node)


def fixed(node: ast.expr) -> tuple[str, ...]:
    """Return what a literal or f-string says between its places."""
    if isinstance(node, ast.Constant):
        return (node.value,)
    assert isinstance(node, ast.JoinedStr)
    parts = [""]
    for each in node.values:
        if isinstance(each, ast.Constant):
            parts[-1] += each.value
        else:
            parts.append("")
    return tuple(parts)


class TestTheLanguage:
    def chosen(self, root: Path, **environment: str) -> str:
        return words.choose(environment, root)

    def answered(self, root: Path, line: str) -> Path:
        (root / ".copier-answers.yml").write_text(f"# made by copier\n{line}\ntracks: [systems]\n")
        return root

    def test_is_english_without_any_sign(self, tmp_path: Path) -> None:
        assert self.chosen(tmp_path) == "en"
        assert self.chosen(tmp_path, LANG="de_DE.UTF-8") == "en"

    def test_follows_the_locale(self, tmp_path: Path) -> None:
        assert self.chosen(tmp_path, LANG="zh_CN.UTF-8") == "zh"
        assert self.chosen(tmp_path, LANG="zh_CN.UTF-8", LC_ALL="C.UTF-8") == "en"
        assert self.chosen(tmp_path, LANG="en_US.UTF-8", LC_MESSAGES="zh_TW.UTF-8") == "zh"

    def test_of_the_repository_goes_before_the_locale(self, tmp_path: Path) -> None:
        assert self.chosen(self.answered(tmp_path, "language: zh"), LANG="en_US.UTF-8") == "zh"
        assert self.chosen(self.answered(tmp_path, "language: 'en'"), LANG="zh_CN.UTF-8") == "en"

    def test_that_the_learner_names_goes_before_all(self, tmp_path: Path) -> None:
        root = self.answered(tmp_path, "language: zh")
        assert self.chosen(root, KATA_LANG="en", LANG="zh_CN.UTF-8") == "en"
        assert self.chosen(tmp_path, KATA_LANG="zh-CN") == "zh"

    def test_is_english_where_the_answers_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / ".copier-answers.yml").write_bytes(b"language: \xff")
        assert self.chosen(tmp_path) == "en"


def test_english_needs_no_catalogue() -> None:
    """Nothing is read and no Babel loaded where nothing is translated."""
    code = ("import sys, builtins, pathlib\nreal = pathlib.Path.open\n"
            "def opened(self, *a, **k):\n"
            "    assert self.suffix != '.po', self\n"
            "    return real(self, *a, **k)\n"
            "pathlib.Path.open = opened\n"
            "from graders import cli\ncode = cli.run(['--help'])\n"
            "assert 'babel' not in sys.modules and code == 0")
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True,
                   env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "KATA_LANG": "en"})
