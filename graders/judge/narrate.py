"""From a judge child's lines to one Narration as plain data; shared by both engines."""

from __future__ import annotations

import json
from typing import Any

from graders.phrases import phrase


def narration(name: str, text: bytes, fault: str, ended: str) -> dict[str, Any]:
    """Return the fields of a Narration. Lines that break off, or no last line, are a fault."""
    told: dict[str, Any] = {"id": name, "outcomes": []}
    done = False
    for line in text.splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            record = {"fault": phrase("torn narration")}
        if "outcome" in record:
            told["outcomes"].append(record["outcome"])
        elif "done" in record:
            done = True
            told["growth"], told["peak_mib"] = record["growth"], record["peak_mib"]
        else:
            told.update(record)
    if not done and not fault:
        fault = phrase("the judge child ended early ({ended})", ended=ended)
    told["fault"] = told.get("fault") or fault
    told["cpu_s"] = sum(outcome["cpu_s"] for outcome in told["outcomes"])
    return told
