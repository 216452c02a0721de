"""Independent solution of linearizable_history, written from statement and stub alone."""

from collections.abc import Iterator

# kind, value, time of the call, time of the return or None if the client never learnt the outcome
Operation = tuple[str, object, int, int | None]


def linearize(history: list[Operation], initial: object = None) -> list[int] | None:
    """Return positions of operations in an order that explains the history; None if none does.

    Kinds: ("w", value), ("r", value that was read), ("cas", (old, new, ok)). Every operation with
    a known outcome stands in the order once, a read with an unknown one never, others with an
    unknown outcome once or never. The register begins with `initial`.
    Raises ValueError for an unknown kind, a return that is not after its call, a time that occurs
    twice, and a cas whose value is not such a triple.
    """
    _check(history)
    return _Search(history).run(initial)


def _check(history: list[Operation]) -> None:
    """Raise ValueError if the history is malformed."""
    times: set[int] = set()
    for kind, value, call, ret in history:
        if kind not in ("w", "r", "cas"):
            raise ValueError(f"unknown kind {kind!r}")
        if kind == "cas" and not (
            isinstance(value, tuple) and len(value) == 3 and isinstance(value[2], bool)
        ):
            raise ValueError(f"not the value of a cas: {value!r}")
        if ret is not None and ret <= call:
            raise ValueError(f"return at {ret}, call at {call}")
        for moment in (call,) if ret is None else (call, ret):
            if moment in times:
                raise ValueError(f"time {moment} occurs twice")
            times.add(moment)


class _Search:
    """Depth-first search for an order.

    A state is the set of operations that stand in the order so far, as a bit mask, and what the
    register holds then. The next operation may be any that was called before the first return
    that is still to come; there are never more of them than are open at the same time.
    """

    def __init__(self, history: list[Operation]) -> None:
        self._history = history
        known = [i for i, op in enumerate(history) if op[3] is not None]
        self._by_return = sorted(known, key=lambda i: history[i][3])
        lost = [i for i, op in enumerate(history) if op[3] is None and op[0] != "r"]
        self._lost = sum(1 << i for i in lost)
        # What is open at each return, the operation that returns included, soonest return first.
        self._open: list[list[int]] = []
        for first, position in enumerate(self._by_return):
            ret = history[position][3]
            candidates = self._by_return[first:] + lost
            self._open.append([i for i in candidates if history[i][2] < ret])

    def run(self, initial: object) -> list[int] | None:
        """Return an order, or None."""
        if not self._by_return:
            return []
        # For the operations with a known outcome in the order and the value of the register:
        # sets of the others in the order with which this was tried. Who has used up more of
        # these can do no better.
        tried: dict[tuple[int, object], list[int]] = {(0, initial): [0]}
        order: list[int] = []
        stack = [(0, 0, self._steps(0, 0, initial))]
        while stack:
            done, first, steps = stack[-1]
            for position, value in steps:
                now_done = done | 1 << position
                used = now_done & self._lost
                others = tried.setdefault((now_done ^ used, value), [])
                if any(other & used == other for other in others):
                    continue
                others.append(used)
                order.append(position)
                while first < len(self._by_return) and now_done >> self._by_return[first] & 1:
                    first += 1
                if first == len(self._by_return):
                    return order
                stack.append((now_done, first, self._steps(now_done, first, value)))
                break
            else:
                stack.pop()
                if order:
                    order.pop()
        return None

    def _steps(self, done: int, first: int, value: object) -> Iterator[tuple[int, object]]:
        """Yield the operations to try next, each with what the register holds after it."""
        left = [i for i in self._open[first] if not done >> i & 1]
        for i in left:
            if self._only_looks(i, value):
                # It must come at some time and now does no harm: no need to try anything else.
                yield i, value
                return
        tried: set[tuple[object, object]] = set()
        for i in left:
            kind, what, _, ret = self._history[i]
            if kind == "w":
                after, effect = what, (kind, what)
            elif kind == "cas" and what[0] == value and (what[2] or ret is None):
                after, effect = what[1], (kind, what[:2])
            else:
                continue  # the register explains it only later
            # Of several that do the same, the one that must come soonest may as well be first.
            if effect in tried:
                continue
            tried.add(effect)
            # One with an unknown outcome may be left out if the next one does not look at it.
            if ret is None and (after == value or not self._is_seen(after, i, left)):
                continue
            yield i, after

    def _only_looks(self, position: int, value: object) -> bool:
        """Tell whether an operation that must come is explained by `value`, and keeps it."""
        kind, what, _, ret = self._history[position]
        if ret is None or kind == "w":
            return False
        if kind == "r":
            return what == value
        old, new, success = what
        return old == new == value if success else old != value

    def _is_seen(self, value: object, maker: int, left: list[int]) -> bool:
        """Tell whether another operation that may come next depends on `value`."""
        for i in left:
            kind, what, _, ret = self._history[i]
            if i == maker or kind == "w":
                continue
            if self._only_looks(i, value):
                return True
            if kind == "cas" and what[0] == value and (what[2] or ret is None):
                return True
        return False
