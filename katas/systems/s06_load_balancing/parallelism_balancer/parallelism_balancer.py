"""Most free slots: each server runs so many requests at once, and the rest waits in line."""


class Overloaded(Exception):
    """No slot is free and the queue is full."""


class ParallelismBalancer:
    """Run requests where the most slots are free; while none is, let them wait in a queue.

    Free are slots minus running requests. Of equal servers the one with more slots is chosen,
    then the first in the dict. Whenever a method returns, nobody waits while a slot is free.
    """

    def __init__(self, slots: dict[str, int], max_queue: int) -> None:
        """Start with these servers (name: slots) and nothing running or waiting.

        Raises ValueError when a number of slots or max_queue is below 0.
        """
        raise NotImplementedError

    def submit(self, req: str) -> str | None:
        """Start a request and return its server, or put it at the end of the queue: None.

        Raises ValueError when req is running or waiting, Overloaded when max_queue wait already.
        """
        raise NotImplementedError

    def complete(self, req: str) -> list[tuple[str, str]]:
        """End a running request; return the (request, server) pairs that start, in their order.

        Raises KeyError, and changes nothing, when req is not running.
        """
        raise NotImplementedError

    def resize(self, server: str, slots: int) -> list[tuple[str, str]]:
        """Give a server another number of slots; return the (request, server) pairs that start.

        Nothing that runs is ended, even if it is more than slots now. Raises ValueError when
        slots is below 0, KeyError when there is no such server.
        """
        raise NotImplementedError

    def running(self, server: str) -> int:
        """Return the number of requests that run on `server`; KeyError if there is none such."""
        raise NotImplementedError

    def cancel(self, req: str) -> bool:
        """Take a waiting request out of the queue and return True; False if it does not wait."""
        raise NotImplementedError
