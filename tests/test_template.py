"""The repository as a copier template: what a learner's copy holds, and that it works.

The template is a real clone of what git would commit here, with a canary in every file that no
learner may see.
"""

import ast
import filecmp
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from copier import run_copy, run_update
from markdown_it import MarkdownIt

from graders import catalog, catalog_paths, settings
from graders.author import law, template_lists
from graders.author.publish import REFERENCE, STARTER, publish
from graders.learn import memory

ROOT = Path(__file__).parents[1]
CANARY = b"canary-that-no-learner-may-see"
COPIED = ("docs", "graders", "katas")
SINGLE = (".gitattributes", ".github/workflows/grade.yml", ".gitignore", "LICENSE", "noxfile.py",
          "pyproject.toml")
RENDERED = ("README.md", ".copier-answers.yml")
# What a template needs or hands on; every other file gets a canary.
SHIPPED = re.compile(
    r"(docs|graders|katas|copier)/.*|copier\.yml|.*\.jinja|" + "|".join(map(re.escape, SINGLE))
)


def git(repo, *arguments):
    identity = ("-c", "user.name=tester", "-c", "user.email=tester@localhost")
    command = ["git", "-C", str(repo), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def files_below(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def render(template, dest, **answers):
    run_copy(str(template), dest, data=answers, defaults=True, quiet=True, vcs_ref="HEAD")
    return dest


def build(root, keep=lambda name: True) -> Path:
    """Fill `root` with one commit: the files of this repository, as they stand, and canaries."""
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").decode()
    for name in filter(keep, listed.split("\0")[:-1]):
        if not (ROOT / name).is_file():
            continue  # deleted, but not yet committed
        canary = b"" if SHIPPED.fullmatch(name) else CANARY
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes((ROOT / name).read_bytes() + canary)
    for name in ("benchmarks/run.py", "new_folder/file.txt", "new_file.txt", ".github/other.yml"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(CANARY)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "template")
    return root


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    """Return a template that holds everything, and something that git ignores."""
    root = build(tmp_path_factory.mktemp("template"))
    (root / "katas/__pycache__").mkdir()
    (root / "katas/__pycache__/two_sum.pyc").write_bytes(CANARY)
    return root


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    """Return a template with few files, for what does not depend on how many there are."""
    katas = r"start_here/.*|(systems/s03|algorithms/a01)_.*"
    few = re.compile(rf"[^/]+|(copier|docs)/.*|(katas|solutions)/([^/]+|{katas})")
    return build(tmp_path_factory.mktemp("small"), few.fullmatch)


@pytest.fixture(scope="module")
def copy(template, tmp_path_factory) -> Path:
    """Return a learner's repository made with the default answers."""
    return render(template, tmp_path_factory.mktemp("copies") / "a learner")


def test_the_template_has_secrets_to_keep(template):
    with_canary = {p for p in files_below(template) if CANARY in (template / p).read_bytes()}
    assert {p.split("/")[0] for p in with_canary} >= {"solutions", "tests", "benchmarks", ".ci"}


def test_a_copy_holds_what_is_named_and_nothing_else(copy):
    strangers = {
        path
        for path in files_below(copy)
        if path.split("/")[0] not in COPIED and path not in (*SINGLE, *RENDERED)
    }
    assert strangers == set()


def test_no_byte_of_anything_else_is_in_a_copy(copy):
    for path in files_below(copy):
        assert CANARY not in (copy / path).read_bytes(), path
        assert CANARY.decode() not in path
    assert [each for each in copy.rglob("*") if each.is_dir() and not any(each.iterdir())] == []


def test_no_file_of_the_solutions_is_in_a_copy_under_another_name(copy):
    solutions = {path.read_bytes() for path in (ROOT / "solutions").rglob("*") if path.is_file()}
    for path in files_below(copy):
        data = (copy / path).read_bytes()
        assert not data or data not in solutions, path


def functions(path):
    """Return the text of every function, without its name: of a test, all that it does."""
    text = path.read_text(encoding="utf-8")
    found = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.FunctionDef)]
    ends = [ast.get_source_segment(text, each.body[-1]) for each in found]
    whole = ["\n".join(text.splitlines()[each.body[0].lineno - 1 : each.end_lineno])
             for each in found]
    return {each for each, end in zip(whole, ends, strict=True) if len(each) >= 80 and end}


