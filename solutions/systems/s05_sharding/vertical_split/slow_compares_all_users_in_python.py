"""Fetches all old and all new users for each batch."""

from typing import Any

from graders.kit import connect

_CORE = ("name", "email")
_PROFILE = ("bio", "avatar")


def migrate(db_url: str, batch: int) -> int:
    """Copy the next `batch` users into the two new tables; return how many, 0 at the end."""
    if batch < 1:
        raise ValueError(f"batch is 1 or more, not {batch}")
    with connect(db_url) as db:
        # Where to go on is read from what is there, so nothing else has to survive a crash.
        done = {row[0] for row in db.execute("SELECT id FROM user_core")}
        rows = db.execute("SELECT id, name, email, bio, avatar FROM users ORDER BY id").fetchall()
        rows = [row for row in rows if row[0] not in done][:batch]
        db.executemany("INSERT INTO user_core VALUES (?, ?, ?)", [row[:3] for row in rows])
        db.executemany("INSERT INTO user_profile VALUES (?, ?, ?)",
                       [(row[0], *row[3:]) for row in rows])
    return len(rows)


def get_core(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return id, name and email from the narrow table alone; None for an unknown user."""
    return _first(db_url, ("id", *_CORE),
                  "SELECT id, name, email FROM user_core WHERE id = ?", uid)


def get_full(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return all columns; bio and avatar are None where the user has no profile."""
    return _first(db_url, ("id", *_CORE, *_PROFILE),
                  "SELECT id, name, email, bio, avatar FROM user_core "
                  "LEFT JOIN user_profile ON user_id = id WHERE id = ?", uid)


def _first(db_url: str, columns: tuple[str, ...], text: str, uid: int) -> dict[str, Any] | None:
    with connect(db_url) as db:
        row = db.execute(text, (uid,)).fetchone()
    return None if row is None else dict(zip(columns, row, strict=True))


def save(db_url: str, uid: int, changes: dict[str, str | None]) -> bool:
    """Change some columns of a user, all or none; return whether the user exists."""
    for column in changes:  # names cannot be parameters: only these four get into a statement
        if column not in (*_CORE, *_PROFILE):
            raise ValueError(f"no column is called {column!r}")
    core = [column for column in _CORE if column in changes]
    profile = [column for column in _PROFILE if column in changes]
    new = [changes[column] for column in profile]
    with connect(db_url) as db:
        if core:
            found = db.execute(f"UPDATE user_core SET {_assign(core)} WHERE id = ?",
                               (*[changes[column] for column in core], uid)).rowcount
            if not found:
                return False
        if profile:
            found = db.execute(f"UPDATE user_profile SET {_assign(profile)} WHERE user_id = ?",
                               (*new, uid)).rowcount
            if not found:  # no row yet: make one, if there is such a user
                found = db.execute(
                    f"INSERT INTO user_profile (user_id, {', '.join(profile)}) "
                    f"SELECT id{', ?' * len(profile)} FROM user_core WHERE id = ?",
                    (*new, uid)).rowcount
            return found > 0
    return bool(core) or get_core(db_url, uid) is not None


def _assign(columns: list[str]) -> str:
    return ", ".join(f"{column} = ?" for column in columns)
