r"""The branches `starter` and `reference-solutions`, made from main.

    main ──────●────────●──────●          solutions, tests, everything
                \        \      \
    starter ─────●────────┼──────●        what a learner needs, and katas/manifest.json
    reference-solutions ──●──────●        solutions/ alone, with a root of its own

Owns what each branch holds. A branch is its own parent, so no push needs force, and content that
did not change makes no commit. Commits carry fixed names and main's dates: every clone that
publishes the same commit after the same tips gets the same ids.

A branch beside the katas hides solutions from the default view only. Secret they are when
`starter` stands in a repository of its own (`git push PUBLIC starter:main`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from graders import stubs
from graders.catalog import SUBMISSIONS
from graders.errors import GraderError
from graders.repository import Entry, Move, Repository

STARTER = "starter"
REFERENCE = "reference-solutions"

# All that `starter` may hold. A list of what is allowed fails closed: what a maintainer adds to
# main reaches learners only when it is named here.
SHIPPED = (
    ".copier-answers.yml.jinja",
    ".gitattributes",
    ".github/workflows/grade.yml",
    ".gitignore",
    "LICENSE",
    "README.md",
    "README.md.jinja",
    "README.zh.md",
    "copier",
    "copier.yml",
    "docs",
    "graders",
    "katas",
    "noxfile.py",
    "pyproject.toml",
)
SOLUTIONS = "solutions"
_SHEET = "question/answers.toml"
# Beside submissions, hidden suites and answers; mutants.toml quotes the reference.
_NOT_FOR_LEARNERS = ("key.toml", "mutants.toml")


@dataclass(frozen=True, slots=True)
class Published:
    """Where a branch stands now, and whether this publication made its commit."""

    branch: str
    commit: str
    changed: bool


def publish(repo: Path, source: str = "main", remote: str | None = None) -> list[Published]:
    """Bring both branches up to the commit `source`; with `remote`, start from its and push.

    Raises GraderError, with no branch moved, when something that learners must not see would be
    in `starter`, a branch is checked out, or it moved meanwhile.
    """
    store = Repository(repo)
    commit = store.resolve(source)
    if not commit:
        raise GraderError(f"{repo}: no commit '{source}'; publish from a clone that has it")
    files = store.tree(commit)
    solutions = _below(files, (SOLUTIONS,))
    if not solutions:
        raise GraderError(
            f"{repo}: '{source}' has no {SOLUTIONS}/; publish from the maintainers' repository"
        )
    branches = (STARTER, REFERENCE)
    here = {branch: store.resolve(f"refs/heads/{branch}") for branch in branches}
    tips = {branch: _tip(store, branch, here[branch], remote) for branch in branches}
    shipped = _with_manifest(store, _below(files, SHIPPED), tips[STARTER])
    _refuse_secrets(store, shipped, solutions)
    trees = {STARTER: store.write_tree(shipped), REFERENCE: store.write_tree(solutions)}
    published = [_next(store, commit, Published(b, tips[b], False), trees[b]) for b in branches]
    _move(store, [Move(p.branch, here[p.branch], p.commit) for p in published])
    if remote is not None:
        store.push(remote, branches)
    return published


def extract(repo: Path, ref: str, dest: Path) -> list[Path]:
    """Write the files of a branch or commit below `dest`, byte for byte; return their paths.

    A branch that only `origin` has will do. Raises GraderError for anything but regular files, and
    FileExistsError rather than write over a file: give it an empty folder.
    """
    store = Repository(repo)
    commit = store.resolve(f"refs/heads/{ref}", ref, f"refs/remotes/origin/{ref}")
    if not commit:
        raise GraderError(
            f"{repo}: no branch or commit '{ref}'; get it with: git fetch origin {ref}:{ref}"
        )
    entries = store.tree(commit)
    for entry in entries:
        if not entry.regular or ".." in PurePosixPath(entry.path).parts:
            raise GraderError(f"{ref}:{entry.path}: not a regular file; remove it from the branch")
    written = []
    for entry, data in zip(entries, store.blobs(entries), strict=True):
        path = dest / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
        written.append(path)
    return written


def manifest_for(root: Path) -> dict[str, object]:
    """Return the manifest that `root`/katas should have: its own, today's stubs and sheets."""
    katas = root / "katas"
    today = {
        marker.parent.name: frozenset({stubs.stub_hash(stub.read_bytes())})
        for marker in katas.rglob("kata.toml")
        if (stub := marker.with_name(f"{marker.parent.name}.py")).is_file()
    }
    sheets = {
        stubs.sheet_name(sheet.parent.parent.name): frozenset({stubs.stub_hash(sheet.read_bytes())})
        for sheet in katas.rglob(_SHEET)
    }
    return stubs.document(stubs.merge([stubs.known_stubs(katas), today, sheets]))