def test_no_function_of_solutions_and_hidden_suites_is_in_a_copy(template, copy):
    """What a repair kata's faulty code has right already it shares with the reference."""
    pages = {path: (copy / path).read_bytes() for path in files_below(copy)}
    held, sought = b"\0".join(pages.values()), 0
    for path in (ROOT / "solutions").rglob("*.py"):
        stub = ROOT / "katas" / path.parent.relative_to(ROOT / "solutions")
        shared = {p.read_text(encoding="utf-8") for p in stub.glob("*.py")}
        for text in functions(path):
            if any(text in each for each in shared):
                continue
            sought += 1
            assert text.encode() not in held, f"{path}: {text}"
    assert sought > 500


def test_katas_and_graders_are_complete_and_the_same_byte_for_byte(template, copy):
    tracked = git(template, "ls-files", "-z", "--", *COPIED, *SINGLE).decode().split("\0")[:-1]
    assert len(tracked) > 50
    assert filecmp.cmpfiles(template, copy, tracked, shallow=False)[1:] == ([], [])


def test_the_manifest_of_stubs_comes_along(copy):
    manifest = json.loads((copy / "katas/manifest.json").read_bytes())
    slugs = {path.parent.name for path in (copy / "katas").rglob("kata.toml")}
    assert slugs <= set(manifest["stubs"])


def test_answers_are_kept_for_updates(small, tmp_path):
    copy = render(small, tmp_path / "copy", learner_name="小明: \"x\"", language="zh")
    answers = yaml.safe_load((copy / ".copier-answers.yml").read_text(encoding="utf-8"))
    assert answers["learner_name"] == '小明: "x"'
    assert answers["language"] == "zh"
    assert answers["_src_path"] == str(small)


def test_the_settings_are_those_that_the_graders_read(small, tmp_path):
    told = {"path": "sprint", "answers_from": "https://x.example/y", "answers_after": "2999-01-01"}
    copy = render(small, tmp_path / "copy", **told)
    assert told.items() <= settings.read(copy).items()
    assert settings.answers_wait(copy, date(2998, 1, 1)) == "2999-01-01"
    plain = settings.read(render(small, tmp_path / "plain"))
    assert (plain["path"], plain["answers_from"], plain["answers_after"]) == ("all", "", "")


def test_the_paths_to_choose_from_are_those_that_there_are():
    asked = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))["path"]["choices"]
    assert list(asked.values()) == list(catalog_paths.load(ROOT).plans)


@pytest.mark.parametrize(("track", "other"), [("systems", "algorithms"), ("algorithms", "systems")])
def test_a_track_that_was_not_asked_for_is_left_out(small, tmp_path, track, other):
    copy = render(small, tmp_path / "copy", tracks=[track])
    assert any((copy / "katas" / track).iterdir())
    assert (copy / "katas" / "start_here" / "start_here.py").is_file()
    assert not (copy / "katas" / other).exists()
    assert f"katas/{other}" not in (copy / "README.md").read_text(encoding="utf-8")


def slugs_below(copy):
    return {path.parent.name for path in (copy / "katas").rglob("kata.toml")} - {"start_here"}


def topics_below(copy):
    return {path.name[:3] for path in (copy / "katas").glob("*/*_*") if path.is_dir()}


def test_only_the_topics_that_were_chosen_are_handed_out(small, tmp_path):
    copy = render(small, tmp_path / "copy", topics=["s03"])
    assert topics_below(copy) == {"s03"}
    assert not (copy / "katas/algorithms").exists()
    assert "katas/algorithms" not in (copy / "README.md").read_text(encoding="utf-8")
    assert catalog.load(copy).katas


