"""Small finished kata trees in a folder, for tests to break in one place.

`finished` writes one kata of difficulty 2 that the law finds nothing wrong with.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graders import catalog
from graders.author import law
from graders.author.finding import Finding

SLUG = "number_box"
KATA = f"katas/systems/s03_cache/{SLUG}"
SOLUTIONS = f"solutions/systems/s03_cache/{SLUG}"

# What tests call the files of the kata.
PATHS = {
    "toml": f"{KATA}/kata.toml",
    "en": f"{KATA}/README.md",
    "zh": f"{KATA}/README.zh.md",
    "stub": f"{KATA}/{SLUG}.py",
    "suite": f"{KATA}/test_{SLUG}.py",
    "reference": f"{SOLUTIONS}/{SLUG}.py",
    "hidden": f"{SOLUTIONS}/test_hidden_{SLUG}.py",
    "answer": f"{SOLUTIONS}/ANSWER.md",
    "answer zh": f"{SOLUTIONS}/ANSWER.zh.md",
    "wrong": f"{SOLUTIONS}/wrong_takes_newest.py",
    "topic": "katas/systems/s03_cache/README.md",
    "topic zh": "katas/systems/s03_cache/README.zh.md",
    "solution topic": "solutions/systems/s03_cache/README.md",
    "solution topic zh": "solutions/systems/s03_cache/README.zh.md",
}

TOML = """\
format = 1
title = { en = "Number box", zh = "数字盒子" }
kind = "implement"
difficulty = 2
minutes = 45
order = 20
core = true
aka = ["example:1"]
prerequisites = []
source = "S03"
services = []
packages = []
network = false
processes = 0
threads = 0
open_files = 64

[hints]
en = ["Look at both ends.", "Which end is the oldest?", "Put at one end and take at the other."]
zh = ["看看两端。", "哪一端最旧？", "从一端放入，从另一端取出。"]

[api]
functions = ["count_even"]
iterators = []

[api.classes.Box]
methods = ["put", "take"]
properties = []
protocols = ["len"]

[api.exceptions]
BoxEmpty = "LookupError"

[limits]
test_cpu_s = 0.5
perf_cpu_s = 1.0
load_cpu_s = 1.0
memory_mib = 512

[limits.tests]
test_many_numbers_come_back_in_order = 1.4
"""

STUB = '''\
"""A box that gives numbers back in the order in which they were put in."""


class BoxEmpty(LookupError):
    """Nothing is left to take."""


class Box:
    """Numbers, oldest first."""

    def __init__(self, limit: int = 100) -> None:
        raise NotImplementedError

    def put(self, number: int) -> None:
        """Add a number."""
        raise NotImplementedError

    def take(self) -> int:
        """Remove and return the oldest number; raises BoxEmpty."""
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


def count_even(numbers: list[int]) -> int:
    """Return how many of the numbers are even."""
    raise NotImplementedError
'''

REFERENCE = '''\
"""A queue on two ends."""

from collections import deque


class BoxEmpty(LookupError):
    """Nothing is left to take."""


class Box:
    """A deque of numbers."""

    def __init__(self, limit=100):
        self._numbers = deque(maxlen=limit)

    def put(self, number):
        self._numbers.append(number)  # the newest at the right

    def take(self):
        if not self._numbers:
            raise BoxEmpty
        return self._numbers.popleft()

    def __len__(self):
        return len(self._numbers)


def count_even(numbers):
    return sum(number % 2 == 0 for number in numbers)
'''

SUITE = '''\
"""What the box must do."""

import pytest
from graders.kit import growth, replay
from number_box import Box, BoxEmpty, count_even


def test_numbers_come_back_oldest_first():
    box = Box()
    replay(box, [("put", 1), ("put", 2)])
    assert box.take() == 1
    assert len(box) == 1


def test_an_empty_box_is_refused():
    with pytest.raises(BoxEmpty):
        Box().take()


@pytest.mark.parametrize("numbers", [[], [1]])
def test_odd_numbers_count_for_nothing(numbers):
    assert count_even(numbers) == 0


@pytest.mark.perf
def test_many_numbers_come_back_in_order():
    growth(count_even, lambda size, turn: ([turn] * size,), 1000)
'''

HIDDEN = '''\
"""Hidden suite of number_box: random use against a list."""

from graders.kit import replay
from number_box import Box, count_even


def compare(numbers):
    assert count_even(numbers) == len([n for n in numbers if not n & 1])


def test_random_numbers_are_counted_like_by_hand(rng):
    compare([rng.randrange(99) for _ in range(50)])


def test_random_numbers_come_back_like_from_a_list(rng):
    numbers = [rng.randrange(99) for _ in range(50)]
    calls = [("put", number) for number in numbers] + [("take",)] * 50
    assert replay(Box(), calls)[50:] == numbers
'''

EN = """\
# Number box

