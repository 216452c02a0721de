"""copier/katas.jinja: the topics and katas that copier.yml offers and leaves out, by machine.

    all_topics    "a01": ["algorithms/a01_two_sum", "Two sum / 两数之和", ["two_sum", …]], …
    all_katas     "algorithms/a01_two_sum/two_sum": 1, …                 folder: difficulty

copier cannot read a kata.toml, so the lists are made from the tree. A list that is stale would
hand out a kata of the wrong difficulty, or hide a topic: `verify` refuses one. What copier makes of
them stands in copier.yml and in copier/choice.jinja, which people write.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from graders.author.finding import Finding
from graders.author.material import Unreadable, read_text
from graders.catalog import Catalog
from graders.report.topics import topic_title

FILE = "copier/katas.jinja"
_HEAD = "{#- Written by `publish --manifest` from every kata.toml. -#}\n"


def text(catalog: Catalog) -> str:
    """Return what the file should hold: every topic with a kata, every kata but the tour."""
    topics: dict[str, tuple[str, str, list[str]]] = {}
    katas = {}
    for kata in catalog.katas:
        if not kata.track:
            continue  # the tour is handed out to everybody
        folder = f"{kata.track}/{kata.topic_folder}"
        titles = " / ".join(topic_title(kata, language) for language in ("en", "zh"))
        topics.setdefault(kata.topic, (folder, titles, []))[2].append(kata.slug)
        katas[f"{folder}/{kata.slug}"] = kata.difficulty
    return _HEAD + _list("all_topics", topics) + _list("all_katas", katas)


def refresh(catalog: Catalog) -> bool:
    """Bring the file up to date; return whether it changed. A tree that is no template has none."""
    path = catalog.root / FILE
    wanted = text(catalog)
    if not (catalog.root / "copier.yml").is_file() or (
            path.is_file() and path.read_bytes() == wanted.encode()):
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(wanted.encode())
    return True


def check(catalog: Catalog) -> Iterator[Finding]:
    """Yield a finding where the file is not what `refresh` would write."""
    if not (catalog.root / "copier.yml").is_file():
        return
    try:
        held = read_text(catalog.root, (catalog.root / FILE).relative_to(catalog.root))
    except Unreadable:
        held = ""
    if held != text(catalog):
        yield Finding(FILE, 1, "template-lists", "is not what the katas say: what copier offers "
                      "and leaves out would be wrong; run `publish --manifest`")


def _list(name: str, values: Mapping[str, object]) -> str:
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n"
             for key, value in values.items()]
    return f"{{%- set {name} = {{\n{''.join(lines)}}} -%}}\n"
