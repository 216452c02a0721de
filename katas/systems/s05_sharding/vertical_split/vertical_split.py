"""A wide table split by columns: a narrow one that is read all the time, and the rest."""

from typing import Any

# The way to a database: from graders.kit import connect


def migrate(db_url: str, batch: int) -> int:
    """Copy the next users, `batch` at most, into user_core and user_profile.

    In ascending order of ids. Returns how many it copied, 0 when none is left. A user is copied
    once, into both tables or neither. ValueError for batch below 1.
    """
    raise NotImplementedError


def get_core(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return id, name, email of a user in user_core, or None; user_profile is not touched."""
    raise NotImplementedError


def get_full(db_url: str, uid: int) -> dict[str, Any] | None:
    """Return id, name, email, bio, avatar of a user in user_core, or None.

    bio and avatar are None where user_profile has no row.
    """
    raise NotImplementedError


def save(db_url: str, uid: int, changes: dict[str, str | None]) -> bool:
    """Change some of name, email, bio, avatar of a user: all of them or none.

    Returns False, changing nothing, for a user who is not in user_core. Writes a table only if
    one of its columns is among the changes. ValueError, changing nothing, for another column.
    """
    raise NotImplementedError
