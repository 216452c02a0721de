"""From a judge child's lines to one Narration as plain data; shared by both engines."""

from __future__ import annotations

import json
from typing import Any

from graders.phrases import phrase

_ALONE = ("expected", "compile_error", "fault", "busy", "protections")  # of a record of its own


def narration(name: str, text: bytes, fault: str, ended: str) -> dict[str, Any]:
    """Return the fields of a Narration. Lines that break off, or no last line, are a fault."""
    told: dict[str, Any] = {"id": name, "outcomes": []}
    done, cpu_s = False, 0.0
    for line in text.splitlines():
        try:
            record = json.loads(line)
            if "outcome" in record:
                cpu_s += float(record["outcome"]["cpu_s"])
                told["outcomes"].append(record["outcome"])
            elif "done" in record:
                told["growth"], told["peak_mib"] = record["growth"], record["peak_mib"]
                done = True
            else:
                told.update((key, record[key]) for key in _ALONE if key in record)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
            told["fault"] = phrase("torn narration")
    if not done and not fault:
        fault = phrase("the judge child ended early ({ended})", ended=ended)
    told["fault"] = told.get("fault") or fault
    told["cpu_s"] = cpu_s
    return told
