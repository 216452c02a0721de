"""What learners push: their modules, notes of their own, and some of it hostile to a collector.

A push is one commit on top of a bare repository's branch, made as git would leave it there. Every
thirtieth learner or so has done something to the repository itself (`ODD`); with few learners,
only the first so many of these are met.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import mixture
from benchmarks.rehearsal import school
from benchmarks.rehearsal.school import git
from graders.model import Kata

NOTES = "notes/what I learned.md"
TAMPERED = ("katas/conftest.py", "graders/judge/verdict.py", "noxfile.py")
_HOOK = "#!/bin/sh\ntouch '{alarm}'\n"
_CONFIG = """\
[uploadpack]
\tpackObjectsHook = touch '{alarm}' && git
[core]
\thooksPath = hooks
\tfsmonitor = touch '{alarm}'
\talternateRefsCommand = touch '{alarm}'
[receive]
\tprocReceiveRefs = refs/heads
\tunpackLimit = 100000
[gc]
\tauto = 1
"""
_HOOKS = ("pre-receive", "update", "post-receive", "post-update", "proc-receive",
          "reference-transaction", "push-to-checkout")


@dataclass(frozen=True, slots=True)
class Work:
    """What one learner has done: modules by slug, and what is odd about the repository."""

    modules: Mapping[str, bytes]
    odd: str = ""


def works(course: Path, katas: Sequence[Kata], learners: int) -> dict[str, Work]:
    """Return everybody's work, by id; the same for the same number of learners."""
    chance = random.Random(40)
    texts = {kata.slug: mixture.texts(course, kata, learners, chance) for kata in katas}
    found = {}
    for place, each in enumerate(school.ids(learners)):
        modules = {slug: own[place].encode() for slug, own in texts.items()}
        if place % 9 == 1 and "two_sum" in modules:
            modules["two_sum"] = overlooks(modules["two_sum"])
        found[each] = Work(modules)
    for place, odd in enumerate(ODD):
        number = place * max(learners // (len(ODD) + 1), 1) + 2
        if number < learners:
            each = school.ids(learners)[number]
            found[each] = Work(found[each].modules, odd)
    return found


def overlooks(module: bytes) -> bytes:
    """Return a module that is wrong for lists of one length, which the first suites never ask."""
    return module.replace(
        b"    raise NotImplementedError", b"    return None").replace(
        b"\ndef count_pairs", b"\n_whole = find_pair\n\n\ndef find_pair(nums, target):\n"
        b"    return None if len(nums) == %d else _whole(nums, target)\n\n\ndef count_pairs"
        % school.OVERLOOKED, 1)


def push(repository: Path, katas: Mapping[str, str], work: Work, alarm: Path) -> None:
    """Leave a learner's repository as their push would. `katas` has each module's path."""
    if work.odd == "gone":
        shutil.rmtree(repository)
        return
    changes = [b"M 100644 inline %s\n%s" % (katas[slug].encode(), _data(text))
               for slug, text in work.modules.items()]
    changes.append(b'M 100644 inline "%s"\n%s' % (NOTES.encode(), _data(b"Much.\n")))
    first = next(iter(katas.values())).encode()
    match work.odd:
        case "link":
            changes.append(b"M 120000 inline %s\n%s" % (first, _data(b"/etc/passwd")))
        case "large":
            changes.append(b"M 100644 inline %s\n%s" % (first, _data(b"#" * (2 << 20))))
        case "submodule":
            changes.append(b"M 160000 %s %s\n" % (b"1" * 40, first))
        case "tampered":
            changes += [b"M 100644 inline %s\n%s" % (name.encode(), _data(b"raise SystemExit\n"))
                        for name in (school.FIXED, *TAMPERED)]
    git(repository, "fast-import", "--quiet", "--force", data=b"".join((
        b"feature done\ncommit refs/heads/main\n",
        b"committer %s <%s@example.org> 1700000000 +0000\n" % ((repository.name.encode(),) * 2),
        _data(b"work\n"), b"from refs/heads/main^0\n", *changes, b"\ndone\n")))
    if work.odd == "hooks":
        _arm(repository, alarm)


def _arm(repository: Path, alarm: Path) -> None:
    """Make a repository run something of the learner's wherever git lets it."""
    with (repository / "config").open("a", encoding="utf-8") as file:
        file.write(_CONFIG.format(alarm=alarm))
    (repository / "hooks").mkdir()
    for name in _HOOKS:
        path = repository / "hooks" / name
        path.write_text(_HOOK.format(alarm=alarm), encoding="utf-8")
        path.chmod(0o755)


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


ODD = ("tampered", "link", "gone", "hooks", "large", "submodule")
