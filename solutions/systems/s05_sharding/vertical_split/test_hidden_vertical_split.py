"""Two tables against one dict, with deaths at every statement."""

import pytest

from graders.kit import call_many, crash_after
from vertical_split import get_core, get_full, migrate, save

COLUMNS = ("name", "email", "bio", "avatar")


@pytest.fixture
def db(sql):
    sql.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL, "
                "email VARCHAR(60) NOT NULL, bio TEXT, avatar TEXT)")
    sql.execute("CREATE TABLE user_core (id BIGINT PRIMARY KEY, name VARCHAR(40) NOT NULL, "
                "email VARCHAR(60) NOT NULL)")
    sql.execute("CREATE TABLE user_profile (user_id BIGINT PRIMARY KEY, bio TEXT, avatar TEXT)")
    return sql


def random_text(rng):
    return rng.choice(("", "None", "O'Neil", "100%", "what?", "中文", "\\", '"', "x" * 30))


def random_user(rng):
    """Return {column: value}."""
    user = {column: random_text(rng) for column in COLUMNS}
    for column in ("bio", "avatar"):
        if rng.random() < 0.3:
            user[column] = None
    return user


def add(db, users):
    db.executemany("INSERT INTO users VALUES (?, ?, ?, ?, ?)",
                   [(uid, *(user[column] for column in COLUMNS)) for uid, user in users.items()])


def assert_same(db, model):
    """The new tables hold the users of the model, and answer like it."""
    ids = sorted(model)
    assert db.query("SELECT id FROM user_core ORDER BY id") == [(uid,) for uid in ids]
    full = call_many(get_full, [(db.url, uid) for uid in ids])
    assert full == [{"id": uid, **model[uid]} for uid in ids]
    core = call_many(get_core, [(db.url, uid) for uid in ids])
    assert core == [{"id": uid, "name": model[uid]["name"], "email": model[uid]["email"]}
                    for uid in ids]


def test_migration_and_changes_mixed(db, rng):
    old, new, top = {}, {}, 0
    for _ in range(12):
        fresh = {}
        for _ in range(rng.randrange(5)):
            top += rng.randint(1, 10**9)
            fresh[top] = random_user(rng)
        add(db, fresh)
        old |= fresh
        for uid in [uid for uid in old if rng.random() < 0.1]:
            db.execute("DELETE FROM users WHERE id = ?", uid)
            del old[uid]
        batch = rng.randint(1, 4)
        due = [uid for uid in sorted(old) if uid > max(new, default=0)][:batch]
        assert migrate(db.url, batch) == len(due)
        new |= {uid: dict(old[uid]) for uid in due}
        for uid in rng.sample(sorted(new), min(len(new), 2)):
            user = random_user(rng)
            changes = {column: user[column] for column in rng.sample(COLUMNS, rng.randint(1, 4))}
            assert save(db.url, uid, changes) is True
            new[uid] |= changes
    assert_same(db, new)


def test_deaths_during_migration(db, rng):
    users = {uid: random_user(rng) for uid in range(1, 13)}
    add(db, users)
    done = 0
    for k in range(1, 11):
        with crash_after(rng.randint(1, 5)):
            migrate(db.url, 2)
        if k % 4 == 0:
            migrate(db.url, 1)
        copied = db.query("SELECT COUNT(*) FROM user_core")[0][0]
        assert db.query("SELECT COUNT(*) FROM user_profile") == [(copied,)]
        assert copied >= done
        done = copied
    while migrate(db.url, 5):
        pass
    assert_same(db, users)


def test_a_profile_is_made_for_whoever_has_none(db, rng):
    db.executemany("INSERT INTO user_core VALUES (?, ?, ?)",
                   [(uid, "n", "e") for uid in range(1, 7)])
    model = {uid: {"name": "n", "email": "e", "bio": None, "avatar": None} for uid in range(1, 7)}
    for uid in rng.sample(range(1, 7), 4):
        changes = {rng.choice(("bio", "avatar")): random_text(rng), "name": random_text(rng)}
        assert save(db.url, uid, changes) is True
        model[uid] |= changes
    assert_same(db, model)
    assert save(db.url, 7, {"bio": "x", "name": "y"}) is False
    assert db.query("SELECT COUNT(*) FROM user_profile") == [(4,)]
