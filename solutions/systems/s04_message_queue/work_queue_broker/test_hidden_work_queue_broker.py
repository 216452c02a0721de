"""The work queue against a plain model, through random calls, crashes and torn files."""

import pytest

from graders.kit import crash_after, files, replay
from work_queue_broker import WorkQueue

VISIBILITY_MS, MOST_ATTEMPTS = 50, 3
CONSUMERS = ["a", "b", "c"]


class Model:
    """Lists and loops: what the statement says, in no hurry."""

    def __init__(self):
        self.bodies, self.attempts, self.held, self.buried = {}, {}, {}, set()
        self.last_id = 0

    def crash(self):
        """Forget who holds what, as a reader of the journal does."""
        for consumer in list(self.held):
            self.back(consumer)

    def back(self, consumer):
        msg_id, _ = self.held.pop(consumer)
        if self.attempts[msg_id] >= MOST_ATTEMPTS:
            self.buried.add(msg_id)

    def call(self, name, *args):
        for consumer, (_, end) in list(self.held.items()):
            if end <= args[-1]:
                self.back(consumer)
        return getattr(self, name)(*args)

    def publish(self, body, now):
        self.last_id += 1
        self.bodies[self.last_id], self.attempts[self.last_id] = body, 0
        return self.last_id

    def receive(self, consumer, now):
        busy = {msg_id for msg_id, _ in self.held.values()}
        ready = [each for each in self.bodies if each not in busy | self.buried]
        if consumer in self.held or not ready:
            return None
        msg_id = min(ready)
        self.attempts[msg_id] += 1
        self.held[consumer] = msg_id, now + VISIBILITY_MS
        return msg_id, self.bodies[msg_id], self.attempts[msg_id]

    def ack(self, consumer, msg_id, now):
        if self.held.get(consumer, (None, 0))[0] != msg_id:
            return False
        del self.held[consumer], self.bodies[msg_id]
        return True

    def nack(self, consumer, msg_id, requeue, now):
        if self.held.get(consumer, (None, 0))[0] != msg_id:
            return False
        self.back(consumer)
        if not requeue:
            self.buried.add(msg_id)
        return True

    def disconnect(self, consumer, now):
        if consumer not in self.held:
            return []
        msg_id = self.held[consumer][0]
        self.back(consumer)
        return [msg_id]

    def dead(self):
        return sorted(self.buried)


def random_call(rng, model, now):
    """Make a call, mostly of something that the model holds."""
    consumer = rng.choice(CONSUMERS)
    held = model.held.get(consumer, (rng.randint(0, model.last_id + 1), 0))[0]
    kind = rng.choices(["publish", "receive", "ack", "nack", "disconnect"], [4, 6, 3, 3, 1])[0]
    arguments = {"publish": [rng.randbytes(rng.randrange(5))], "receive": [consumer],
                 "ack": [consumer, held], "nack": [consumer, held, rng.random() < 0.7],
                 "disconnect": [consumer]}[kind]
    return (kind, *arguments, now)


def random_run(rng, model, length, now=0):
    """Return calls, and what the model answers to each."""
    calls, answers = [], []
    for _ in range(length):
        now += rng.choice([0, 1, 3, 10, 50])
        calls.append(random_call(rng, model, now))
        answers.append(model.call(*calls[-1]))
        if rng.random() < 0.2:
            calls.append(("dead",))
            answers.append(model.dead())
    return calls, answers


def check(queue, calls, answers):
    """Carry out all calls; name the first that answers otherwise."""
    for number, (got, wanted) in enumerate(zip(replay(queue, calls), answers, strict=True)):
        assert got == wanted, f"call {number}, {calls[number]}: {got}, not {wanted}"


@pytest.mark.stage(2)
def test_random_calls_while_leases_run_out(workdir, rng):
    for number in range(6):
        calls, answers = random_run(rng, Model(), 120)
        check(WorkQueue(f"{workdir}/{number}", VISIBILITY_MS, MOST_ATTEMPTS), calls, answers)


