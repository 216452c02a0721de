"""One function for each border: `target(data)` returns what became of the input, in a word.

An input may be read, or refused in the way that border documents. Anything else is raised, and is
a finding. What the inputs are made from stands in real.py.
"""

from __future__ import annotations

import json
import socket
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import Any

from graders import stubs
from graders.author import equivalents
from graders.catalog_kata import Place, parse
from graders.catalog_toml import Document
from graders.cohort import job as jobs
from graders.cohort import roster
from graders.errors import GraderError
from graders.judge import cache, clock, store, tree_runner, wire_types
from graders.judge.calls import Call, CompileError
from graders.judge.facts import Fact, ForeignResult
from graders.judge.link import Link
from graders.judge.narrate import narration
from graders.judge.nursery import OPTIONS_CODEC
from graders.judge.proxy import module
from graders.judge.records import Exit, Job, Narration
from graders.judge.wire import Codec, ProtocolError, TooMuch
from graders.learn import memory
from graders.model import Api, ApiClass, Learner, Report
from graders.plain import from_plain
from tests.fuzz.real import CODEC, seeds

SCRATCH = Path(tempfile.mkdtemp(prefix="kata40-fuzz-"))


class Finding(AssertionError):
    """A border that let something else out than it documents."""


# -- bytes -----------------------------------------------------------------------------------

def wire(data: bytes) -> str:
    """A value on the wire; what was read can be sent and read again."""
    return _decoded(CODEC, data)


def options(data: bytes) -> str:
    """What a judge child asks of the nursery."""
    return _decoded(OPTIONS_CODEC, data)


def _decoded(codec: Codec, data: bytes) -> str:
    try:
        value = codec.loads(data)
    except ProtocolError as error:
        return f"{type(error).__name__}: {error}"[:40]
    try:
        codec.loads(codec.dumps(value))
    except TooMuch:
        return "value too deep to be sent again"
    return type(value).__name__


class Peer:
    """A runner whose worker has already written everything it will ever write."""

    def __init__(self, data: bytes) -> None:
        self.channel, theirs = socket.socketpair()
        theirs.send(data[: 64 << 10], socket.MSG_DONTWAIT)
        theirs.shutdown(socket.SHUT_WR)
        self.channel.setblocking(False)
        self.theirs = theirs

    def start(self) -> None:
        """Nothing to start."""

    def cpu_s(self) -> float:
        return 0.0

    def queued_s(self) -> float:
        return 0.0

    def finish(self, keep_box: bool) -> Exit:
        self.channel.close()
        self.theirs.close()
        return Exit(0.0, 1.0)

    def output(self, tail: int) -> tuple[int, str]:
        return 0, ""

    def as_owner(self) -> Any:
        return nullcontext()


API = Api(functions=("solve",), iterators=("count",), classes=(ApiClass("Box", ("put",)),),
          exceptions=(("Full", "LookupError"),), result_types=tuple(wire_types.LETTERS))


def link(data: bytes) -> str:
    """Everything that a worker writes to the judge child: loading, then three calls."""
    told = []
    kata = _kata(API)
    judge = Link(kata, 1.0)
    judge.serve(Peer(data), b"", b"")  # type: ignore[arg-type]
    module(kata.slug, kata.api, judge)
    try:
        for act in (lambda: judge.begin("test_it", 1.0),
                    lambda: judge.request(Call("call", "solve", args=(judge_side,))),
                    lambda: judge.request(Call("next", "next", _Handle())),
                    lambda: judge.request(Call("call", "solve", args=([1, "a"],)))):
            try:
                told.append(type(act()).__name__)
            except Fact as fact:
                if fact.status.value == "JUDGE_ERROR":
                    raise Finding(f"a submission made a fault of the judge: {fact}") from fact
                told.append(str(fact.status))
                break
            except (CompileError, ForeignResult, StopIteration) as error:
                told.append(type(error).__name__)
            except Exception as error:
                if judge.trail.frames_of(error) is None:
                    raise
                told.append("learner's")
                str(error)
    finally:
        judge.end()
    return " ".join(told)


def judge_side(*args: Any) -> int:
    """A function of the suite that the worker may call back."""
    return len(args)


class _Handle:
    _number = 1


def _kata(api: Api) -> Any:
    from dataclasses import replace

    text = seeds("kata_toml")[0].decode()
    return replace(parse(Document("kata.toml", text), _PLACE), api=api)


def init_answer(data: bytes) -> str:
    """Init's account of a worker that ended."""
    try:
        return type(tree_runner.told(data[:512])).__name__
    except Fact as fact:
        if "\n" in fact.text:
            raise Finding(fact.text) from fact
        return str(fact.status)


