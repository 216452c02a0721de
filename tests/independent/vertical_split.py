"""Independent solution of vertical_split, written from statement and stub alone.

A wide table split by columns: a narrow one that is read all the time, and the rest.
"""

from typing import Any

from graders.kit import connect

_CORE = ("name", "email")
_PROFILE = ("bio", "avatar")


def migrate(db_url: str, batch: int) -> int:
    """Copy the next users, `batch` at most, into user_core and user_profile.

    In ascending order of ids. Returns how many it copied, 0 when none is left. A user is copied
    once, into both tables or neither. ValueError for batch below 1.
    """
    if batch < 1:
        raise ValueError(f"batch must be 1 or more, not {batch}")
    with connect(db_url) as db:
        # Users are copied in ascending order and copies stay: the highest id tells how far it got.
        (done,) = db.execute("SELECT COALESCE(MAX(id), 0) FROM user_core").fetchone()
        copied, last = db.execute(
            "SELECT COUNT(*), MAX(id) FROM "
            "(SELECT id FROM users WHERE id > ? ORDER BY id LIMIT ?) AS following",
            (done, batch)).fetchone()
        if copied == 0:
            return 0
        db.commit()  # so that the next transaction begins with a write: SQLite lets that one wait
        db.execute("INSERT INTO user_core (id, name, email) "
                   "SELECT id, name, email FROM users WHERE id > ? AND id <= ?", (done, last))
        db.execute("INSERT INTO user_profile (user_id, bio, avatar) "
                   "SELECT id, bio, avatar FROM users WHERE id > ? AND id <= ?", (done, last))
    return int(copied)


def get_core(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return id, name, email of a user in user_core, or None; user_profile is not touched."""
    with connect(db_url) as db:
        row = db.execute("SELECT id, name, email FROM user_core WHERE id = ?", (uid,)).fetchone()
    return None if row is None else dict(zip(("id", *_CORE), row, strict=True))


def get_full(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return id, name, email, bio, avatar of a user in user_core, or None.

    bio and avatar are None where user_profile has no row.
    """
    with connect(db_url) as db:
        row = db.execute("SELECT c.id, c.name, c.email, p.bio, p.avatar FROM user_core c "
                         "LEFT JOIN user_profile p ON p.user_id = c.id WHERE c.id = ?",
                         (uid,)).fetchone()
    return None if row is None else dict(zip(("id", *_CORE, *_PROFILE), row, strict=True))


def save(db_url: str, uid: int, changes: dict[str, str | None]) -> bool:
    """Change some of name, email, bio, avatar of a user: all of them or none.

    Returns False, changing nothing, for a user who is not in user_core. Writes a table only if
    one of its columns is among the changes. ValueError, changing nothing, for another column.
    """
    unknown = changes.keys() - {*_CORE, *_PROFILE}
    if unknown:
        raise ValueError(f"no such columns: {sorted(unknown)}")
    core = {column: changes[column] for column in _CORE if column in changes}
    profile = {column: changes[column] for column in _PROFILE if column in changes}
    with connect(db_url) as db:
        # Asked by itself: where nothing really changes, an UPDATE may count no rows.
        if db.execute("SELECT id FROM user_core WHERE id = ?", (uid,)).fetchone() is None:
            return False
        db.commit()  # nobody leaves user_core, and all changes are in one transaction from here
        if core:
            _update(db, "user_core", core, "id", uid)
        if profile:
            db.execute("INSERT INTO user_profile (user_id, bio, avatar) "
                       "SELECT id, NULL, NULL FROM user_core WHERE id = ? AND NOT EXISTS "
                       "(SELECT user_id FROM user_profile WHERE user_id = ?)", (uid, uid))
            _update(db, "user_profile", profile, "user_id", uid)
    return True


def _update(db: Any, table: str, values: dict[str, str | None], key: str, uid: int) -> None:
    """Set the columns that are the keys of `values`: names of this module's own, no user's."""
    assignments = ", ".join(f"{column} = ?" for column in values)
    db.execute(f"UPDATE {table} SET {assignments} WHERE {key} = ?", (*values.values(), uid))
