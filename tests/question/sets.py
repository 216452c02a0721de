"""A small finished question set in the tree of `tests.trees`, for tests to break in one place."""

from __future__ import annotations

from pathlib import Path

from graders import catalog
from graders.author import question_files
from graders.question import paper, sheet
from graders.question.items import Paper, Sheet
from graders.question.place import Place, places
from tests.trees import Tree, finished

HERE = "katas/systems/s03_cache/question"
THERE = "solutions/systems/s03_cache/question"
QUESTION, ANSWERS, KEYS = f"{HERE}/question.toml", f"{HERE}/answers.toml", f"{HERE}/keys.json"
KEY, COMPUTE = f"{THERE}/key.toml", f"{THERE}/compute.py"

_TEXT = 'ask.en = "What is asked in {id}?"\nask.zh = "在 `{id}` 里问的是什么？"\n'
_PREDICT = '[[items]]\nid = "{id}"\nform = "predict"\nreading = "{reading}"\n' + _TEXT
_LETTERS = """\
{key}.en = ["the first", "the second", "the third"]
{key}.zh = ["第一个", "第二个", "第三个"]
"""


def question() -> str:
    """Return question.toml: three predict, two spot, two choose, one explain."""
    parts = ["format = 1\nminutes = 20\n\n"]
    for name, reading in (("sum", "number"), ("order", "list"), ("left", "set")):
        parts.append(_PREDICT.format(id=name, reading=reading))
        parts.append('variants = ["1 + 2", "3 + 4", "5 + 6"]\n\n')
    parts.append('[[items]]\nid = "claims"\nform = "spot"\n' + _TEXT.format(id="claims"))
    parts.append('lines.en = ["one is odd", "two is odd", "three is even", "4 is even"]\n')
    parts.append('lines.zh = ["一是奇数", "二是奇数", "三是偶数", "4 是偶数"]\n')
    parts.append(_LETTERS.format(key="reasons") + "\n")
    parts.append('[[items]]\nid = "code"\nform = "spot"\n' + _TEXT.format(id="code"))
    parts.append('code = """\nx = 1\ny = 2\n"""\n' + _LETTERS.format(key="reasons") + "\n")
    for name in ("policy", "pattern"):
        parts.append(f'[[items]]\nid = "{name}"\nform = "choose"\n' + _TEXT.format(id=name))
        parts.append(_LETTERS.format(key="options") + _LETTERS.format(key="constraints") + "\n")
    parts.append('[[items]]\nid = "aloud"\nform = "explain"\n' + _TEXT.format(id="aloud"))
    return "".join(parts)


def key() -> str:
    """Return key.toml for that set; the article gets only `sum` right."""
    return """\
format = 1

[sum]
values = [3, 7, 11]
why.en = "Adding makes the sum."
why.zh = "相加得到和。"
brief.values = [3, 7, 11]

[order]
values = ["1 2", "3 4", "5 6"]
brief.values = ["2 1", "4 3", "6 5"]

[left]
values = [[2, 1], [4, 3], [6, 5]]
brief.values = ["1", "3", "5"]

[claims]
wrong = { 2 = "a", 3 = "b" }
brief.wrong = {}

[code]
wrong = { 1 = "c" }
brief.wrong = { 2 = "c" }

[policy]
option = "b"
because = "c"
brief = { option = "b", because = "a" }

[pattern]
option = "a"
because = "a"
brief = { option = "c", because = "b" }

[aloud]
points.en = ["what it is", "what it costs", "when it fails"]
points.zh = ["是什么", "代价是什么", "何时失灵"]
follow_ups.en = ["And with 2 of them?", "And without any?"]
follow_ups.zh = ["如果有 2 个呢？", "如果一个也没有呢？"]
"""


COMPUTED = '''\
"""Adds, and lists."""
import json, re, sys
asked = json.load(sys.stdin)
pairs = {item: [list(map(int, re.findall(r"[0-9]+", each))) for each in asked[item]]
         for item in asked}
print(json.dumps({"sum": [sum(pair) for pair in pairs["sum"]],
                  "order": pairs["order"], "left": pairs["left"]}))
'''


def with_set(root: Path) -> Tree:
    """Write the finished kata and the finished question set of its topic."""
    tree = finished(root)
    for path, text in ((QUESTION, question()), (KEY, key()), (COMPUTE, COMPUTED)):
        tree.write(path, text)
    question_files.refresh(tree.root)
    return tree


def place(tree: Tree) -> Place:
    """Return where the set is."""
    (found,) = places(tree.root, catalog.load(tree.root).katas)
    return found


def read_paper(tree: Tree) -> Paper:
    """Return the set."""
    return paper.read(place(tree))


def read_sheet(tree: Tree, text: str) -> Sheet:
    """Return the answers in a sheet with this text after its format."""
    tree.write(ANSWERS, f"format = 1\n{text}")
    return sheet.read(place(tree), read_paper(tree))
