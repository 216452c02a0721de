"""One test that takes as long as the submission likes: it decides how near the limit it comes."""

from busy_work import work


def test_works_to_the_end():
    """One call."""
    assert work() == "done"
