"""docs/scale.md and its Chinese twin: every command is one, and the sums in it are right."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import click
import pytest

from graders import cli

if sys.platform != "linux":
    pytest.skip("a cluster has the whole sandbox, which is Linux's", allow_module_level=True)

from distributed.cli import dask_scheduler, dask_worker

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("scale.md", "scale.zh.md")
DASK = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}


def text(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[str]:
    """Return the code blocks of a page, without comments: these are translated."""
    found = re.findall(r"^```\w+\n(.+?)^```$", text(page), re.MULTILINE | re.DOTALL)
    return [re.sub(r" *# .*| *\bEnter.*", "", each) for each in found]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_is_one(page: str) -> None:
    ours = re.findall(r"^python3 noxfile\.py -s scale -- (.+)$", text(page), re.MULTILINE)
    assert ours
    for words in map(shlex.split, ours):
        cohort = cli.cli.commands["cohort"]
        assert isinstance(cohort, click.Group)
        cohort.commands[words[0]].make_context("it", words[1:])
    theirs = re.findall(r"^PYTHONPATH=\$PWD \.nox/scale/bin/dask (\w+) (.+)$", text(page),
                        re.MULTILINE)
    assert [name for name, _ in theirs] == ["scheduler", "worker"]
    for name, rest in theirs:
        DASK[name].make_context(name, shlex.split(rest))


def test_both_languages_have_the_same_code() -> None:
    assert blocks("scale.md") == blocks("scale.zh.md")


@pytest.mark.parametrize("page", PAGES)
def test_the_sum_is_right(page: str) -> None:
    """The computation of cores, from the figures that stand before it."""
    plain = text(page).replace(",", "")
    different, each_s, cpu_s, hours, cores = map(float, re.findall(
        r"^> (\d+) × ([\d.]+) s = (\d+) s.*?(\d+) [^÷]*?÷ 0\.8 = \*\*(\d+)", plain,
        re.MULTILINE)[0])
    assert different == 100_000 * 7 * 0.78
    assert cpu_s == pytest.approx(different * each_s, rel=0.005)
    assert hours == pytest.approx(cpu_s / 3600, abs=0.6)
    assert cores == pytest.approx(cpu_s / 3600 / 0.8, abs=0.9)
