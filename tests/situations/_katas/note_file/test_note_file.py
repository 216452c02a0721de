"""The suite of the situations about files, threads, result types and set-up."""

from decimal import Decimal
from fractions import Fraction

import pytest
from note_file import Notes, price, ratio, work

from graders.kit import files


@pytest.fixture
def notes(workdir):
    return Notes(f"{workdir}/notes")


def test_work():
    assert work(4) == 8


def test_a_note(workdir):
    path = f"{workdir}/first"
    Notes(path).add("a")
    assert files.read(path) == b"a\n"


def test_two_notes(workdir, notes):
    notes.add("a")
    notes.add("b")
    assert files.read(f"{workdir}/notes") == b"a\nb\n"


def test_a_ratio():
    assert ratio(2, 6) == Fraction(1, 3)


def test_a_price():
    assert price("1.50") == Decimal("1.5")
