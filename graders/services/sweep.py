"""What runs have left in real servers, swept by the runs after them."""

from __future__ import annotations

from graders.services.lanes import Lane


def sweep(lane: Lane, run: str = "") -> None:
    """Remove what dead runs of this host have left in the lane's servers, and what `run` has.

    Leaves alone what cannot be reached: it is swept when it can.
    """
    for kind, url in lane.servers:
        try:
            if kind == "redis":
                from graders.services import redis_upstream

                redis_upstream.sweep(url, run)
            elif kind == "amqp":
                from graders.services import amqp_books

                amqp_books.sweep(url, run)
            elif kind == "sql":
                from graders.services import sql_upstream

                sql_upstream.sweep(url, run)
        except Exception:  # of any driver: a server that is away or refuses holds nobody up
            continue
