"""The values of this topic's predict items, from the lines that learners read."""

import json
import re
import sys

from snowflake_ids import parts


def numbers(variant: str) -> list[int]:
    """Return the numbers of a variant, in order."""
    return list(map(int, re.findall(r"\d+", variant)))


def ids_per_table(variant: str) -> list[int]:
    """Count in each of three tables."""
    rows, given = [0, 0, 0], list[int]()
    for user in numbers(variant):
        rows[user % 3] += 1
        given.append(rows[user % 3])
    return given


def rows_that_move(variant: str) -> int:
    """Count the users whose remainder changes."""
    users, before, after = numbers(variant)
    return sum(user % before != user % after for user in range(users))


def rows_fetched(variant: str) -> int:
    """Every shard sends all rows up to the end of the page."""
    shards, page, rows_per_page = numbers(variant)
    return shards * page * rows_per_page


def id_in_parts(variant: str) -> list[int]:
    """Let the reference read the id."""
    id, epoch_ms = numbers(variant)
    return list(parts(id, epoch_ms))


VALUES = {
    "ids_per_table": ids_per_table, "rows_that_move": rows_that_move,
    "rows_fetched": rows_fetched, "id_in_parts": id_in_parts,
}  # fmt: skip
asked: dict[str, list[str]] = json.load(sys.stdin)
print(json.dumps({item: [VALUES[item](each) for each in asked[item]] for item in asked}))