@pytest.mark.stage(3)
def test_random_calls_with_the_journal_opened_again_and_again(workdir, rng):
    for number in range(3):
        model = Model()
        for _ in range(8):
            queue = WorkQueue(f"{workdir}/{number}", VISIBILITY_MS, MOST_ATTEMPTS)
            model.crash()
            calls, answers = random_run(rng, model, rng.randint(1, 20))
            check(queue, calls, answers)
            if rng.random() < 0.5:
                queue.close()


@pytest.mark.stage(3)
def test_a_crash_at_each_effect_of_a_session(workdir, rng):
    """What returned before the crash holds; of the call that crashed, all or nothing does."""
    calls = [("publish", b"x", 0), ("publish", b"y", 0), ("receive", "a", 0), ("receive", "b", 0),
             ("ack", "a", 1, 0), ("nack", "b", 2, True, 0), ("receive", "a", 0)]
    states = [[], [(1, b"x", 1)], [(1, b"x", 1), (2, b"y", 1)], [(1, b"x", 2), (2, b"y", 1)],
              [(1, b"x", 2), (2, b"y", 2)], [(2, b"y", 2)], [(2, b"y", 2)], [(2, b"y", 3)]]
    with crash_after(10**6) as count:
        queue = WorkQueue(f"{workdir}/whole", VISIBILITY_MS, MOST_ATTEMPTS)
        for call in calls:
            replay(queue, [call])
    for k in range(1, count.effects + 1):
        path, done = f"{workdir}/{k}", 0
        with crash_after(k) as crash:
            queue = WorkQueue(path, VISIBILITY_MS, MOST_ATTEMPTS)
            for call in calls:
                replay(queue, [call])
                done += 1
        assert crash.fired
        if path.rpartition("/")[2] not in files.list(workdir):
            continue  # the journal was not even made
        queue = WorkQueue(path, VISIBILITY_MS, MOST_ATTEMPTS)
        found = replay(queue, [("receive", each, 0) for each in CONSUMERS])
        got = [each for each in found if each is not None]
        assert got in states[done : done + 2], f"crash {k} after {done} calls: {got}"
        queue.close()


@pytest.mark.stage(3)
def test_random_journals_cut_at_random_places(workdir, rng):
    for number in range(3):
        path = f"{workdir}/{number}"
        model, queue = Model(), WorkQueue(path, VISIBILITY_MS, MOST_ATTEMPTS)
        sizes, kept = [0], [({}, set())]
        now = 0
        for _ in range(25):
            now += rng.choice([0, 10, 50])
            call = random_call(rng, model, now)
            assert replay(queue, [call]) == [model.call(*call)]
            attempts = {msg_id: model.attempts[msg_id] for msg_id in model.bodies}
            sizes.append(files.size(path))
            kept.append((attempts, set(model.buried)))
        data = files.read(path)
        for cut in sorted(rng.sample(range(len(data) + 1), 15)):
            files.write(f"{workdir}/copy", data[:cut])
            queue = WorkQueue(f"{workdir}/copy", VISIBILITY_MS, MOST_ATTEMPTS)
            *found, dead, _ = replay(queue, [
                *[("receive", f"c{each}", 0) for each in range(30)], ("dead",), ("close",)])
            got = {each[0]: each[2] - 1 for each in found if each is not None}
            last = max(place for place, size in enumerate(sizes) if size <= cut)
            wanted = []
            for attempts, buried in kept[last : last + 2]:
                gone = {each for each, count in attempts.items() if count >= MOST_ATTEMPTS}
                wanted.append(({each: count for each, count in attempts.items()
                                if each not in gone | buried},
                               sorted((gone | buried) & set(attempts))))
            assert (got, dead) in wanted, f"cut after {cut} of {len(data)} bytes"
