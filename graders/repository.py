"""A git repository as a store of objects and branches; its work tree and index are never touched.

    commit ── tree ── Entry(mode, blob, path) …        read:  resolve, tree, blobs, refs, pack
                                                       write: blob, commit, take_in, move

Owns every call of git. Knows nothing of what the branches are for. Plumbing only: hooks,
replaced objects, encodings and repository variables from the environment have no say, so the same
content gives the same ids in every clone.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.errors import GraderError
from graders.git import ELSEWHERE

_IDENTITY = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "kata40"), ("EMAIL", "kata40@localhost"))
}
_REGULAR = ("100644", "100755")
_SETTINGS = (
    f"core.hooksPath={os.devnull}",
    "gc.auto=0",
    "i18n.commitEncoding=UTF-8",
    "log.showSignature=false",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a tree: mode as git writes it, id of its content, path with slashes."""

    mode: str
    blob: str
    path: str

    @property
    def regular(self) -> bool:
        """Whether it is a plain file: no symbolic link, no submodule."""
        return self.mode in _REGULAR


@dataclass(frozen=True, slots=True)
class Move:
    """A branch that is to go from one commit ("" for none yet) to another."""

    branch: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that `path` lies in."""

    path: Path

    @classmethod
    def make(cls, path: Path) -> Repository:
        """Make an empty bare repository at `path`, unless there is one; return it."""
        if not (path / "HEAD").is_file():
            path.mkdir(parents=True, exist_ok=True)
            cls(path)._run("init", "--quiet", "--bare", "--initial-branch=main", "--template=")
        return cls(path)

    def resolve(self, *names: str) -> str:
        """Return the id of the commit that the first existing name stands for, or ""."""
        for name in names:
            found = self._ask("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
            if found:
                return found
        return ""

    def tree_id(self, commit: str) -> str:
        """Return the id of a commit's tree."""
        return self._text("rev-parse", "--verify", f"{commit}^{{tree}}")

    def date(self, commit: str) -> str:
        """Return when a commit was made, in seconds since 1970 in UTC, as git reads dates."""
        return self._text("show", "--no-patch", "--format=%ct +0000", commit)

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether `newer` has `older` in its history, as far as this clone holds it."""
        return self._run("merge-base", "--is-ancestor", older, newer, ok=(0, 1)).returncode == 0

    def tree(self, commit: str) -> list[Entry]:
        """Return every file of a commit, sorted by path."""
        entries = []
        for line in self._bytes("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob = facts.decode().split(" ")
            entries.append(Entry(mode, blob, os.fsdecode(path)))
        return entries

    def blobs(self, entries: Sequence[Entry]) -> list[bytes]:
        """Return the contents of files, in their order."""
        asked = "".join(f"{entry.blob}\n" for entry in entries).encode()
        answer = self._bytes("cat-file", "--batch", stdin=asked)
        contents, at = [], 0
        for entry in entries:
            end = answer.index(b"\n", at)
            fields = answer[at:end].split()
            if len(fields) != 3 or fields[1] != b"blob":
                raise GraderError(f"{self.path}: {entry.path} is missing; try git fetch --refetch")
            at = end + 1 + int(fields[2])
            contents.append(answer[end + 1 : at])
            at += 1  # the newline after each content
        return contents

    def blob_id(self, data: bytes) -> str:
        """Return the id that this content has, without storing it."""
        return self._text("hash-object", "--stdin", stdin=data)

    def write_blob(self, data: bytes) -> str:
        """Store a file's content and return its id."""
        return self._text("hash-object", "-w", "--stdin", stdin=data)

    def write_tree(self, entries: Iterable[Entry]) -> str:
        """Store a tree of files and return its id."""
        listing = b"".join(
            f"{entry.mode} {entry.blob}\t".encode() + os.fsencode(entry.path) + b"\0"
            for entry in entries
        )
        with tempfile.TemporaryDirectory() as folder:
            own = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self._run("update-index", "-z", "--index-info", stdin=listing, env=own)
            return self._run("write-tree", env=own).stdout.decode().strip()

    def write_commit(self, tree: str, parent: str, date: str, message: str) -> str:
        """Store a commit under the fixed identity and return its id; no parent is ""."""
        env = {**_IDENTITY, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        parents = ("-p", parent) if parent else ()
        made = self._run("commit-tree", tree, *parents, stdin=message.encode(), env=env)
        return made.stdout.decode().strip()

    def refs(self, prefix: str) -> dict[str, str]:
        """Return the refs below `prefix` ("refs/shipped/"), without it, and their commits."""
        listed = self._text("for-each-ref", "--format=%(objectname) %(refname)", prefix)
        pairs = (line.split(" ", 1) for line in listed.splitlines())
        return {name.removeprefix(prefix): commit for commit, name in pairs}

    def trees(self, prefix: str) -> dict[str, str]:
        """Return the refs below `prefix`, without it, and the trees of their commits."""
        listed = self._text("for-each-ref", "--format=%(tree) %(refname)", prefix)
        pairs = (line.split(" ", 1) for line in listed.splitlines())
        return {name.removeprefix(prefix): tree for tree, name in pairs}

    def point(self, refs: Mapping[str, str]) -> None:
        """Let refs stand for commits, whatever they stood for; "" removes one. All or none."""
        lines = [f"update {name} {to}\n" if to else f"delete {name}\n"
                 for name, to in refs.items()]
        self._run("update-ref", "--stdin", stdin="".join(lines).encode())

    def differing(self, old: str, new: str) -> set[str]:
        """Return the paths at which two commits differ."""
        listed = self._bytes("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
        return {os.fsdecode(path) for path in listed.split(b"\0")[:-1]}

    def take_in(self, stream: bytes) -> None:
        """Store what a stream for git fast-import describes, all or nothing; refs may go back."""
        self._run("fast-import", "--quiet", "--done", "--force", stdin=stream + b"done\n")

    def pack(self, commit: str, base: Path) -> None:
        """Write a commit with all that it needs as a pack `base`-<hash>.pack and its index."""
        self._run("pack-objects", "-q", "--revs", "--threads=1", str(base),
                  stdin=f"{commit}\n".encode())

    def fill(self) -> None:
        """Write the files of HEAD into an empty work tree, and the index."""
        self._run("-c", "core.autocrlf=false", "read-tree", "-m", "-u", "HEAD")

    def dirty(self) -> bool:
        """Whether the work tree has changes or strangers; a bare repository has none."""
        if self._text("rev-parse", "--is-bare-repository") == "true":
            return False
        return bool(self._text("-c", "core.fsmonitor=false", "status", "--porcelain"))

    def tags(self) -> list[str]:
        """Return all tags, the newest first."""
        return self._text("for-each-ref", "--sort=-creatordate", "--format=%(refname:strip=2)",
                          "refs/tags").splitlines()

    def get_tag(self, remote: str, tag: str) -> bool:
        """Get the commit of a remote's tag, without its history; return whether it has that tag."""
        name = f"refs/tags/{tag}"
        listed = self._text("ls-remote", "--tags", "--", remote, name).splitlines()
        if not any(line.endswith(f"\t{name}") for line in listed):
            return False
        self._run("fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--",
                  remote, f"+{name}:{name}")
        return True

    def checked_out(self, branch: str) -> str:
        """Return the folder of the work tree that has the branch checked out, or ""."""
        name = f"refs/heads/{branch}"
        return self._text("for-each-ref", "--format=%(worktreepath)", name)

    def move(self, moves: Iterable[Move]) -> None:
        """Move all branches or none; refused when one is no longer where its move starts."""
        zero = "0" * len(self.blob_id(b""))
        lines = [f"update refs/heads/{m.branch} {m.new} {m.old or zero}\n" for m in moves]
        try:
            self._run("update-ref", "--stdin", stdin="".join(lines).encode())
        except GraderError as error:
            raise GraderError(f"{error}; try again") from error

    def fetch(self, remote: str, branch: str) -> str:
        """Get a branch's commits from a remote (name or address); return its tip, or ""."""
        name = f"refs/heads/{branch}"
        listed = self._text("ls-remote", "--", remote, name).splitlines()
        tip = next((line.split("\t")[0] for line in listed if line.endswith(f"\t{name}")), "")
        if tip and not self.resolve(tip):
            self._run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", remote, name)
        return tip

    def push(self, remote: str, branches: Iterable[str]) -> None:
        """Push branches to those of the same name, all or none, never by force."""
        names = [f"refs/heads/{branch}:refs/heads/{branch}" for branch in branches]
        self._run("push", "--quiet", "--atomic", "--", remote, *names)

    def _ask(self, *arguments: str) -> str:
        """Return the answer of a command that may fail to find something, then ""."""
        return self._run(*arguments, ok=(0, 1)).stdout.decode().strip()

    def _text(self, *arguments: str, stdin: bytes = b"") -> str:
        return self._bytes(*arguments, stdin=stdin).decode().strip()

    def _bytes(self, *arguments: str, stdin: bytes = b"") -> bytes:
        return self._run(*arguments, stdin=stdin).stdout

    def _run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        ok: tuple[int, ...] = (0,),
    ) -> subprocess.CompletedProcess[bytes]:
        """Run git; raise GraderError with its own last words when it fails."""
        switches = [word for setting in _SETTINGS for word in ("-c", setting)]
        command = ["git", "-C", str(self.path), "--no-replace-objects", *switches, *arguments]
        kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        whole = {**kept, "LC_ALL": "C", **(env or {})}
        try:
            result = subprocess.run(command, input=stdin, capture_output=True, env=whole)
        except FileNotFoundError as error:
            raise GraderError("git: not found on PATH; install git") from error
        if result.returncode not in ok:
            words = result.stderr.decode(errors="replace").strip() or "no word why"
            raise GraderError(f"{self.path}: git {arguments[0]} failed: {words}")
        return result