def test_katas_are_handed_out_up_to_a_difficulty(small, tmp_path):
    every = {kata.slug: kata.difficulty for kata in catalog.load(ROOT).katas
             if kata.topic in ("s03", "a01")}
    assert {1, 2} <= set(every.values())
    copy = render(small, tmp_path / "copy", difficulty=1)
    assert slugs_below(copy) == {slug for slug, level in every.items() if level == 1}
    assert topics_below(copy) == {"s03", "a01"}
    folders = [each for each in (copy / "katas").rglob("*") if each.is_dir()]
    assert all(any(each.iterdir()) for each in folders)


def test_only_the_katas_that_a_cohort_names_are_handed_out(small, tmp_path):
    copy = render(small, tmp_path / "copy", cohort="autumn", katas="two_sum  first_repeat")
    assert slugs_below(copy) == {"two_sum", "first_repeat"}
    assert topics_below(copy) == {"a01"}
    assert (copy / "katas/start_here/kata.toml").is_file()


def test_the_lists_of_topics_and_katas_are_fresh():
    assert list(template_lists.check(catalog.load(ROOT))) == []


@pytest.mark.parametrize("line", ['"algorithms/a01_two_sum/two_sum": 5', ""])
def test_a_stale_list_is_told_and_mended(small, tmp_path, line):
    tree = tmp_path / "tree"
    git(tmp_path, "clone", "--quiet", str(small), str(tree))
    template_lists.refresh(catalog.load(tree))
    path = tree / template_lists.FILE
    fresh = path.read_text(encoding="utf-8")
    stale = re.sub('"algorithms/a01_two_sum/two_sum": .', line, fresh)
    assert stale != fresh
    path.write_text(stale, encoding="utf-8")
    held = catalog.load(tree)
    assert [each.rule for each in template_lists.check(held)] == ["template-lists"]
    assert "template-lists" in {each.rule for each in law.check(held, held.katas)}
    assert template_lists.refresh(catalog.load(tree))
    assert path.read_text(encoding="utf-8") == fresh
    assert not template_lists.refresh(catalog.load(tree))


NASTY = "A*d_a <b>[x](javascript:y) \\ `c` www.x.org & {{ 7*7 }} '\"#|~!"


def test_a_name_is_letters_and_nothing_else_in_the_readme(small, tmp_path):
    copy = render(small, tmp_path / "copy", learner_name=NASTY, project_name=NASTY)
    page = (copy / "README.md").read_text(encoding="utf-8")
    inline = [t for t in MarkdownIt("gfm-like", {"linkify": False}).parse(page)
              if t.type == "inline"]
    shown = ["".join(child.content for child in each.children) for each in inline]
    assert NASTY in shown and f"Katas of {NASTY}." in shown
    assert "<b>" not in page


