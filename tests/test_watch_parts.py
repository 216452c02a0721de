"""The parts of `watch` that need no terminal: file systems, keys, programs, files saved."""

from __future__ import annotations

import errno
import queue
import time
from pathlib import Path

import pytest

from graders.errors import GraderError
from graders.learn import foreground, watch_keys, watch_scope
from graders.learn.watch_saves import Saves, is_silent
from graders.learn.watch_scope import Concern, Saved, Scope
from tests import trees

MOUNTED = [("/dev/vda", "/", "ext4", "rw"), ("host:/x", "/home/me/katas", "nfs4", "rw"),
           ("me@host:", "/mnt/ssh", "fuse.sshfs", "rw"), ("tmpfs", "/mnt/ssh/tmp", "tmpfs", "rw")]


class TestAFileSystem:
    @pytest.mark.parametrize("path, silent", [
        ("/work", False), ("/home/me", False), ("/home/me/katas", True),
        ("/home/me/katas/deep/er", True), ("/mnt/ssh/a", True), ("/mnt/ssh/tmp/a", False)])
    def test_is_known_by_the_type_of_the_nearest_mount(self, path: str, silent: bool) -> None:
        assert is_silent(Path(path), MOUNTED) is silent

    def test_without_a_watch_left_is_polled(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from watchdog import observers

        def refused(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

        monkeypatch.setattr(observers.Observer, "start", refused)
        saved: queue.Queue[Path] = queue.Queue()
        saves = Saves(tmp_path, saved.put, poll=False)
        try:
            assert saves.polling
            (tmp_path / "a.py").write_text("1")
            assert saved.get(timeout=20) == tmp_path / "a.py"
        finally:
            saves.close()

    @pytest.mark.parametrize("poll", [False, True])
    def test_that_is_only_read_tells_nothing(self, tmp_path: Path, poll: bool) -> None:
        (tmp_path / "a.py").write_text("1")
        saved: queue.Queue[Path] = queue.Queue()
        saves = Saves(tmp_path, saved.put, poll)
        try:
            (tmp_path / "a.py").read_text()
            (tmp_path / "b.py").write_text("2")
            assert saved.get(timeout=20) == tmp_path / "b.py"
        finally:
            saves.close()


class TestAKey:
    @pytest.mark.parametrize("pressed, name", [
        ("h", "h"), ("H", "h"), ("ｈ", "h"), ("？", "?"), ("c-m", "enter"), ("c-j", "enter"),
        ("c-c", watch_keys.INTERRUPT), ("up", "up")])
    def test_has_one_name_on_every_keyboard(self, pressed: str, name: str) -> None:
        assert watch_keys.key_name(pressed) == name


class TestTheEditor:
    def test_is_visual_before_editor_with_its_arguments(self) -> None:
        path = Path("/a b/c.py")
        both = {"VISUAL": "code --reuse-window", "EDITOR": "vi"}
        assert foreground.editor(both, path, "c.py") == ["code", "--reuse-window", "/a b/c.py"]
        assert foreground.editor({"VISUAL": " ", "EDITOR": "vi"}, path, "c.py")[0] == "vi"

    def test_that_is_not_set_or_not_a_command_is_told(self) -> None:
        with pytest.raises(GraderError, match=r"set one \(export EDITOR=nano\).*: c.py"):
            foreground.editor({}, Path("c.py"), "c.py")
        with pytest.raises(GraderError, match="VISUAL: cannot be understood"):
            foreground.editor({"VISUAL": "'half"}, Path("c.py"), "c.py")

    def test_a_pager_that_is_not_here_is_none(self) -> None:
        assert foreground.pager({"PAGER": "no-such-program -R"}) == []


class TestAFile:
    @pytest.fixture
    def tree(self, tmp_path: Path) -> trees.Tree:
        return trees.finished(tmp_path.resolve())

    def test_concerns_the_kata_or_nothing(self, tree: trees.Tree) -> None:
        scope = Scope(tree.root, [])
        code = Concern(Saved.CODE, trees.SLUG)
        told = {name: scope.concern(tree.path(name)) for name in ("stub", "suite", "toml", "en")}
        assert told == {"stub": code, "suite": code,
                        "toml": Concern(Saved.METADATA, trees.SLUG), "en": None}
        new = tree.root / "katas/systems/s03_cache/other/kata.toml"
        assert scope.concern(new) == Concern(Saved.METADATA, "other")
        assert Scope(tree.root, [trees.SLUG]).concern(new) is None

    def test_keeps_what_is_known_while_the_tree_has_a_fault(self, tree: trees.Tree) -> None:
        scope = Scope(tree.root, [])
        tree.edit("toml", "memory_mib", "memroy_mib")
        with pytest.raises(GraderError, match="did you mean 'memory_mib'"):
            scope.reload()
        assert scope.kata(trees.SLUG).limits.memory_mib == 512
        with pytest.raises(GraderError, match="other: is no longer here"):
            scope.kata("other")

    def test_of_a_new_kata_is_watched_once_it_is_added(self, tree: trees.Tree) -> None:
        trees.add_kata(tree, "systems/s03_cache/other")
        scope = Scope(tree.root, [trees.SLUG])
        (other,) = scope.catalog.find("other")
        assert scope.concern(other.stub) is None
        scope.add(other)
        assert scope.concern(other.stub) == Concern(Saved.CODE, "other")

    def test_that_was_written_anew_has_other_marks_and_the_same_content(
        self, tree: trees.Tree
    ) -> None:
        kata = Scope(tree.root, []).kata(trees.SLUG)
        before = watch_scope.stamp(kata)
        assert watch_scope.stamp(kata) == before
        text = kata.stub.read_text()
        while (now := watch_scope.stamp(kata)).marks == before.marks:
            time.sleep(0.005)  # the file system's clock has a grain
            kata.stub.write_text(text)
        assert now.content == before.content
        kata.stub.unlink()
        assert watch_scope.stamp(kata).content != before.content
