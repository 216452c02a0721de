"""files.*: only regular files inside the work directory, no links followed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graders.kit import files, remote


@pytest.fixture(params=["descriptors", "paths"])
def box(request, workdir, monkeypatch):
    """Give the work directory, with directory descriptors and as on a platform without them."""
    if request.param == "paths":
        monkeypatch.setattr(files, "_DIR_FD", False)
    return workdir


def test_bytes_written_are_read_back_by_absolute_and_relative_path(box):
    files.write(f"{box}/log", b"abc")
    assert files.read("log") == b"abc"
    assert files.read(Path(box) / "log") == b"abc"
    files.write("log", b"z")
    assert (files.read("log"), files.size("log")) == (b"z", 1)


def test_folders_are_made_and_listed_in_order(box):
    assert files.list(box) == []
    files.mkdir("inner")
    files.write("inner/b", b"")
    files.write("inner/a", b"")
    assert files.list() == ["inner"]
    assert files.list(f"{box}/inner") == ["a", "b"]
    assert sorted(os.listdir(os.path.join(box, "inner"))) == ["a", "b"]


def test_a_file_is_cut_and_lengthened(box):
    files.write("log", b"abcdef")
    files.truncate("log", 2)
    assert files.read("log") == b"ab"
    files.truncate("log", 4)
    assert files.read("log") == b"ab\0\0"


def test_one_bit_is_turned_over(box):
    files.write("log", b"\x00\x00\x80")
    files.flip("log", 1)
    files.flip("log", -1, bit=7)
    assert files.read("log") == b"\x00\x01\x00"


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "inner/../../x"])
def test_paths_outside_are_refused(box, path):
    for act in (files.read, files.list, files.mkdir, files.size):
        with pytest.raises(ValueError, match=r"outside the work directory|contains '\.\.'"):
            act(path)


def test_a_neighbour_with_the_same_beginning_is_outside(box):
    with pytest.raises(ValueError, match="outside"):
        files.read(box + "-evil/x")


@pytest.mark.parametrize("way", ["file", "folder"])
def test_links_are_not_followed(box, tmp_path, way):
    (tmp_path / "secret").write_bytes(b"secret")
    target, path = (tmp_path / "secret", "link") if way == "file" else (tmp_path, "link/secret")
    os.symlink(target, os.path.join(box, "link"))
    with pytest.raises(OSError, match=r"links are not followed|Not a directory"):
        files.read(path)
    with pytest.raises(OSError, match=r"links are not followed|Not a directory"):
        files.write(path, b"")
    assert (tmp_path / "secret").read_bytes() == b"secret"


def test_what_is_no_regular_file_is_refused_without_waiting(box):
    os.mkfifo(os.path.join(box, "fifo"))
    os.mkdir(os.path.join(box, "folder"))
    for act in (files.read, files.size, lambda path: files.write(path, b"x")):
        with pytest.raises(OSError, match="not a regular file"):
            act("fifo")
    with pytest.raises(OSError, match=r"not a regular file"):
        files.read("folder")
    with pytest.raises(IsADirectoryError):
        files.write("folder", b"")


def test_what_is_missing_is_told_with_its_path(box):
    with pytest.raises(FileNotFoundError, match="inner"):
        files.read("inner/log")
    with pytest.raises(FileNotFoundError):
        files.list("nowhere")


def test_a_file_beyond_the_cap_is_refused(box):
    with open(os.path.join(box, "huge"), "wb") as file:
        file.truncate(files.SIZE_CAP + 1)
    with pytest.raises(OSError, match="larger than 64 MiB"):
        files.read("huge")
    assert files.size("huge") == files.SIZE_CAP + 1


def test_misuse_is_told(box):
    files.write("log", b"ab")
    with pytest.raises(TypeError, match="data is bytes, not str"):
        files.write("log", "text")
    with pytest.raises(ValueError, match="size is -1"):
        files.truncate("log", -1)
    with pytest.raises(ValueError, match="bit is 8"):
        files.flip("log", 0, bit=8)
    with pytest.raises(ValueError, match="offset 2 in a file of 2 bytes"):
        files.flip("log", 2)
    with pytest.raises(IsADirectoryError):
        files.read(box)
    with pytest.raises(FileExistsError):
        files.mkdir(box)


def test_without_the_fixture_there_is_no_work_directory():
    with pytest.raises(ValueError, match="needs the `workdir` fixture"):
        files.read("x")


def test_under_the_judge_files_go_through_its_descriptor(kata, tmp_path):
    if kata.link is None:
        return
    kata.link.folder = "/box"  # the learner's name for it exists nowhere here
    assert files.root() == "/box"
    files.mkdir("/box/inner")
    files.write("/box/inner/log", b"abc")
    real = tmp_path / "box" / "inner"
    assert (real / "log").read_bytes() == b"abc"
    assert files.list("/box") == ["inner"]
    assert remote.current() is kata.link
