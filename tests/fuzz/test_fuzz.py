"""A small, fixed sample of what `python -m tests.fuzz` runs, and what it once found."""

from __future__ import annotations

import pytest

from tests.fuzz import real, targets
from tests.fuzz.__main__ import randomly, shared

INPUTS = {"wire": 8_000, "options": 3_000, "kata_toml": 700, "mutants_toml": 700}
OTHERS = 1_000  # inputs of each other target

FOUND = {  # what came out before it was mended
    "a TOML value nested too deeply (RecursionError)": ("kata_toml", b"a = " + b"[" * 2_000),
    "an int of 5,000 digits (ValueError)": ("kata_toml", b"a = " + b"9" * 5_000),
    "a key that is an escape sequence": ("kata_toml", b'"x\\u001b[2J" = 1'),
    "a key that turns the text round": ("mutants_toml", b'format = 1\n"\\u202e" = 1'),
    "a NUL for a key": ("kata_toml", b'format = 1\n"\\u0000" = 1'),
    "a key of 5,000 letters": ("kata_toml", b"x" * 5_000 + b" = 1"),
    "a wrong type without advice": ("kata_toml", b"format = ''"),
    "a manifest nested too deeply (RecursionError)": ("manifest", b"[" * 100_000),
    "a float of 400 digits (OverflowError)": (
        "verdicts", real.seeds("verdicts")[0].replace(b'"score": 1.0',
                                                         b'"score": ' + b"9" * 400)),
    "Init's answer without a status (KeyError)": ("init_answer", b'{"cpu_s": 0.5}'),
    "Init's answer that is a list (TypeError)": ("init_answer", b"[1]"),
    "a narrated record that is no object (TypeError)": ("narrated", b"1\n"),
    "expected tests that are a number (TypeError)": ("narrated", b'{"expected": 0}\n'),
    "a narrated end without growth (KeyError)": ("narrated", b'{"done": 0}\n'),
}


@pytest.mark.parametrize("name", targets.TARGETS)
def test_hostile_inputs_are_read_or_refused(name: str) -> None:
    run = randomly(name, INPUTS.get(name, OTHERS), seed=0)
    assert run.failures == []
    assert len(run.outcomes) > 1, "every input ended alike: the target tests nothing"


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name: str) -> None:
    target, data = FOUND[name]
    targets.TARGETS[target](data)


@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_real_input_is_read(name: str) -> None:
    for seed in real.seeds(name)[:1]:
        told = targets.TARGETS[name](seed)
        assert not told.startswith(("ProtocolError", "not valid"))


def test_a_total_is_shared_out_among_all_targets() -> None:
    given = shared(list(targets.TARGETS), 1_000_000, 1)
    assert given.keys() == targets.TARGETS.keys()
    assert sum(given.values()) == 1_000_000
    assert min(given.values()) >= 10_000
    assert shared(["wire", "link"], 3, 1) == {"wire": 3, "link": 1}