@pytest.mark.parametrize(("language", "words"), [("en", "How to work"), ("zh", "怎么练")])
def test_the_readme_is_in_the_language_and_its_links_are_alive(small, tmp_path, language, words):
    copy = render(small, tmp_path / "copy", language=language, learner_name="Ada")
    page = (copy / "README.md").read_text(encoding="utf-8")
    assert words in page
    assert "Ada" in page
    assert "{{" not in page and "{%" not in page
    assert page.endswith("\n") and not page.endswith("\n\n")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert links
    assert all((copy / link).exists() for link in links)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"tracks": []}, "choose at least one"),
        ({"project_name": "  "}, "1 to 80 characters"),
        ({"learner_name": "x" * 81}, "at most 80 characters"),
        ({"language": "fr"}, "Invalid choice"),
        ({"path": "sprnt"}, "Invalid choice"),
        ({"answers_from": "ext::sh"}, "https://, ssh://, file:// or git@"),
        ({"answers_after": "soon"}, "a date like 2026-03-01, or never"),
        ({"topics": ["s99"]}, "Invalid choice"),
        ({"difficulty": 6}, "Invalid choice"),
        ({"cohort": "x" * 81}, "at most 80 characters"),
        ({"cohort": "c", "learner_id": "x" * 65}, "at most 64 characters"),
        ({"answers_after": "2026-03-011"}, "a date like 2026-03-01, or never"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(small, tmp_path, answers, message):
    with pytest.raises(ValueError, match=message):
        render(small, tmp_path / "copy", **answers)


def test_the_branch_for_learners_is_as_good_a_template(small, tmp_path):
    publish(small)
    starter = tmp_path / "starter"
    git(tmp_path, "clone", "--quiet", "--branch", STARTER, small.as_uri(), str(starter))
    git(small, "branch", "-D", STARTER, REFERENCE)
    ours, theirs = render(small, tmp_path / "a"), render(starter, tmp_path / "b")
    differing = {".copier-answers.yml", "katas/manifest.json"}  # address; what publish adds
    assert files_below(ours) - differing == files_below(theirs) - differing
    names = files_below(ours) - differing
    assert filecmp.cmpfiles(ours, theirs, names, shallow=False)[1:] == ([], [])


def test_an_update_brings_new_questions_and_leaves_the_answers_alone(small, tmp_path):
    folder = "katas/algorithms/a01_two_sum/question"
    template = tmp_path / "template"
    git(tmp_path, "clone", "--quiet", str(small), str(template))
    copy = render(template, tmp_path / "mine")
    git(copy, "init", "--quiet")
    mine = (copy / folder / "answers.toml").read_bytes().replace(b'answer = ""', b"answer = 7", 1)
    (copy / folder / "answers.toml").write_bytes(mine)
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "my answers")
    for name in ("question.toml", "answers.toml"):
        path = template / folder / name
        path.write_bytes(b"# new\n" + path.read_bytes().replace(b"first_pair", b"the_pair"))
    git(template, "commit", "--quiet", "--all", "--message", "new questions")
    run_update(str(copy), defaults=True, quiet=True, overwrite=True, vcs_ref="HEAD")
    assert b"the_pair" in (copy / folder / "question.toml").read_bytes()
    assert (copy / folder / "answers.toml").read_bytes() == mine


@pytest.mark.parametrize("keep", [False, True], ids=["local", "committed"])
def test_an_update_leaves_progress_alone(small, tmp_path, keep):
    template = tmp_path / "template"
    git(tmp_path, "clone", "--quiet", str(small), str(template))
    copy = render(template, tmp_path / "mine")
    git(copy, "init", "--quiet")
    assert memory.update(copy, {"two_sum": {"hints": 2}})
    assert memory.keep(copy, keep)
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "my work")
    assert git(copy, "check-attr", "merge", "progress.jsonl").endswith(b": union\n")
    for name in (".gitattributes", "katas/paths.toml"):
        (template / name).write_bytes(b"# new\n" + (template / name).read_bytes())
    git(template, "commit", "--quiet", "--all", "--message", "an update")
    run_update(str(copy), defaults=True, quiet=True, overwrite=True, vcs_ref="HEAD")
    assert (copy / "katas/paths.toml").read_bytes().startswith(b"# new\n")
    assert memory.read(copy) == {"two_sum": memory.Memory(hints=2)}
    assert memory.is_committed(copy) is keep
    assert (copy / ".kata40/progress.json").exists() is not keep


def test_copying_needs_no_trust():
    settings = yaml.safe_load((ROOT / "copier.yml").read_text(encoding="utf-8"))
    assert not {"_tasks", "_migrations", "_jinja_extensions", "_external_data"} & set(settings)
    assert settings["_exclude"][0] == "*"


def test_the_copy_grades_itself(copy):
    """Run the learner's own session: nothing is attempted yet, so nothing is red."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NOX")}
    command = [sys.executable, "-m", "nox", "-s", "grade"]
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
