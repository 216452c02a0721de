"""What migration, reads and writes of a table split by columns must do."""

import re

import pytest

from graders.kit import call_many, crash_after
from vertical_split import get_core, get_full, migrate, save


@pytest.fixture
def db(sql):
    """The old table and the two new ones, all empty."""
    sql.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL, "
                "email VARCHAR(60) NOT NULL, bio TEXT, avatar TEXT)")
    sql.execute("CREATE TABLE user_core (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL, "
                "email VARCHAR(60) NOT NULL)")
    sql.execute("CREATE TABLE user_profile (user_id BIGINT PRIMARY KEY, bio TEXT, avatar TEXT)")
    return sql


@pytest.fixture
def split(db):
    """Three users in the new tables; Cy has no profile row."""
    db.executemany("INSERT INTO user_core VALUES (?, ?, ?)", [
        (1, "Ana", "ana@example.org"), (2, "Bo", "bo@example.org"), (3, "Cy", "cy@example.org")])
    db.executemany("INSERT INTO user_profile VALUES (?, ?, ?)", [
        (1, "climbs", "ana.png"), (2, None, None)])
    return db


def wide(uid):
    """Return a row of the old table; every third has no bio."""
    bio = None if uid % 3 == 0 else f"about {uid}"
    return (uid, f"user {uid}", f"u{uid}@example.org", bio, f"{uid}.png")


def add(db, ids):
    """Put users into the old table."""
    db.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?)", [wide(uid) for uid in ids])


def copies(db):
    """Return the rows of both new tables, put together again."""
    core = db.query("SELECT id, name, email FROM user_core ORDER BY id")
    profile = db.query("SELECT user_id, bio, avatar FROM user_profile ORDER BY user_id")
    assert [uid for uid, _, _ in core] == [uid for uid, _, _ in profile], "not one to one"
    return [(*left, *right[1:]) for left, right in zip(core, profile, strict=True)]


def tables_written(db):
    """Return the tables that were written since the log was cleared."""
    writing = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(\w+)", re.I)
    return {found[1].lower() for text in db.log if (found := writing.match(text))}


@pytest.mark.stage(1)
def test_users_are_copied_batch_by_batch(db):
    add(db, range(1, 101))
    assert [migrate(db.url, 30) for _ in range(5)] == [30, 30, 30, 10, 0]
    assert copies(db) == [wide(uid) for uid in range(1, 101)]


@pytest.mark.stage(1)
def test_the_lowest_ids_come_first(db):
    add(db, [90, 7, 45, 12, 300])
    assert migrate(db.url, 2) == 2
    assert copies(db) == [wide(7), wide(12)]
    assert migrate(db.url, 1) == 1
    assert copies(db) == [wide(7), wide(12), wide(45)]


@pytest.mark.stage(1)
def test_nothing_to_copy_and_no_batch(db):
    assert migrate(db.url, 10) == 0
    add(db, [1])
    for batch in (0, -1):
        with pytest.raises(ValueError):
            migrate(db.url, batch)
    assert copies(db) == []


@pytest.mark.stage(1)
def test_users_who_come_and_go_in_between(db):
    add(db, range(1, 21))
    assert migrate(db.url, 8) == 8
    db.execute("DELETE FROM users WHERE id IN (2, 3, 5, 11)")
    add(db, range(40, 44))
    assert [migrate(db.url, 8) for _ in range(3)] == [8, 7, 0]
    kept = [*range(1, 11), *range(12, 21), *range(40, 44)]
    assert copies(db) == [wide(uid) for uid in kept]


@pytest.mark.stage(1)
def test_what_was_changed_since_its_copy_stays_changed(db):
    add(db, range(1, 7))
    migrate(db.url, 3)
    db.execute("UPDATE user_core SET name = 'new' WHERE id = 2")
    db.execute("UPDATE user_profile SET bio = NULL WHERE user_id = 2")
    while migrate(db.url, 3):
        pass
    assert copies(db)[1] == (2, "new", "u2@example.org", None, "2.png")
    assert len(copies(db)) == 6


@pytest.mark.stage(1)
def test_wherever_the_process_dies_users_are_in_both_tables_or_in_neither(db):
    add(db, range(1, 4))
    with crash_after(10**6) as count:
        migrate(db.url, 3)
    for k in range(1, count.effects + 1):
        first = 10 * k
        add(db, range(first, first + 4))
        with crash_after(k) as crash:
            migrate(db.url, 3)
        assert crash.fired
        copies(db)
        while migrate(db.url, 3):
            pass
        assert copies(db)[-4:] == [wide(uid) for uid in range(first, first + 4)]


@pytest.mark.stage(2)
def test_the_core_of_a_user(split):
    assert get_core(split.url, 1) == {"id": 1, "name": "Ana", "email": "ana@example.org"}
    assert get_core(split.url, 3) == {"id": 3, "name": "Cy", "email": "cy@example.org"}
    assert get_core(split.url, 9) is None


