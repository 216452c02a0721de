"""Completion: what a shell is given, and that a real one can use it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.conftest import Checkout


def completed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch, words: str) -> list[str]:
    """Return what bash is offered for the last of `words`."""
    monkeypatch.setenv("_KATA_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    ran = checkout.run()
    assert (ran.code, ran.err) == (0, "")
    return [line.partition(",")[2] for line in ran.lines if line]


def test_commands_are_completed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed(checkout, monkeypatch, "kata h") == ["hint"]


@pytest.mark.parametrize("command", ["show", "hint", "judge", "grade", "verify"])
def test_slugs_are_completed(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    assert completed(checkout, monkeypatch, f"kata {command} lr") == ["lru_cache_repair"]


def test_topics_are_completed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed(checkout, monkeypatch, "kata grade s03") == ["s03_cache"]


def test_options_are_completed(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    assert completed(checkout, monkeypatch, "kata grade --form") == ["--format"]
    assert completed(checkout, monkeypatch, "kata grade --engine s") == ["subprocess"]


def test_what_is_offered_is_told_in_chinese_where_that_is_chosen(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KATA_LANG", "zh")
    monkeypatch.setenv("_KATA_COMPLETE", "zsh_complete")
    for typed, told in (("kata gr", "评测你在工作区里改过的练习。"), ("kata show two", "两数之和"),
                        ("kata grade --al", "显示每个未通过的练习及其全部阶段；"
                         "除非全部练习都通过，否则退出码为 1。")):
        monkeypatch.setenv("COMP_WORDS", typed)
        monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
        assert checkout.run().lines[2] == told


def test_a_tree_with_a_fault_completes_nothing_and_says_nothing(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout.module("two_sum").with_name("kata.toml").write_text("format = ")
    assert completed(checkout, monkeypatch, "kata grade lr") == []


def test_an_unknown_shell_is_named(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_KATA_COMPLETE", "csh_source")
    ran = checkout.run()
    assert ran.code == 2
    assert ran.err.startswith(
        "kata40: _KATA_COMPLETE=csh_source: cannot be served; write bash_source, zsh_source or"
    )


TYPED = {
    "bash": 'COMP_WORDS=(kata show lr) COMP_CWORD=2; _kata_completion kata; echo "$COMPREPLY"',
    "fish": 'complete --do-complete "kata show lr"',
}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_real_shell_takes_the_script(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    program = shutil.which(shell)
    monkeypatch.setenv("_KATA_COMPLETE", f"{shell}_source")
    script = checkout.run().out
    assert f"{sys.executable} -m graders" in script
    if program is None:
        pytest.skip(f"no {shell} here")
    environment = {k: v for k, v in os.environ.items() if k not in ("_KATA_COMPLETE", "PYTHONPATH")}
    prelude = "autoload -U compinit; compinit -u; " if shell == "zsh" else ""
    lines = f"{prelude}\n{script}\n{TYPED.get(shell, '')}\nkata next\n"
    ran = subprocess.run(
        [program, "-c", lines], cwd=checkout.root, env=environment, capture_output=True, text=True
    )
    assert ran.stderr == ""
    out = ran.stdout.splitlines()
    assert out[-1] == "python3 noxfile.py -s show -- two_sum"
    if shell in TYPED:
        assert out[0].split("\t")[0] == "lru_cache_repair"
