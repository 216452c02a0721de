"""One function for each border: `target(data)` returns what became of the input, in a word.

An input may be read, or refused in the way that border documents. Anything else is raised, and is
a finding. `seeds(name)` are the real frames and files that inputs are made from.
"""

from __future__ import annotations

import json
import socket
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from graders import stubs
from graders.author import equivalents
from graders.catalog_kata import Place, parse
from graders.catalog_toml import Document
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
from graders.judge.wire import Codec, ProtocolError, TooMuch, frame
from graders.learn import memory
from graders.model import Api, ApiClass, Learner, Report
from graders.plain import from_plain

ROOT = Path(__file__).resolve().parent.parent.parent
SCRATCH = Path(tempfile.mkdtemp(prefix="kata40-fuzz-"))


class Finding(AssertionError):
    """A border that let something else out than it documents."""


def _no_reference(kind: str, payload: object) -> object:
    raise ProtocolError(f"no reference {kind}")


CODEC = Codec(lambda value: None, _no_reference, tuple(wire_types.LETTERS))


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
    wire, options, link, init_answer, narrated, kata_toml, mutants_toml, manifest, roster_csv,
    verdicts, speed, progress)}


# -- real frames and files -------------------------------------------------------------------

_VALUES: tuple[Any, ...] = (
    None, [1, 2.5, "a", b"b", 2j, True, 1 << 80], {"a": [1], (1, "b"): {2}}, list(range(20)),
    [(1, "x")] * 9 + [(2,)], [[1], [], [2, 3]] * 4, ["ab", "\ud800", ""] * 4, {1.5, -1, "c"},
    frozenset({frozenset({-1}), frozenset({-2})}), [b"", b"x"] * 5, dict.fromkeys(range(40)),
    [Decimal("1E5"), Fraction(1, 3), datetime(2020, 1, 1, tzinfo=UTC), date(2020, 2, 3)],
    [range(5), 0.5])
_REPLIES: tuple[tuple[Any, ...], ...] = (
    ("code", b"marshalled", ["solve"], []), ("ok", None), ("ok", [1, 2]), ("iter", 3),
    ("new", "Box", 4), ("stop",), ("foreign", "generator"), ("toomuch", "nested"),
    ("raise", ["Full", "LookupError"], ("x", 1), [(3, "solve")]),
    ("raise", ["NotImplementedError"], (), [(3, "solve")]),
    ("raise", ["UnicodeDecodeError"], ("utf-8", b"x", 0, 1, "bad"), []),
    ("raise", ["OSError"], (2, "no", "file"), []), ("missing", ["solve"]), ("bad", "syntax", 3),
    ("ask", "offer", 0, "__call__", (1, 2), {}), ("ask", "effect", "write"))


def seeds(name: str) -> list[bytes]:
    """Return real inputs of one border."""
    match name:
        case "wire":
            return [CODEC.dumps(value) for value in _VALUES]
        case "options":
            return [OPTIONS_CODEC.dumps({"memory_mib": 512, "layers": ["namespaces"],
                                         "binds": ["/usr"], "filter": b"\0" * 16})]
        case "link":
            begin = frame(CODEC.dumps(_REPLIES[0])) + frame(CODEC.dumps(("ok", None)))
            return [frame(CODEC.dumps(each)) for each in _REPLIES] + [
                begin + frame(CODEC.dumps(each)) + frame(CODEC.dumps(other))
                for each in _REPLIES for other in (("ok", 7), each)]
        case "init_answer":
            return [b'{"cpu_s": 0.5, "peak_kib": 1024, "status": 9}', b"!no"]
        case "narrated":
            return [_NARRATION]
        case "kata_toml":
            return [path.read_bytes() for path in sorted(ROOT.glob("katas/*/*/*/kata.toml"))[:7]]
        case "mutants_toml":
            return [b'format = 1\n\n[[equivalent]]\nbefore = "a > b"\nafter = "a >= b"\n'
                    b'reason = "equal counts change nothing"\n']
        case "manifest":
            return [stubs.render(stubs.document({"two_sum": frozenset({"0" * 64, "a" * 64})}))]
        case "roster_csv":
            return [b"id,name,email,repo\nada,Ada Lovelace,ada@example.org,https://example.org/a/k\n"
                    b'li,"Li, \xe6\x9e\x97",li@example.org,\n', b"name,email,id\nA,a@b.cd,a\n"]
        case "verdicts":
            return [_REPORT]
        case "speed":
            return [b'{"format": 1, "factor": 1.2, "reference": 0.0036, "measured": 1}',
                    b'{"format": 1, "layers": ["seccomp"]}']
    return [b'{"format": 1, "katas": {"two_sum": {"hints": 1, "verdict": "ACCEPTED"}}}']


_OUTCOME = {"name": "test_it", "stage": 1, "group": "correctness", "hidden": False,
            "phases": ["passed"] * 3, "fact": None, "fact_text": "", "learner_raised": "",
            "untouched": False, "judge_fault": "", "failure": {"call": "f()"}, "output": "",
            "cpu_s": 0.1, "limit_s": 0.5, "wall_s": 0.2, "peak_mib": 9.5, "runs": 1}
_NARRATION = b"".join(json.dumps(each).encode() + b"\n" for each in (
    {"expected": [["test_it", 1, "correctness"]]}, {"outcome": _OUTCOME}, {"busy": True},
    {"compile_error": "x"}, {"done": 0, "growth": [], "peak_mib": 3.5}))
_REPORT = json.dumps({
    "format": 1, "kata": "two_sum", "verdict": "ACCEPTED", "scope": "full", "score": 1.0,
    "points": 100.0, "stages": [{"title": {"en": "A", "zh": "A"}, "points": 100, "earned": 100.0,
                                 "passed": 1, "tests": 1, "started": True}],
    "tests": [{"name": "test_it", "status": "PASSED", "stage": 1, "group": "perf",
               "hidden": False, "cpu_s": 0.1, "limit_s": 0.5, "message": ""}],
    "growth": [], "cpu_s": 0.1, "wall_s": 0.2, "peak_mib": 9.0,
    "protections": [{"name": "seccomp", "on": True}], "machine": {"id": "x", "factor": 1.0},
    "engine": "fork", "lane": "embedded", "seed": "", "submission_sha256": "", "suite_sha256": "",
    "grader_version": "1"}).encode()