@pytest.mark.stage(2)
def test_the_core_does_not_need_the_profiles(split):
    split.execute("DROP TABLE user_profile")
    split.clear_log()
    assert get_core(split.url, 2) == {"id": 2, "name": "Bo", "email": "bo@example.org"}
    assert split.log, "connect was not used"


@pytest.mark.stage(2)
def test_all_columns_of_a_user(split):
    assert get_full(split.url, 1) == {"id": 1, "name": "Ana", "email": "ana@example.org",
                                      "bio": "climbs", "avatar": "ana.png"}
    assert get_full(split.url, 2) == {"id": 2, "name": "Bo", "email": "bo@example.org",
                                      "bio": None, "avatar": None}
    assert get_full(split.url, 9) is None


@pytest.mark.stage(2)
def test_a_user_without_a_profile_is_a_user(split):
    assert get_full(split.url, 3) == {"id": 3, "name": "Cy", "email": "cy@example.org",
                                      "bio": None, "avatar": None}


@pytest.mark.stage(3)
def test_changes_of_both_halves(split):
    assert save(split.url, 1, {"name": "Anna", "avatar": "new.png"}) is True
    assert split.query("SELECT name, email FROM user_core WHERE id = 1") == [
        ("Anna", "ana@example.org")]
    assert split.query("SELECT bio, avatar FROM user_profile WHERE user_id = 1") == [
        ("climbs", "new.png")]
    assert split.query("SELECT name FROM user_core WHERE id <> 1 ORDER BY id") == [
        ("Bo",), ("Cy",)]


@pytest.mark.stage(3)
def test_only_the_table_that_changes_is_written(split):
    assert save(split.url, 1, {"email": "a@example.org"}) is True
    assert tables_written(split) == {"user_core"}, split.log
    split.clear_log()
    assert save(split.url, 1, {"bio": "swims", "avatar": "b.png"}) is True
    assert tables_written(split) == {"user_profile"}, split.log
    split.clear_log()
    assert save(split.url, 1, {}) is True
    assert tables_written(split) == set(), split.log
    assert split.query("SELECT bio, avatar FROM user_profile WHERE user_id = 1") == [
        ("swims", "b.png")]


@pytest.mark.stage(3)
def test_none_is_no_text(split):
    assert save(split.url, 1, {"bio": None}) is True
    assert split.query("SELECT bio, avatar FROM user_profile WHERE user_id = 1") == [
        (None, "ana.png")]


@pytest.mark.stage(3)
def test_the_first_text_of_a_user_without_a_profile(split):
    assert save(split.url, 3, {"bio": "sings"}) is True
    assert split.query("SELECT bio, avatar FROM user_profile WHERE user_id = 3") == [
        ("sings", None)]
    assert split.query("SELECT COUNT(*) FROM user_profile") == [(3,)]
    split.execute("INSERT INTO user_core VALUES (4, 'Di', 'di@example.org')")
    assert save(split.url, 4, {"avatar": "di.png", "bio": "reads"}) is True
    assert split.query("SELECT bio, avatar FROM user_profile WHERE user_id = 4") == [
        ("reads", "di.png")]


@pytest.mark.stage(3)
def test_unknown_users_are_not_made(split):
    for changes in ({"name": "Di"}, {"bio": "x"}, {"email": "d@example.org", "avatar": "d"}, {}):
        assert save(split.url, 9, changes) is False
    assert split.query("SELECT COUNT(*) FROM user_core") == [(3,)]
    assert split.query("SELECT COUNT(*) FROM user_profile") == [(2,)]


@pytest.mark.stage(3)
def test_another_column_is_refused_and_nothing_changes(split):
    for column in ("id", "user_id", "password", "name = 'x', email", ""):
        with pytest.raises(ValueError):
            save(split.url, 1, {"name": "Anna", "bio": "new", column: "5"})
    assert split.query("SELECT name FROM user_core WHERE id = 1") == [("Ana",)]
    assert split.query("SELECT bio FROM user_profile WHERE user_id = 1") == [("climbs",)]


@pytest.mark.stage(3)
def test_wherever_the_process_dies_both_halves_are_changed_or_neither(split):
    with crash_after(10**6) as count:
        save(split.url, 2, {"name": "0", "bio": "0"})
    for k in range(1, count.effects + 1):
        with crash_after(k) as crash:
            save(split.url, 2, {"name": str(k), "bio": str(k)})
        assert crash.fired
        ((name, bio),) = split.query(
            "SELECT name, bio FROM user_core JOIN user_profile ON user_id = id WHERE id = 2")
        assert name == bio


@pytest.mark.stage(1)
@pytest.mark.perf
def test_sixteen_thousand_users_in_small_batches(db):
    add(db, [1])
    for step in range(14):
        db.execute("INSERT INTO users SELECT id + ?, name, email, bio, avatar FROM users", 2**step)
    assert call_many(migrate, [(db.url, 256)] * 65) == [256] * 64 + [0]
    assert db.query("SELECT COUNT(*) FROM user_core JOIN user_profile ON user_id = id") == [
        (16384,)]