A service hands numbers from one part to another. They must leave in the order in which they came,
and a `Box` holds 100 numbers at most unless its maker says otherwise: see [topic](../README.md).

`take` on an empty box raises `BoxEmpty`. With two numbers in it the older one leaves first.

```python
box = Box()
box.put(1)  # the oldest
box.put(2)
box.take()  # 1
```

100,000 numbers pass within the time limit. [Run it](#run) like this:

## Run

```
python3 noxfile.py -s grade -- number_box
```
"""

ZH = """\
# 数字盒子

一个服务要把数字从一处交到另一处，先来的必须先走。除非创建者另有说明，`Box` 最多存放 100 个数字。
背景见[主题页](../README.zh.md)。

对空盒子调用 `take` 会抛出 `BoxEmpty`。盒子里有 2 个数字时，较早的那个先离开。

```python
box = Box()
box.put(1)  # 最早的
box.put(2)
box.take()  # 1
```

10 万个数字要在时限内通过。[运行](#运行)方式如下：

## 运行

```
python3 noxfile.py -s grade -- number_box
```
"""

ANSWER_EN = """\
# Number box: answer

Numbers enter at one end of a deque and leave at the other, so both `put` and `take` cost the same
however many numbers wait. A list would move every number that is left on each `take`, which makes
emptying it quadratic. What the wrong ones teach is which end is which, and that empty is an error.
"""

ANSWER_ZH = """\
# 数字盒子：解答

数字从双端队列的一端进入，从另一端离开，因此无论有多少数字在等待，`put` 与 `take` 的开销都不变。
如果用列表，每次 `take` 都要移动剩下的全部数字，清空它就是平方级的。错误的解法说明：要分清两端，
并且空盒子是一种错误。
"""

TOPIC_EN = """\
# S03 Caches

How do you keep what is asked for often close at hand, and what leaves when there is no room left?
Explain which copy is the true one, and who may change it while others read. Then do the katas:

- [number_box](number_box/{page})
"""

TOPIC_ZH = """\
# S03 缓存

怎样把经常要用的东西放在手边？空间用完时谁应该离开？请说明哪一份才是真正的数据，别人正在读取时谁可以
修改它，修改之后其他副本怎么办。然后完成这些练习：

- [number_box](number_box/{page})
"""


def _submission(misconception: str) -> str:
    return REFERENCE.replace('"""A queue on two ends."""', f'"""{misconception}"""')


def files() -> dict[str, str]:
    """Return the texts of a finished kata by path."""
    texts = {
        "toml": TOML, "en": EN, "zh": ZH, "stub": STUB, "suite": SUITE, "reference": REFERENCE,
        "hidden": HIDDEN, "answer": ANSWER_EN, "answer zh": ANSWER_ZH,
        "wrong": _submission("Misconception: the newest number leaves first."),
        "topic": TOPIC_EN.format(page="README.md"),
        "topic zh": TOPIC_ZH.format(page="README.zh.md"),
        "solution topic": TOPIC_EN.format(page="ANSWER.md"),
        "solution topic zh": TOPIC_ZH.format(page="ANSWER.zh.md"),
    }  # fmt: skip
    found = {PATHS[name]: text for name, text in texts.items()}
    for mistake in ("wrong_forgets_limit", "wrong_returns_none", "wrong_counts_odd", "slow_list"):
        found[f"{SOLUTIONS}/{mistake}.py"] = _submission(f"Misconception: {mistake}.")
    return found


@dataclass(frozen=True, slots=True)
class Tree:
    """A kata repository below `root`."""

    root: Path

    def path(self, name: str) -> Path:
        """Return the path of a file by its short name (PATHS) or its path from the root."""
        return self.root / PATHS.get(name, name)

    def write(self, name: str, text: str) -> None:
        """Write a file, folders included."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace every `old` in a file, where it must be."""
        text = self.path(name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def append(self, name: str, text: str) -> None:
        """Write more at the end of a file."""
        self.write(name, self.path(name).read_text(encoding="utf-8") + text)

    def findings(self) -> list[Finding]:
        """Return what the law says about all of it."""
        found = catalog.load(self.root)
        return law.check(found, found.katas)

    def said(self, rule: str) -> list[str]:
        """Return what the law says under one rule: path, line, message."""
        return [str(f).removesuffix(f" [{rule}]") for f in self.findings() if f.rule == rule]


def finished(root: Path) -> Tree:
    """Write the finished kata and return its tree."""
    tree = Tree(root)
    for path, text in files().items():
        tree.write(path, text)
    return tree


def add_kata(tree: Tree, path: str, **changes: object) -> None:
    """Write another kata.toml at katas/`path`; `changes` are lines "key = value" to replace.

    Enough of a kata for the catalogue, not for the law.
    """
    lines = TOML.split("[limits.tests]")[0].splitlines()
    for key, value in changes.items():
        lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in lines]
    tree.write(f"katas/{path}/kata.toml", "\n".join(lines))
