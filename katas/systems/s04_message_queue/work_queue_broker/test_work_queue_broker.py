"""What the work queue must do: hand out, take back, bury, and remember."""

import re
import zlib

import pytest

from graders.kit import files, replay
from work_queue_broker import WorkQueue


@pytest.fixture
def path(workdir):
    return f"{workdir}/journal"


def filled(path, count, visibility_ms=100, max_attempts=3):
    """Return a queue with messages b"1", b"2", …"""
    queue = WorkQueue(path, visibility_ms, max_attempts)
    replay(queue, [("publish", b"%d" % number, 0) for number in range(1, count + 1)])
    return queue


def drained(queue):
    """Let a new consumer take each ready message; return them, and the dead ids. Close it."""
    steps = [("receive", f"drain {number}", 10**9) for number in range(8)]
    *found, dead, _ = replay(queue, [*steps, ("dead",), ("close",)])
    return [each for each in found if each is not None], dead


def reopened(workdir, data, max_attempts=3):
    """Open a journal with these bytes."""
    files.write(f"{workdir}/copy", data)
    return WorkQueue(f"{workdir}/copy", 100, max_attempts)


# Stage 1: competing consumers


@pytest.mark.stage(1)
def test_messages_are_handed_out_in_the_order_of_their_ids(path):
    queue = WorkQueue(path, 100, 3)
    assert replay(queue, [("publish", b"x", 0), ("publish", b"", 0), ("publish", b"\x00\n", 0),
                          ("receive", "a", 1), ("receive", "b", 2), ("receive", "c", 3),
                          ("receive", "d", 4)]) == [
        1, 2, 3, (1, b"x", 1), (2, b"", 1), (3, b"\x00\n", 1), None]


@pytest.mark.stage(1)
def test_a_consumer_has_one_message_at_a_time(path):
    queue = filled(path, 2)
    assert replay(queue, [("receive", "a", 0), ("receive", "a", 1), ("ack", "a", 1, 2),
                          ("receive", "a", 3)]) == [(1, b"1", 1), None, True, (2, b"2", 1)]


@pytest.mark.stage(1)
def test_a_slow_consumer_does_not_starve_the_fast_one(path):
    queue = filled(path, 10)
    assert queue.receive("slow", 0) == (1, b"1", 1)
    steps = [step for number in range(2, 11)
             for step in (("receive", "fast", 1), ("ack", "fast", number, 1))]
    assert replay(queue, steps) == [answer for number in range(2, 11)
                                    for answer in ((number, b"%d" % number, 1), True)]
    assert replay(queue, [("receive", "fast", 2), ("ack", "slow", 1, 2)]) == [None, True]


@pytest.mark.stage(1)
def test_only_who_holds_a_message_can_acknowledge_it(path):
    queue = filled(path, 2)
    assert replay(queue, [("ack", "a", 1, 0), ("receive", "a", 0), ("receive", "b", 0),
                          ("ack", "a", 2, 0), ("ack", "b", 1, 0), ("ack", "a", 3, 0),
                          ("ack", "a", 1, 0), ("ack", "a", 1, 0), ("ack", "b", 2, 0)]) == [
        False, (1, b"1", 1), (2, b"2", 1), False, False, False, True, False, True]


@pytest.mark.stage(1)
def test_what_is_given_back_goes_to_its_old_place(path):
    queue = filled(path, 3)
    assert replay(queue, [("receive", "a", 0), ("receive", "b", 0), ("nack", "b", 2, True, 1),
                          ("nack", "a", 1, True, 1), ("nack", "a", 1, True, 1),
                          ("receive", "c", 2), ("receive", "d", 2), ("receive", "e", 2)]) == [
        (1, b"1", 1), (2, b"2", 1), True, True, False,
        (1, b"1", 2), (2, b"2", 2), (3, b"3", 1)]


@pytest.mark.stage(1)
def test_a_consumer_that_goes_away_gives_back_what_it_has(path):
    queue = filled(path, 2)
    assert replay(queue, [("receive", "a", 0), ("disconnect", "a", 1), ("disconnect", "a", 1),
                          ("disconnect", "nobody", 1), ("ack", "a", 1, 1),
                          ("receive", "b", 1)]) == [(1, b"1", 1), [1], [], [], False, (1, b"1", 2)]


# Stage 2: leases and dead letters


@pytest.mark.stage(2)
def test_a_lease_ends_at_its_instant(path):
    queue = filled(path, 1, visibility_ms=100)
    assert replay(queue, [("receive", "a", 50), ("receive", "b", 149), ("receive", "b", 150)]) == [
        (1, b"1", 1), None, (1, b"1", 2)]


