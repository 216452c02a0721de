"""Least bandwidth: not the narrowest line, but the one of which the least is in use."""


class BandwidthBalancer:
    """Choose servers by the bandwidth that they use, measured over a sliding window.

    Time is cut into buckets of window_ms / buckets milliseconds; bucket 0 begins at 0. At now_ms
    a bucket counts if its begin is later than now_ms - window_ms, and not later than now_ms.
    """

    def __init__(self, capacity_bps: dict[str, int], window_ms: int, buckets: int) -> None:
        """Start with these servers (name: capacity in bits a second) and nothing recorded.

        Raises ValueError when there is no server, a capacity, window_ms or buckets is below 1, or
        window_ms is no multiple of buckets.
        """
        raise NotImplementedError

    def record(self, server: str, nbytes: int, now_ms: int) -> None:
        """Take in that `server` sent nbytes at now_ms, perhaps earlier than other calls.

        Raises ValueError when nbytes is below 0 or there is no such server.
        """
        raise NotImplementedError

    def usage_bps(self, server: str, now_ms: int) -> float:
        """Return the bits in the buckets that count now, divided by the window in seconds.

        now_ms is not before the time of any earlier call. ValueError if there is no such server.
        """
        raise NotImplementedError

    def pick(self, now_ms: int, mode: str) -> str:
        """Return the server with the least usage ("least_used"), or with the most capacity left.

        The second is "headroom", capacity minus usage; LookupError where that is above 0 nowhere.
        Equal ones: the first in the dict. Another mode raises ValueError. now_ms as above.
        """
        raise NotImplementedError
