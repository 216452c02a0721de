"""The cohort's own repository: what was handed out, to whom, by which version of the template.

    COHORT/store.git    refs/masters/<key>     a rendering with sentinels, once per set of answers
                        refs/shipped/<id>      what a learner was given, without a learner's work
                        refs/next/<id>         what they are to be given by an update under way
                        refs/mine/<id>         their branch, as the update has found it
                        refs/update/<id>       the commit that the update puts on it

Every update starts from `refs/shipped`, never from what a learner's repository says of itself.
Nobody but these commands writes here. The same roster and template give the same commits.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graders.cohort.personal import Master
from graders.cohort.settings import Cohort
from graders.cohort.template import File, Template
from graders.model import Learner
from graders.repository import Repository

FOLDER = "store.git"
SHIPPED, NEXT, MINE, UPDATE = "refs/shipped/", "refs/next/", "refs/mine/", "refs/update/"
_MASTERS = "refs/masters/"
_WHO = "kata40 <kata40@localhost>"


@dataclass(frozen=True, slots=True)
class Store:
    """A cohort's store; all it holds can be made again from template and roster."""

    repository: Repository

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Return the store in a cohort's folder, made if need be."""
        return cls(Repository.make(folder / FOLDER))

    def shipped(self) -> dict[str, str]:
        """Return the commit that each learner was given last, by id."""
        return self.repository.refs(SHIPPED)

    def master(self, template: Template, answers: Mapping[str, object],
               render: Callable[[], Mapping[str, File]]) -> tuple[Master, str]:
        """Return the master of these answers, rendered if it was not yet, and the id of its tree.

        What was half done when a process was killed is not there; git adds a ref last.
        """
        name = _MASTERS + _key(template, answers)
        made = self.repository.resolve(name)
        if not made:
            files = Master.of(render()).files
            self.repository.take_in(commit(name, template.date, f"{template.version}\n", [
                _file(path, file.data, file.executable) for path, file in sorted(files.items())]))
            made = self.repository.resolve(name)
        entries = self.repository.tree(made)
        blobs = self.repository.blobs(entries)
        master = Master.of({entry.path: File(data, entry.mode == "100755")
                            for entry, data in zip(entries, blobs, strict=True)})
        return master, self.repository.tree_id(made)

    def ship(self, cohort: Cohort, template: Template, master: tuple[Master, str],
             learners: Sequence[Learner], refs: str = SHIPPED) -> dict[str, str]:
        """Store what these learners are given next, all or nothing; return all below `refs`.

        A learner's commit follows the one that was shipped before.
        """
        before = self.shipped()
        files, tree = master
        message = f"{cohort.title}\n\nTemplate: {template.version}\n"
        commits = (
            commit(refs + learner.id, template.date, message,
                    [f"M 040000 {tree} \n".encode(),
                     *(_file(path, data) for path, data in files.personal(learner).items())],
                    before.get(learner.id, ""))
            for learner in learners)
        self.repository.take_in(b"".join(commits))
        return self.repository.refs(refs)


def _key(template: Template, answers: Mapping[str, object]) -> str:
    told = json.dumps([template.address, template.commit, template.version, answers],
                      sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def commit(ref: str, date: str, message: str, changes: Iterable[bytes], parent: str = "") -> bytes:
    """Return a commit for fast-import. Dates are the template's: a second run makes the same."""
    head = f"commit {ref}\nauthor {_WHO} {date}\ncommitter {_WHO} {date}\n"
    return b"".join((head.encode(), _data(message.encode()),
                     f"from {parent}\n".encode() if parent else b"", *changes, b"\n"))


def _file(path: str, data: bytes, executable: bool = False) -> bytes:
    quoted = json.dumps(path, ensure_ascii=False)  # C's quotes, as far as paths need them
    mode = "100755" if executable else "100644"
    return f"M {mode} inline {quoted}\n".encode() + _data(data)


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)
