"""The JSON Schemas in docs/, generated from the dataclasses that the JSON is made of.

    python -c "from graders.report import schema; schema.write('docs')"     writes both anew
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import typing
from enum import StrEnum
from pathlib import Path
from typing import Any

from graders.model import FORMAT, Report
from graders.question.results import SheetResult

DIALECT = "https://json-schema.org/draft/2020-12/schema"
REPORT, GRADE = "report.schema.json", "grade.schema.json"
_SCALARS = {str: "string", int: "integer", float: "number", bool: "boolean"}


def report_schema() -> dict[str, Any]:
    """Return the schema of one Report."""
    definitions: dict[str, Any] = {}
    _object(Report, definitions)
    top = _with_format(definitions.pop("Report"))
    title = {"$schema": DIALECT, "title": "Report"}
    return {**title, **top, "$defs": dict(sorted(definitions.items()))}


def grade_schema() -> dict[str, Any]:
    """Return the schema of what `grade --format json` prints."""
    definitions: dict[str, Any] = {}
    _object(Report, definitions)
    _object(SheetResult, definitions)
    definitions["Report"] = _with_format(definitions["Report"])
    properties = {
        "not_started": {"type": "array", "items": {"type": "string"}},
        "questions": {"type": "array", "items": {"$ref": "#/$defs/SheetResult"}},
        "reports": {"type": "array", "items": {"$ref": "#/$defs/Report"}},
    }
    top = _with_format(_closed("One run of grade, katas in the order of learning.", properties))
    title = {"$schema": DIALECT, "title": "Grading"}
    return {**title, **top, "$defs": dict(sorted(definitions.items()))}


def files() -> dict[str, str]:
    """Return the text of each schema by the name of its file."""
    schemas = {REPORT: report_schema(), GRADE: grade_schema()}
    return {name: json.dumps(each, indent=2) + "\n" for name, each in schemas.items()}


def write(folder: str | Path) -> None:
    """Write both schemas into a folder. Raises OSError."""
    for name, text in files().items():
        Path(folder, name).write_text(text, encoding="utf-8", newline="\n")


def _object(kind: type, definitions: dict[str, Any]) -> None:
    """Add the definition of a dataclass, and of all that it is made of."""
    hints = typing.get_type_hints(kind)
    names = [each.name for each in dataclasses.fields(kind)]
    definitions[kind.__name__] = {}  # before its parts, which may hold it again
    properties = {name: _schema(hints[name], definitions) for name in names}
    about = (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")
    definitions[kind.__name__] = _closed(about, properties)


def _closed(description: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _with_format(schema: dict[str, Any]) -> dict[str, Any]:
    properties = {"format": {"const": FORMAT}, **schema["properties"]}
    return {**schema, "properties": properties, "required": list(properties)}


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if kind.__name__ not in definitions:
            _object(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"enum": [str(member) for member in kind]}
    if typing.get_origin(kind) is tuple:
        item, dots = typing.get_args(kind)
        assert dots is Ellipsis, f"{kind}: only tuples of one type are published"
        return {"type": "array", "items": _schema(item, definitions)}
    return {"type": _SCALARS[kind]}