@pytest.mark.stage(2)
def test_a_late_acknowledgement_does_not_count_and_harms_nobody(path):
    queue = filled(path, 1, visibility_ms=100)
    assert replay(queue, [("receive", "a", 0), ("receive", "b", 120), ("ack", "a", 1, 130),
                          ("nack", "a", 1, False, 130), ("ack", "b", 1, 219)]) == [
        (1, b"1", 1), (1, b"1", 2), False, False, True]
    queue = filled(f"{path}2", 1, visibility_ms=100)
    assert replay(queue, [("receive", "a", 0), ("ack", "a", 1, 100), ("receive", "a", 100),
                          ("disconnect", "a", 200), ("receive", "b", 200)]) == [
        (1, b"1", 1), False, (1, b"1", 2), [], (1, b"1", 3)]


@pytest.mark.stage(2)
def test_an_old_lease_does_not_end_a_new_one(path):
    queue = filled(path, 1, visibility_ms=100)
    assert replay(queue, [("receive", "a", 0), ("nack", "a", 1, True, 60), ("receive", "a", 60),
                          ("receive", "b", 110), ("ack", "a", 1, 159)]) == [
        (1, b"1", 1), True, (1, b"1", 2), None, True]


@pytest.mark.stage(2)
def test_a_message_refused_for_good_is_dead(path):
    queue = filled(path, 2)
    assert replay(queue, [("receive", "a", 0), ("nack", "a", 1, False, 0), ("dead",),
                          ("receive", "a", 0), ("dead",), ("ack", "a", 2, 0), ("receive", "a", 0),
                          ("dead",)]) == [
        (1, b"1", 1), True, [1], (2, b"2", 1), [1], True, None, [1]]


@pytest.mark.stage(2)
def test_after_the_last_attempt_a_message_is_dead_however_it_comes_back(path):
    ends = [(("nack", "a", 2, True, 50), True), (("disconnect", "a", 50), [2]),
            (("ack", "nobody", 9, 150), False)]
    for number, (end, answer) in enumerate(ends):
        queue = filled(f"{path}{number}", 2, visibility_ms=100, max_attempts=2)
        replay(queue, [("receive", "b", 0), ("ack", "b", 1, 0)])
        assert replay(queue, [("receive", "a", 0), ("nack", "a", 2, True, 0), ("dead",),
                              ("receive", "a", 50), ("dead",)]) == [
            (2, b"2", 1), True, [], (2, b"2", 2), []]
        assert replay(queue, [end, ("dead",), ("receive", "c", 200)]) == [answer, [2], None]


@pytest.mark.stage(2)
def test_numbers_below_one_are_refused(path):
    for numbers in ((0, 1), (1, 0), (-1, 1)):
        with pytest.raises(ValueError):
            WorkQueue(path, *numbers)
    assert WorkQueue(path, 1, 1).receive("a", 0) is None


# Stage 3: the journal


@pytest.mark.stage(3)
def test_every_record_is_a_line_with_its_checksum(path):
    queue = filled(path, 2)
    replay(queue, [("receive", "a", 0), ("ack", "a", 1, 0), ("receive", "a", 0)])
    lines = files.read(path).split(b"\n")
    assert lines[-1] == b"" and len(lines) > 5
    for line in lines[:-1]:
        assert re.fullmatch(rb"[0-9a-f]{8} \{.*\}", line), line
        assert int(line[:8], 16) == zlib.crc32(line[9:]), line


@pytest.mark.stage(3)
def test_what_a_call_promised_is_in_the_file_when_it_returns(path, workdir):
    """A copy of the file after each call is what a process that was killed then leaves behind."""
    queue = WorkQueue(path, 100, 3)
    script = [
        (("publish", b"one", 0), ([(1, b"one", 1)], [])),
        (("publish", b"two", 0), ([(1, b"one", 1), (2, b"two", 1)], [])),
        (("receive", "a", 0), ([(1, b"one", 2), (2, b"two", 1)], [])),
        (("nack", "a", 1, True, 0), ([(1, b"one", 2), (2, b"two", 1)], [])),
        (("receive", "a", 0), ([(1, b"one", 3), (2, b"two", 1)], [])),
        (("receive", "b", 0), ([(1, b"one", 3), (2, b"two", 2)], [])),
        (("nack", "b", 2, False, 0), ([(1, b"one", 3)], [2])),
        (("publish", b"three", 0), ([(1, b"one", 3), (3, b"three", 1)], [2])),
        (("receive", "b", 0), ([(1, b"one", 3), (3, b"three", 2)], [2])),
        (("ack", "b", 3, 0), ([(1, b"one", 3)], [2])),
        (("disconnect", "a", 0), ([(1, b"one", 3)], [2])),
        (("receive", "c", 0), ([], [1, 2])),
    ]
    for step, expected in script:
        replay(queue, [step])
        assert drained(reopened(workdir, files.read(path))) == expected, f"after {step}"


