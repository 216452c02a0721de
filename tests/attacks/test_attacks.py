"""Every attack with every layer on; a sample of them at the lower levels.

All of them at all levels: python -m tests.attacks
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.attacks import corpus, table, targets
from tests.attacks.battle import FULL, LANDLOCK, SUBPROCESS, Battle, Level, Result

ATTACKS = corpus.load()
PLAIN = [each for each in ATTACKS if not each.guard]
KINDS = sorted({each.kind for each in ATTACKS})
# One of each promise: files, memory, network, signals, processes, the wire, always-equal objects.
SAMPLE = [each for each in ATTACKS if each.id in {
    "reading/suite_file", "reading/suite_by_raw_call", "reading/memory_of_its_parents",
    "neighbours/overwrites_the_suite", "sockets/connects_outside", "signals/kills_a_bystander",
    "leaving/daemon", "wire/forged_handles", "objects/declared_always_equal"}]


@pytest.fixture(scope="module")
def battle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Battle]:
    with Battle(tmp_path_factory.mktemp("attacks"), FULL) as battle:
        yield battle


def check(result: Result) -> None:
    assert result.credit == (), f"{result.attack.tries} Passed what it must not."
    assert result.harms == (), result.attack.tries


@pytest.mark.parametrize("attack", PLAIN, ids=lambda each: each.id)
def test_gets_nothing_with_every_layer(attack: corpus.Attack, battle: Battle) -> None:
    result = battle.judged(attack)
    check(result)
    assert result.verdict in attack.verdicts


@pytest.mark.parametrize("attack", [each for each in ATTACKS if each.guard],
                         ids=lambda each: each.id)
def test_a_beaten_guard_is_not_enough_to_be_accepted(
    attack: corpus.Attack, battle: Battle
) -> None:
    """Each passes the test that rests on the guard alone; the page lists it as what remains."""
    result = battle.judged(attack)
    assert result.harms == ()
    assert result.verdict in attack.verdicts
    assert len(result.credit) <= 1  # none where the machine was busy: growth is measured


@pytest.mark.parametrize("level", [LANDLOCK, SUBPROCESS], ids=lambda each: each.name)
def test_a_sample_gets_nothing_at_lower_levels(
    level: Level, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Battle(tmp_path_factory.mktemp("sample"), level) as battle:
        found = [battle.judged(each) for each in SAMPLE]
    version = landlock_version()
    if version >= 1:
        assert [each.credit for each in found] == [()] * len(SAMPLE)
    listed = table.committed()
    for each in found:
        if each.harms and version >= 6:  # what remains is told on the page
            assert f"- {level.name}: `{each.attack.id}` " in listed, each.harms
    assert all(each.verdict != "ACCEPTED" for each in found) or version == 0


def landlock_version() -> int:
    """Return 0 where the kernel has none: there the page does not promise what is sampled."""
    from graders.judge import landlock

    try:
        return landlock.abi()
    except OSError:
        return 0


def test_an_honest_submission_is_accepted_on_the_same_field(battle: Battle) -> None:
    """Else nothing would get through because nothing can."""
    first, second = battle.field.numbers[1:3]
    honest = corpus.Attack("none", "honest", "Is right.",
                           f"def solve(n): return {{3: {first}, 7: {second}}}[n]\n")
    assert battle.judged(honest).credit == ("test_first", "test_second")


def test_the_field_sees_each_harm(battle: Battle) -> None:
    """What an attack would do is done here by hand."""
    import socket

    field = battle.field
    field.reset()
    assert list(field.harms("")) == []
    (field.outside / "new").write_text("x")
    with socket.create_connection(("127.0.0.1", int(field.known["port"]))):
        found = set(field.harms(f"a {field.secrets['hidden_input']}"))
    field.reset()
    assert found == {"changed a file outside its box", "connected to a TCP listener outside",
                     "shows the learner a secret (hidden_input)"}


@cache
def kinds() -> dict[str, int]:
    return {kind: sum(each.kind == kind for each in ATTACKS) for kind in KINDS}


def test_the_corpus_is_large_and_each_attack_is_its_own() -> None:
    assert len(ATTACKS) >= 110
    assert min(kinds().values()) >= 4, kinds()
    assert len({each.tries for each in ATTACKS}) == len(ATTACKS)
    assert {each.target for each in ATTACKS} == set(targets.TARGETS)


def test_the_page_tells_what_the_corpus_holds() -> None:
    assert table.stale(ATTACKS) == [], "run: python -m tests.attacks --write"
    assert Path(table.DOCUMENT).read_text(encoding="utf-8").count(table.BEGIN) == 1
