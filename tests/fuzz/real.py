"""The real frames and files of each border, from which hostile inputs are made."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from graders import __version__, stubs
from graders.judge import wire_types
from graders.judge.nursery import OPTIONS_CODEC
from graders.judge.wire import Codec, ProtocolError, Question, frame

ROOT = Path(__file__).resolve().parent.parent.parent


def _no_reference(kind: str, payload: object) -> object:
    raise ProtocolError(f"no reference {kind}")


CODEC = Codec(lambda value: None, _no_reference, tuple(wire_types.LETTERS))

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
    ("ask", "effect", "write"))
_QUESTIONS = (Question(0, 0, (1, 2), {}), Question(0, 1, ([1.5], "a"), {"key": None, "b": 2}))


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
            told = [frame(CODEC.dumps(each)) for each in _REPLIES]
            told += [frame(CODEC.dumps_question(each)) for each in _QUESTIONS]
            return told + [begin + each + other for each in told
                           for other in (frame(CODEC.dumps(("ok", 7))), each)]
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
        case "cluster":
            return [_answer(_FULL), _answer(None, refused="another version"),
                    _answer(None, fault="the worker failed")]
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
_FULL = {**{name: value for name, value in json.loads(_REPORT).items() if name != "format"},
         "kata": "number_box", "grader_version": __version__,
         **dict.fromkeys(("submission_sha256", "suite_sha256"), hashlib.sha256(b"").hexdigest())}


def _answer(report: Any, refused: str = "", fault: str = "") -> bytes:
    """Return what a worker of a cluster answers."""
    return json.dumps({"format": 1, "answer": {
        "report": report, "refused": refused, "fault": fault}}).encode()