@pytest.mark.stage(3)
def test_a_journal_cut_anywhere_opens_as_before_or_after_the_last_call(path, workdir):
    queue = WorkQueue(path, 100, 3)
    ends, states = [0], [([], [])]
    for step in [("publish", b"one", 0), ("publish", b"two", 0), ("receive", "a", 0),
                 ("receive", "b", 0), ("ack", "b", 2, 0), ("nack", "a", 1, False, 0)]:
        replay(queue, [step])
        ends.append(files.size(path))
        states.append(drained(reopened(workdir, files.read(path))))
    data = files.read(path)
    for cut in range(0, len(data), 3):
        last = max(place for place, end in enumerate(ends) if end <= cut)
        found = drained(reopened(workdir, data[:cut]))
        assert found in states[last : last + 2], f"cut after {cut} of {len(data)} bytes: {found}"


@pytest.mark.stage(3)
def test_a_torn_last_line_is_overwritten_cleanly(path, workdir):
    filled(path, 2).close()
    data = files.read(path)
    for cut in (1, 9, 20):
        queue = reopened(workdir, data[:-cut])
        assert replay(queue, [("publish", b"again", 0), ("close",)]) == [2, None]
        queue = WorkQueue(f"{workdir}/copy", 100, 3)
        assert drained(queue) == ([(1, b"1", 1), (2, b"again", 1)], [])


@pytest.mark.stage(3)
def test_damage_before_the_last_line_is_no_torn_line(path, workdir):
    queue = filled(path, 3)
    replay(queue, [("receive", "a", 0), ("ack", "a", 1, 0)])
    queue.close()
    data = files.read(path)
    last_line = data.rstrip(b"\n").rfind(b"\n") + 1
    for place in range(0, last_line, 4):
        files.write(f"{workdir}/copy", data)
        files.flip(f"{workdir}/copy", place)
        with pytest.raises(ValueError):
            WorkQueue(f"{workdir}/copy", 100, 3)
    files.write(f"{workdir}/copy", data)
    files.flip(f"{workdir}/copy", last_line - 1)
    with pytest.raises(ValueError):
        WorkQueue(f"{workdir}/copy", 100, 3)


@pytest.mark.stage(3)
def test_opening_again_changes_nothing_and_ids_go_on(path):
    queue = filled(path, 2)
    replay(queue, [("receive", "a", 0), ("ack", "a", 1, 0), ("receive", "a", 0), ("close",)])
    data = files.read(path)
    for _ in range(3):
        WorkQueue(path, 100, 3).close()
        assert files.read(path) == data
    queue = WorkQueue(path, 100, 3)
    assert replay(queue, [("publish", b"new", 0), ("receive", "b", 0), ("receive", "c", 0)]) == [
        3, (2, b"2", 2), (3, b"new", 1)]


@pytest.mark.stage(3)
def test_a_message_in_its_last_attempt_is_dead_when_the_journal_is_opened(path, workdir):
    queue = filled(path, 2, max_attempts=1)
    queue.receive("a", 0)
    assert queue.dead() == []
    assert drained(reopened(workdir, files.read(path), max_attempts=1)) == ([(2, b"2", 1)], [1])


@pytest.mark.stage(3)
def test_a_closed_queue_does_nothing_more(path):
    queue = filled(path, 1)
    replay(queue, [("close",), ("close",)])
    for method, arguments in (("publish", (b"x", 0)), ("receive", ("a", 0)), ("ack", ("a", 1, 0)),
                              ("nack", ("a", 1, True, 0)), ("disconnect", ("a", 0)),
                              ("dead", ())):
        with pytest.raises(ValueError):
            getattr(queue, method)(*arguments)


@pytest.mark.perf
@pytest.mark.stage(3)
def test_idle_workers_keep_asking_while_six_thousand_are_busy(path):
    queue = filled(path, 6_000)
    given = replay(queue, [("receive", f"busy {number}", 1) for number in range(1, 6_001)])
    assert given == [(number, b"%d" % number, 1) for number in range(1, 6_001)]
    assert replay(queue, [("receive", "idle", 2)] * 14_000) == [None] * 14_000
    done = replay(queue, [("ack", f"busy {number}", number, 3) for number in range(1, 1_001)])
    assert done == [True] * 1_000
    queue.close()
    assert drained(WorkQueue(path, 100, 3)) == (
        [(number, b"%d" % number, 2) for number in range(1_001, 1_009)], [])
