"""What `new` writes into each file of a kata: the shape of it, and what its author must write.

Every text holds UNFINISHED, so `verify` refuses the file until its author has replaced it.
`$name` are the fields of string.Template.
"""

from __future__ import annotations

KATA_TOML = """\
format = 1
title = { en = "UNFINISHED", zh = "UNFINISHED" }
kind = $kind# implement | repair | program
difficulty = $difficulty
minutes = $minutes
order = $order
core = false
aka = []
prerequisites = []
source = "$code"

[hints]                           # from a nudge to an outline, none gives code
en = ["UNFINISHED 1", "UNFINISHED 2", "UNFINISHED 3"]
zh = ["UNFINISHED 1", "UNFINISHED 2", "UNFINISHED 3"]

[api]
$api

[limits]                          # reference seconds, from measurement: five times the reference
test_cpu_s = 0.5
perf_cpu_s = 1.0
load_cpu_s = 1.0
memory_mib = 512
"""

README_EN = """\
# $slug

UNFINISHED: the situation in two sentences.

## What to write

UNFINISHED: the API with types, units, ranges, errors, ties and orders. Everything that a test can
fail on stands here; no solution does.

## Examples

```python
UNFINISHED
```

## Limits

UNFINISHED: in words, and which obvious attempt will not do. What is out of scope.

## Run

```
python3 noxfile.py -s grade -- $slug
```
"""

README_ZH = """\
# $slug

UNFINISHED：用两句话说明场景。

## 要写什么

UNFINISHED：接口的类型、单位、范围、错误、并列与顺序。测试会检查的一切都要写在这里，但不写解法。

## 示例

```python
UNFINISHED
```

## 限制

UNFINISHED：用文字说明规模，以及哪种直接的做法行不通；再说明哪些内容不在范围之内。

## 运行

```
python3 noxfile.py -s grade -- $slug
```
"""

STUB = '''\
"""UNFINISHED: what is to be done here, in one sentence."""


def $slug() -> None:
    """UNFINISHED: the contract."""
    raise NotImplementedError
'''

SUITE = '''\
"""UNFINISHED: the examples of the statement, edge cases, errors, a perf test."""

import pytest
from $slug import $slug


def test_${slug}_is_still_unfinished():
    $slug()
    pytest.fail("UNFINISHED: no test is written yet")
'''

REFERENCE = '''\
"""UNFINISHED: the solution that an experienced engineer would be proud to show."""


def $slug() -> None:
    """UNFINISHED."""
    raise NotImplementedError
'''

HIDDEN = '''\
"""UNFINISHED: generated tests against a simple oracle, adversarial sizes, faults at every step."""

import pytest
from $slug import $slug


def test_hidden_${slug}_is_still_unfinished(rng):
    $slug()
    pytest.fail("UNFINISHED: no test is written yet")
'''

WRONG = '''\
"""UNFINISHED: the misconception, in one line. Then name this file for it."""


def $slug() -> None:
    raise NotImplementedError
'''

ANSWER_EN = """\
# $slug: answer

UNFINISHED: the idea.

## Implementation

UNFINISHED: a walk through the reference.

## Complexity

UNFINISHED: time and space, best and worst.

## Trade-offs

UNFINISHED: optimisations and what they cost.

## What the wrong ones teach

UNFINISHED: a line for each wrong_ and slow_.

## Further reading

UNFINISHED
"""

ANSWER_ZH = """\
# $slug：解答

UNFINISHED：思路。

## 实现

UNFINISHED：逐段讲解参考实现。

## 复杂度

UNFINISHED：时间与空间，最好与最坏情况。

## 取舍

UNFINISHED：可以怎样优化，代价是什么。

## 错误解法的启示

UNFINISHED：每个 wrong_ 与 slow_ 各写一行。

## 延伸阅读

UNFINISHED
"""

TOPIC_EN = """\
# $code

UNFINISHED: the interview question of this topic$answer.

- [$slug]($slug/$page)
"""

TOPIC_ZH = """\
# $code

UNFINISHED：这个主题的面试题$answer。

- [$slug]($slug/$page)
"""