def write_manifest(root: Path) -> bool:
    """Bring `root`/katas/manifest.json up to date; return whether it changed.

    Raises GraderError in a learner's repository, where the modules may be solutions by now.
    """
    if not (root / SOLUTIONS).is_dir():
        raise GraderError(
            f"{root}: no {SOLUTIONS}/ here, so its modules may be solved; run this on main"
        )
    path = root / stubs.MANIFEST
    data = stubs.render(manifest_for(root))
    if path.is_file() and path.read_bytes() == data:
        return False
    path.write_bytes(data)
    return True


def _below(files: Iterable[Entry], roots: tuple[str, ...]) -> list[Entry]:
    """Return the files that are, or lie below, one of the paths."""
    return [f for f in files if any(f.path == r or f.path.startswith(f"{r}/") for r in roots)]


def _tip(store: Repository, branch: str, here: str, remote: str | None) -> str:
    """Return the commit that the branch's next one follows, or "" for the first.

    Without a remote: `here`, the local branch, or where origin had it. With one: the newer of both.
    """
    if remote is None:
        return here or store.resolve(f"refs/remotes/origin/{branch}")
    there = store.fetch(remote, branch)
    if not here or not there or here == there:
        return here or there
    if store.is_ancestor(here, there):
        return there
    if store.is_ancestor(there, here):
        return here
    raise GraderError(
        f"{store.path}: '{branch}' here and on '{remote}' have gone different ways; "
        f"keep the remote's: git branch -D {branch}"
    )


def _with_manifest(store: Repository, shipped: list[Entry], tip: str) -> list[Entry]:
    """Return the files with a manifest of every stub ever shipped, up to these."""
    by_path = {entry.path: entry for entry in shipped}
    folders = [PurePosixPath(path).parent for path in by_path if path.endswith("/kata.toml")]
    modules = {folder.name: by_path.get(f"{folder}/{folder.name}.py") for folder in folders}
    present = {slug: entry for slug, entry in modules.items() if entry}
    for path, entry in by_path.items():
        if path.startswith("katas/") and path.endswith(f"/{_SHEET}"):
            present[stubs.sheet_name(PurePosixPath(path).parent.parent.name)] = entry
    contents = store.blobs(list(present.values()))
    known = [
        {slug: frozenset({stubs.stub_hash(data)})}
        for slug, data in zip(present, contents, strict=True)
    ]
    for place, files in (("main", shipped), (STARTER, store.tree(tip) if tip else [])):
        lists = [entry for entry in files if entry.path == stubs.MANIFEST]
        known += [stubs.parse(d, f"{place}:{stubs.MANIFEST}") for d in store.blobs(lists)]
    manifest = stubs.render(stubs.document(stubs.merge(known)))
    by_path[stubs.MANIFEST] = Entry("100644", store.write_blob(manifest), stubs.MANIFEST)
    return list(by_path.values())


def _refuse_secrets(store: Repository, shipped: list[Entry], solutions: list[Entry]) -> None:
    """Raise GraderError when a file for learners is a solution, is named like one, or is a link.

    This does not see a solution that was edited after it was copied: `verify` runs every stub.
    """
    secret = {entry.blob: entry.path for entry in solutions}
    secret.pop(store.blob_id(b""), None)  # empty files are all alike
    for entry in shipped:
        name = PurePosixPath(entry.path).name
        if entry.blob in secret:
            raise GraderError(f"{entry.path}: the same as {secret[entry.blob]}; take it out")
        if not entry.regular:
            raise GraderError(f"{entry.path}: a link or submodule; learners get plain files only")
        hidden = name in _NOT_FOR_LEARNERS or name.startswith(
            (*SUBMISSIONS, "test_hidden_", "ANSWER."))
        if hidden and entry.path.startswith("katas/"):
            raise GraderError(f"{entry.path}: belongs to the solutions; move it to {SOLUTIONS}/")


def _next(store: Repository, source: str, tip: Published, tree: str) -> Published:
    """Return the branch with a commit of `tree` on top of its tip, unless the tip has that tree."""
    if tip.commit and store.tree_id(tip.commit) == tree:
        return tip
    # main's own messages may name solutions; its id tells a maintainer enough.
    message = f"{tip.branch}\n\nSource: {source}\n"
    made = store.write_commit(tree, tip.commit, store.date(source), message)
    return replace(tip, commit=made, changed=True)


def _move(store: Repository, moves: list[Move]) -> None:
    """Move the branches, all or none."""
    needed = [move for move in moves if move.old != move.new]
    for move in needed:
        if folder := store.checked_out(move.branch):
            raise GraderError(
                f"{folder}: branch '{move.branch}' is checked out here; switch to main first"
            )
    if needed:
        store.move(needed)
