"""What must hold after each stage. Every check returns what it looked at, or raises AssertionError.

A benchmark's figures are worth nothing for a run that lost something, so these stop it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from benchmarks.rehearsal.learners import Work
from benchmarks.rehearsal.school import git
from graders import stubs
from graders.cohort import database

_TABLES = {"snapshots": "collection, learner", "files": "snapshot, slug",
           "results": "slug, sha256, basis", "returned": "learner, target, digest"}


def demand(holds: bool, what: str) -> None:
    """Raise AssertionError saying what does not hold."""
    if not holds:
        raise AssertionError(what)


def rows(cohort: Path, query: str) -> list[tuple[object, ...]]:
    """Return what a database without a writer holds; nothing while it is not there yet."""
    path = cohort / database.NAME
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError:  # its tables are being made
        return []


def count(cohort: Path, table: str) -> int:
    """Return how many rows a table has."""
    found = rows(cohort, f"SELECT count(*) FROM {table}")
    return int(str(found[0][0])) if found else 0


def tree(repository: Path, commit: str) -> dict[str, str]:
    """Return mode and id of everything in a commit, by path."""
    listed = git(repository, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]
    return {path.decode(): facts.decode() for facts, _, path in
            (line.partition(b"\t") for line in listed)}


def own(repository: Path) -> dict[str, str]:
    """Return what is a learner's own on their branch: all that is not as it was handed out."""
    first = tree(repository, "main~1")
    return {path: facts for path, facts in tree(repository, "main").items()
            if first.get(path) != facts}


def kept(repository: Path, before: Mapping[str, str], replaced: Iterable[str]) -> int:
    """Demand that a learner's own files are as they were, but those to be replaced."""
    now = tree(repository, "main")
    for path in before.keys() - set(replaced):
        demand(now.get(path) == before[path], f"{repository.name}: {path} was changed")
    demand(git(repository, "rev-list", "--count", "main").strip() == b"3",
           f"{repository.name}: the update is not one commit on top of the learner's")
    return len(before)


def collected(cohort: Path, works: Mapping[str, Work], first: str) -> str:
    """Demand that the last collection has every module as it was pushed."""
    found = {(str(learner), str(slug)): str(sha256) for learner, slug, sha256 in rows(
        cohort, "SELECT learner, slug, sha256 FROM snapshots JOIN files ON snapshot = "
        "snapshots.id WHERE problem = '' AND collection = (SELECT max(id) FROM collections)")}
    wanted = {(each, slug): "" if slug == first and work.odd in ("link", "large", "submodule")
              else hashlib.sha256(text).hexdigest()
              for each, work in works.items() if work.odd != "gone"
              for slug, text in work.modules.items()}
    demand(found == wanted, f"collected {len(found)} of {len(wanted)} modules, or others")
    return f"{len(found)} modules as they were pushed"


def once(cohort: Path) -> str:
    """Demand that no row stands twice."""
    for table, key in _TABLES.items():
        twice = rows(cohort, f"SELECT {key}, count(*) FROM {table} GROUP BY {key} "
                             "HAVING count(*) > 1")
        demand(not twice, f"{table}: twice: {twice[:3]}")
    return "no row twice"


def results(cohort: Path) -> dict[tuple[str, str, str], tuple[str, float, tuple[str, ...]]]:
    """Return verdict, points and the tests' statuses of all results, by what was judged."""
    found = {}
    for slug, sha256, basis, verdict, points, report in rows(
            cohort, "SELECT slug, sha256, basis, verdict, points, report FROM results"):
        tests = tuple(f"{each['name']} {each['status']}" for each in
                      json.loads(str(report))["tests"])
        found[str(slug), str(sha256), str(basis)] = (str(verdict), float(str(points)), tests)
    return found


def same(one: Path, other: Path) -> str:
    """Demand that all results of the second cohort are in the first, and the same there."""
    first, second = results(one), results(other)
    differing = [(key, first.get(key), second[key]) for key in second
                 if first.get(key) != second[key]]
    demand(bool(second) and not differing, f"{len(differing)} results differ: {differing[:2]}")
    return f"{len(second)} of {len(first)} results were judged without kills, too: the same"


def judged(cohort: Path, works: Mapping[str, Work], known: Mapping[str, frozenset[str]]) -> int:
    """Demand a result for every attempted content that could be taken; return how many there are.

    `known` are the stubs' hashes.
    """
    have = {(slug, sha256) for slug, sha256, _ in results(cohort)}
    taken = {(str(slug), str(sha256)) for slug, sha256, stub in rows(
        cohort, "SELECT slug, sha256, stub FROM files WHERE sha256 != ''")
        if str(stub) not in known.get(str(slug), frozenset())}
    demand(taken == have, f"{len(have)} results of {len(taken)} contents")
    return sum(stubs.stub_hash(text) not in known[slug] for work in works.values()
               for slug, text in work.modules.items())


def marks(text: str, learners: int, katas: int) -> str:
    """Demand a settled mark for every learner and kata in the export `csv`."""
    table = list(csv.DictReader(io.StringIO(text)))
    demand(len(table) == learners, f"{len(table)} rows of marks for {learners} learners")
    cells = [value for row in table for value in list(row.values())[3:3 + katas]]
    demand(len(cells) == learners * katas and all(cells), "a mark is not settled")
    return f"{len(cells)} marks, all settled"


def hidden_names(cohort: Path) -> set[str]:
    """Return the names of hidden tests, which nothing that leaves may hold."""
    tests = [each for (text,) in rows(cohort, "SELECT report FROM results")
             for each in json.loads(str(text))["tests"]]
    visible = {each["name"] for each in tests if not each["hidden"]}
    return {each["name"] for each in tests if each["hidden"]} - visible


def told(texts: Iterable[str], names: set[str]) -> str:
    """Demand that no text holds a hidden test's name."""
    demand(bool(names), "no hidden test is known")
    read = list(texts)
    for text in read:
        found = [name for name in names if name in text]
        demand(not found, f"a hidden test is named: {found[:1]}")
    return f"{len(read)} files, none names a hidden test"
