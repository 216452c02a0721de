"""What lookup must do: tell what is fresh from what is gone, and change nothing."""

from graders.kit import call_many, checked
from ttl_lookup import lookup

STORE = {"rate": ("1.08", 5_000), "name": ("", 9_000), "old": ("x", 0), "new": ("y", 1)}


def test_a_value_is_found_until_it_expires():
    assert lookup(STORE, "rate", 4_000) == "1.08"
    assert lookup(STORE, "rate", 0) == "1.08"


def test_what_was_never_stored_is_none():
    assert lookup(STORE, "ratio", 4_000) is None
    assert lookup({}, "rate", 0) is None


def test_at_its_expiry_a_value_is_gone():
    times = (4_999, 5_000, 5_001, 10**9)
    assert call_many(lookup, [(STORE, "rate", now_ms) for now_ms in times]) == [
        "1.08", None, None, None]


def test_expiry_is_a_point_in_time():
    assert lookup(STORE, "old", 0) is None
    assert lookup(STORE, "new", 0) == "y"
    assert lookup(STORE, "new", 1) is None


def test_an_empty_text_is_a_value():
    assert lookup(STORE, "name", 8_000) == ""
    assert lookup(STORE, "name", 9_000) is None


def test_reading_changes_nothing():
    store = {"rate": ("1.08", 5_000), "old": ("x", 0)}
    assert checked(lookup, store, "rate", 5_000) == (None, (store, "rate", 5_000))
    assert checked(lookup, store, "rate", 4_000) == ("1.08", (store, "rate", 4_000))
