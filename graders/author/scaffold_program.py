"""What `new --program` writes into the modules of a kata that reads standard input and prints."""

from __future__ import annotations

STUB = '''\
"""UNFINISHED: what the program reads and what it prints, in one sentence."""


def main() -> None:
    """UNFINISHED: the contract, how to read (sys.stdin) and how to write (print)."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
'''

SUITE = '''\
"""UNFINISHED: the samples of the statement, edge cases, a perf test."""

import pytest

from graders.kit import assert_output, run_program


def test_${slug}_is_still_unfinished():
    assert_output(run_program("UNFINISHED"), "UNFINISHED")
    pytest.fail("UNFINISHED: no test is written yet")
'''

REFERENCE = '''\
"""UNFINISHED: the solution that an experienced engineer would be proud to show."""


def main() -> None:
    """UNFINISHED."""
    raise NotImplementedError


if __name__ == "__main__":
    main()
'''

HIDDEN = '''\
"""UNFINISHED: generated inputs against a simple oracle, adversarial sizes."""

import pytest

from graders.kit import assert_output, run_program


def test_hidden_${slug}_is_still_unfinished(rng):
    assert_output(run_program("UNFINISHED"), "UNFINISHED")
    pytest.fail("UNFINISHED: no test is written yet")
'''

WRONG = '''\
"""UNFINISHED: the misconception, in one line. Then name this file for it."""


def main() -> None:
    raise NotImplementedError


if __name__ == "__main__":
    main()
'''
