"""crash_after and snapshots: at each effect of learner's code."""

from __future__ import annotations

import io
import os
import pickle
import shutil
import subprocess
import sys
import textwrap

import pytest

from graders.kit import Crash, counted, crash_after, expose, files, snapshots


@pytest.fixture
def box(kata, request):
    """Give the work directory in either mode."""
    return request.getfixturevalue("workdir")


def save_in_place(path, text):
    with open(path, "w") as file:
        file.write(text)


def save_safely(path, text):
    with open(path + ".new", "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


def outcomes(kata, box, save):
    """Crash at every effect in turn; return what the file holds afterwards each time."""
    save = kata.function(save)
    with crash_after(10**6) as count:
        save(f"{box}/a", "old")
    assert not count.fired
    found = []
    for k in range(1, count.effects + 1):
        files.write("a", b"old")
        with crash_after(k) as crash:
            save(f"{box}/a", "new")
        assert crash.fired
        assert crash.effects == k
        found.append(files.read("a"))
    return found


def test_a_crash_shows_what_is_not_atomic(kata, box):
    assert outcomes(kata, box, save_in_place) == [b"old", b""]
    assert outcomes(kata, box, save_safely) == [b"old", b"old", b"old"]


def test_calls_of_offered_objects_are_effects(kata, box):
    sent = []
    send = counted(sent.append)

    def send_three(send):
        for n in range(3):
            send(n)

    with crash_after(3) as crash:
        kata.function(send_three)(send)
    assert (sent, crash.fired, crash.effects) == ([0, 1], True, 3)


def test_exposed_methods_are_effects(kata, box):
    rows = expose([], "append")
    with crash_after(1) as crash:
        kata.function(lambda rows: rows.append(1))(rows)
    assert crash.fired


def test_a_crash_that_does_not_come_is_told(kata, box):
    with crash_after(2) as crash:
        kata.function(save_nothing)()
    assert (crash.fired, crash.effects) == (False, 0)


def save_nothing():
    return io.StringIO().write("x")


def test_no_except_block_survives_a_crash(kata, box):
    after = []

    def stubborn(path):
        try:
            open(path, "w").close()
        except Exception:
            after.append("survived")
        finally:
            os.mkdir(path + ".d")

    with crash_after(1) as crash:
        kata.function(stubborn)(f"{box}/a")
    assert crash.fired
    assert after == []
    assert files.list(box) == [], "effects after the crash do not happen either"


def test_what_a_crashed_call_makes_of_it_is_not_heard(kata, box):
    def translate(path):
        try:
            os.mkdir(path)
        except BaseException:
            raise ValueError("translated") from None

    if kata.link is None:  # under the judge nothing is left that could translate
        with crash_after(1) as crash:
            translate(f"{box}/a")
        assert crash.fired


def test_errors_before_the_crash_leave_the_block(kata, box):
    def fail():
        raise KeyError("x")

    with pytest.raises(KeyError), crash_after(1):
        kata.function(fail)()
    with crash_after(1) as crash:  # the plan before is taken back
        kata.function(os.mkdir)(f"{box}/a")
    assert crash.fired


def test_the_suites_own_files_are_no_effects(kata, box):
    with crash_after(1) as crash:
        files.write("a", b"x")
        files.truncate("a", 0)
        files.mkdir("d")
    assert (crash.fired, crash.effects) == (False, 0)


def test_files_elsewhere_are_no_effects(kata, box, tmp_path):
    with crash_after(1) as crash:
        kata.function(save_in_place)(str(tmp_path / "elsewhere"), "x")
    assert not crash.fired


def test_every_kind_of_change_to_files_is_an_effect(kata, box):
    def changes(box):
        os.chdir(box)
        with open("a", "wb") as raw:  # 1
            raw.write(b"x")  # 2
            raw.flush()  # 3
            raw.truncate(0)  # 4
            raw.writelines([b"y"])  # 5
        number = os.open("a", os.O_WRONLY)  # 6
        os.write(number, b"x")  # 7
        os.ftruncate(number, 0)  # 8
        os.close(number)
        os.mkdir("d")  # 9
        os.link("a", "b")  # 10
        os.symlink("a", "c")  # 11
        os.rename("b", "d/b")  # 12
        os.remove("c")  # 13
        os.truncate("a", 0)  # 14
        shutil.rmtree("d")  # 15, 16

    here = os.getcwd()
    try:
        with crash_after(10**6) as count:
            kata.function(changes)(box)
    finally:
        os.chdir(here)
    assert count.effects == 16


def test_reading_is_no_effect(kata, box):
    files.write("a", pickle.dumps([1]))

    def look(path):
        with open(path, "rb") as file:
            value = pickle.load(file)
        return value + os.listdir(os.path.dirname(path)) + [os.stat(path).st_size > 0]

    with crash_after(1) as crash:
        assert kata.function(look)(f"{box}/a") == [1, "a", True]
    assert not crash.fired


def test_crashes_do_not_nest(kata, box):
    with crash_after(1), pytest.raises(ValueError, match="one crash at a time"), crash_after(1):
        pass
    with crash_after(1):
        pass


def test_misuse_of_crash_after_is_told():
    for k in (0, True, 1.5):
        with pytest.raises(ValueError, match="the first effect is 1"):
            crash_after(k)


def test_a_crash_is_no_exception():
    assert not issubclass(Crash, Exception)


def test_a_snapshot_is_taken_before_each_file_operation(kata, box):
    files.write("a", b"old")
    with snapshots(box) as shots:
        kata.function(save_in_place)(f"{box}/a", "new")
        kata.function(save_safely)(f"{box}/a", "newer")
    assert shots.taken == [
        {"a": b"old"},  # before it is opened
        {"a": b""},  # before text is written to it
        {"a": b"new"},
        {"a": b"new", "a.new": b""},
        {"a": b"new", "a.new": b"newer"},  # before the rename
    ]


def test_snapshots_see_folders_below_and_no_links(kata, box):
    files.mkdir("d")
    files.write("d/x", b"1")
    os.symlink("/etc/passwd", os.path.join(files.root(), "link"))
    with snapshots(box) as shots:
        kata.function(os.mkdir)(f"{box}/e")
    assert shots.taken == [{"d/x": b"1"}]


def test_too_many_snapshots_fail(kata, box, monkeypatch):
    monkeypatch.setattr("graders.kit.crash._MOST_SNAPSHOTS", 3)

    def busy(box):
        for n in range(5):
            os.mkdir(f"{box}/{n}")

    with pytest.raises(AssertionError, match="more than 3 file operations"), snapshots(box):
        kata.function(busy)(box)


def test_a_folder_too_deep_for_a_snapshot_fails(kata, box):
    def dig(path):
        for _ in range(40):
            path += "/d"
            os.mkdir(path)

    with pytest.raises(OSError, match="folders too deep"), snapshots(box):
        kata.function(dig)(box)


def test_a_folder_that_is_not_there_is_a_mistake_of_the_suite(kata, box):
    with pytest.raises(FileNotFoundError), snapshots(f"{box}/nowhere"):
        pass


def test_a_crash_within_snapshots_works(kata, box):
    with snapshots(box) as shots, crash_after(3) as crash:
        kata.function(save_safely)(f"{box}/a", "x")
    assert crash.fired
    assert len(shots.taken) == 3


def test_without_a_listener_nothing_is_hooked():
    program = """
        import sys
        hooks = []
        sys.addaudithook(lambda event, _: hooks.append(event) if event == "sys.addaudithook" else 0)
        import graders.kit.crash
        assert sys.getprofile() is None and not hooks
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True, timeout=60)
