"""One question to many shards, and one answer made of theirs."""

# The way to a database: from graders.kit import connect


class PartialResult(Exception):
    """Some shards did not answer; args[0] lists their indices in ascending order."""


def page(db_urls: list[str], order_by: str, desc: bool, offset: int,
         limit: int) -> list[tuple[int, int, int]]:
    """Return (id, user_id, total_cents) of `limit` orders from `offset` on.

    As if the tables of all shards were one, ordered by `order_by` ("id" or "total_cents"),
    descending if `desc`; of equal totals the lower id comes first in both directions.
    ValueError for another column and for a negative offset or limit. PartialResult if any shard
    does not answer.
    """
    raise NotImplementedError


def aggregate(db_urls: list[str]) -> dict[int, tuple[int, int, int, int, float]]:
    """Return {status: (count, sum, minimum, maximum, mean)} of total_cents over all shards.

    PartialResult if any shard does not answer.
    """
    raise NotImplementedError
