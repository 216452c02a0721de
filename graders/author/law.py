"""The law of the tree as far as it can be read: the half of `verify` that runs no code.

    catalog ─ gather ─ Material ─ law_files   law_text  law_chinese      Finding, Finding, …
                                  law_api     law_suite law_size    law_program
              topic folders ───── law_topic law_question
              paths.toml ──────── law_paths
              README.md ───────── contents
              copier/ ─────────── template_lists

Every rule is a pure function of what was read and yields findings; `finding.RULES` lists them.
Whether suites, reference and submissions do what they should is for `verify` to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from graders.author import (
    contents,
    law_api,
    law_chinese,
    law_files,
    law_paths,
    law_program,
    law_question,
    law_size,
    law_suite,
    law_text,
    law_topic,
    template_lists,
)
from graders.author.finding import Finding
from graders.author.material import gather
from graders.catalog import Catalog
from graders.model import Kata
from graders.stubs import known_stubs


def check_kata(root: Path, kata: Kata, stubs: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Return everything that is wrong with one kata, by file and line.

    `stubs` is what katas/manifest.json knows (`stubs.known_stubs`); empty leaves that rule out.
    """
    material, findings = gather(root, kata)
    findings += law_files.check(material, stubs)
    for rules in (law_text, law_chinese, law_api, law_program, law_suite, law_size):
        findings += rules.check(material)
    return sorted(set(findings))


def check(catalog: Catalog, katas: Iterable[Kata]) -> list[Finding]:
    """Return everything that is wrong with these katas and their topics; with all, the tree too.

    Raises GraderError for a manifest that cannot be read.
    """
    chosen = list(katas)
    stubs = known_stubs(catalog.root / "katas")
    findings: list[Finding] = []
    for kata in chosen:
        findings += check_kata(catalog.root, kata, stubs)
    for topic_folder in dict.fromkeys(kata.topic_folder for kata in chosen):
        findings += law_topic.check_topic(catalog, topic_folder)
        findings += law_question.check(catalog, topic_folder)
    if len(chosen) == len(catalog.katas):
        findings += law_topic.check_tree(catalog)
        findings += law_paths.check(catalog)
        findings += contents.check(catalog)
        findings += template_lists.check(catalog)
    return findings