@lru_cache
def _job() -> Job:
    return Job("job", _kata(Api()), Path("test_x.py"), False, b"", b"")


def narrated(data: bytes) -> str:
    """A judge child's lines, and what the client makes of them."""
    told = narration(_job(), data, "", 0)
    try:
        made = from_plain(Narration, json.loads(json.dumps({
            **told, "judge_cpu_s": 0.0, "wall_s": 0.0, "protections": []})))
    except ValueError:
        return "ValueError"  # the client takes the engine for gone
    return "fault" if made.fault else "narration"


def cluster(data: bytes) -> str:
    """What a worker of another machine answers; a Report that is taken is one of this job."""
    asked = jobs.Job({}, _kata(Api()), b"", b"", b"", b"", "")
    found = jobs.read_answer(data.decode("utf-8", "replace"), asked)
    if found.report is None:
        if not (found.refused or found.fault):
            raise Finding("an answer that is none")
        return found.fault[:24] or "refused"
    if found.report.kata != asked.kata.slug or not 0 <= found.report.points <= 100:
        raise Finding(repr(found.report))
    return str(found.report.verdict)


# -- files -----------------------------------------------------------------------------------

_PLACE = Place(SCRATCH / "number_box", "systems", "s03", "s03_cache", SCRATCH / "none")


def _refused(error: GraderError) -> str:
    text = str(error)
    where, colon, rest = text.partition(": ")
    if not (where and colon and ";" in rest) or len(text) > 2_000:
        raise Finding(f"not `where: what; what to do`: {text[:200]!r}") from error
    if odd := [each for each in text if unicodedata.category(each) in (
            "Cc", "Cf", "Cs", "Zl", "Zp")]:
        raise Finding(f"{odd[0]!r} in the message {text[:200]!r}") from error
    return "".join(each for each in rest if not each.isdigit())[:24]


def _document(data: bytes) -> Document:
    return Document("katas/x/kata.toml", data.decode("utf-8", "replace"))


def kata_toml(data: bytes) -> str:
    """One kata.toml."""
    try:
        return type(parse(_document(data), _PLACE)).__name__
    except GraderError as error:
        return _refused(error)


def mutants_toml(data: bytes) -> str:
    """One mutants.toml."""
    try:
        return f"{len(equivalents._entries(_document(data)))} entries"
    except GraderError as error:
        return _refused(error)


def manifest(data: bytes) -> str:
    """katas/manifest.json."""
    try:
        return type(stubs.parse(data, "katas/manifest.json")).__name__
    except GraderError as error:
        return _refused(error)


def roster_csv(data: bytes) -> str:
    """roster.csv; what is read keeps every promise of a Learner."""
    try:
        learners = roster.parse(data, "roster.csv")
    except GraderError as error:
        return _refused(error)
    for each in learners:
        if not isinstance(each, Learner) or roster._ID.fullmatch(each.id) is None \
                or each.repo.startswith("-") or "ext::" in each.repo[:6] or not each.name:
            raise Finding(repr(each))
    return f"{min(len(learners), 9)} learners"


def summed(data: bytes) -> bytes:
    """Give an object of the store a right sum: what lies behind that check is to be reached."""
    rest = b'", ' + data[1:]
    return store._HEAD.encode() + store._sum(rest) + rest


def verdicts(data: bytes) -> str:
    """A stored verdict: read whole, or absent."""
    held = cache.VerdictCache(SCRATCH)
    path = held._path("ab")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(summed(data))
    got = held.get("ab")
    if got is not None and not isinstance(got, Report):
        raise Finding(repr(got))
    return type(got).__name__


def speed(data: bytes) -> str:
    """Machine speed and layers in the store: of the right type, or absent."""
    path = SCRATCH / f"layers-{cache._host()}.json"
    path.write_bytes(summed(data))
    factor, layers = clock._known(path), cache.known_layers.__wrapped__(SCRATCH)
    return f"{type(factor).__name__} {type(layers).__name__}"


def progress(data: bytes) -> str:
    """What a checkout remembers of its learner: read, or empty; written over either way."""
    folder = SCRATCH / memory.FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "progress.json").write_bytes(data)
    held = memory.read(SCRATCH)
    memory.update(SCRATCH, {"two_sum": {"hints": 1}})
    return f"{min(len(held), 3)} katas"


Target = Callable[[bytes], str]
TARGETS: dict[str, Target] = {each.__name__: each for each in (
    wire, options, link, init_answer, narrated, cluster, kata_toml, mutants_toml, manifest,
    roster_csv, verdicts, speed, progress)}
