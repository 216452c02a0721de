"""The handle on Redis: its state, the log of commands, planned faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graders.kit import services

Word = str | bytes | int | float
_KIND = "redis"


class Redis:
    """The Redis of one test. `url` is for the learner's code; everything else is the suite's."""

    def __init__(self) -> None:
        host, port = services.place(_KIND)
        self.url = f"redis://{host}:{port}/0"

    def command(self, *words: Word) -> Any:
        """Run a command on a connection of the suite's own: neither logged nor counted.

        Returns bytes, int, None or lists of them, as a client without decoding does. Raises
        ServiceError for an error reply. A command that would wait returns None at once.
        """
        return services.ask(_KIND, "command", *_fields("command", words))

    @property
    def log(self) -> list[tuple[str, ...]]:
        """What the learner's code has sent since the test began, or since `clear_log`.

        Each command as a tuple of str, its name in capitals. Commands about the connection itself
        (HELLO, CLIENT, SELECT, PING …) are left out, and so is what Lua scripts call inside.
        Words are cut at 256 bytes, the log at 20,000 commands.
        """
        found: list[tuple[str, ...]] = []
        while True:
            _, page = services.ask(_KIND, "log", len(found))
            if not page:
                return found
            for name, *rest in page:
                found.append((_text(name).upper(), *map(_text, rest)))

    def clear_log(self) -> None:
        """Begin the log anew."""
        services.ask(_KIND, "forget")

    def cut_after(self, k: int) -> None:
        """Cut the connection that sends the k-th command from now: carried out, its reply lost.

        Once; what connects afterwards is served. Commands about the connection do not count.
        """
        services.ask(_KIND, "cut", _positive("cut_after", k))

    def before(self, name: str, *commands: Sequence[Word], nth: int = 1) -> None:
        """Run `commands` just before the `nth` command called `name` that a learner sends now."""
        self._hook("before", name, commands, nth)

    def after(self, name: str, *commands: Sequence[Word], nth: int = 1) -> None:
        """Run `commands` between the `nth` command called `name` and whatever comes next."""
        self._hook("after", name, commands, nth)

    @property
    def pending_hooks(self) -> int:
        """How many hooks have not been run: assert 0, or the test tested nothing."""
        return int(services.ask(_KIND, "hooks"))

    def restart(self, keep: bool = True) -> None:
        """Restart the server: every connection is cut, loaded scripts are forgotten.

        `keep` tells whether it had saved its data.
        """
        services.ask(_KIND, "restart", bool(keep))

    @property
    def connections(self) -> int:
        """How many connections the learner's code has open now."""
        return int(services.ask(_KIND, "connections"))

    def _hook(self, when: str, name: str, commands: Sequence[Sequence[Word]], nth: int) -> None:
        if not commands:
            raise ValueError(f"redis.{when}: no command to run")
        fields = [_fields(when, each) for each in commands]
        services.ask(_KIND, "hook", when, name.upper(), _positive(when, nth), fields)


def _fields(word: str, words: Sequence[Word]) -> list[bytes]:
    if isinstance(words, (str, bytes)) or not words:
        raise TypeError(f'redis.{word}: write a command as its words: "GET", key')
    found = []
    for each in words:
        if isinstance(each, bool) or not isinstance(each, (str, bytes, int, float)):
            raise TypeError(f"redis.{word}: {each!r} is no word of a command")
        found.append(each if isinstance(each, bytes) else str(each).encode())
    return found


def _positive(word: str, number: int) -> int:
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ValueError(f"redis.{word}: {number!r}; the first is 1")
    return number


def _text(word: bytes) -> str:
    return word.decode(errors="backslashreplace")
