"""The sheet of answers as it is shipped: every item of a set, nothing filled in."""

from __future__ import annotations

from graders.question.items import Form, Paper

_EMPTY = {
    Form.PREDICT: 'answer = ""\n',
    Form.SPOT: "answer = {}\n",
    Form.CHOOSE: 'answer = { option = "", because = "" }\n',
    Form.EXPLAIN: "answer = '''\n\n'''\nticks = []\n",
}
_HEAD = """\
# Your answers / 你的答案
#
#   python3 noxfile.py -s show -- {topic} --question     the questions / 看题
#   python3 noxfile.py -s grade -- {topic}               mark them / 评分
#
# predict   answer = 42              or / 或  answer = [3, 1]
# spot      answer = {{ 2 = "b", 5 = "a" }}     line = reason / 行号 = 理由
# choose    answer = {{ option = "a", because = "c" }}
# explain   your text between the quotes; ticks = [1, 3]: the points that your text has
#           正文写在引号之间；ticks = [1, 3]：你的回答里已有的要点

format = 1
"""


def text(paper: Paper) -> str:
    """Return the sheet as it is shipped."""
    parts = [_HEAD.format(topic=paper.topic)]
    parts += [f"\n[{item.id}]  # {item.form}\n{_EMPTY[item.form]}" for item in paper.items]
    return "".join(parts)
