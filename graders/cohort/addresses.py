"""What an instructor's file may name: addresses that git is given, and texts that people read.

A fault is told as the end of a sentence ("is no address; use …"); "" where there is none. An
address that passes may still lead nowhere, and a path may not be there.
"""

from __future__ import annotations

import re
import unicodedata

from graders.phrases import phrase

_URL = re.compile(r"(https|ssh|file)://(?!-)(?![^\s/]*@-)[^\s/]*/\S+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*::?(//|.*::)|[A-Za-z0-9+.-]+::")
_SCP = re.compile(r"([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!/{2})[^\s:-]\S*")
# Cc control, Cf format (bidirectional marks, zero width), Cs surrogate, Co private, Cn unassigned,
# Zl and Zp separators
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def address_fault(value: str) -> str:
    """Say what is wrong with an address that git would be given; one it could take for more."""
    if value.startswith("-"):
        return phrase("begins with -, which git takes for an option; write ./ before a path")
    if any(unicodedata.category(each) in UNSEEN for each in value):
        return phrase("holds characters that cannot be seen or turn the text round; remove them")
    if _URL.fullmatch(value) and "::" not in value.split("://", 1)[0]:
        return ""
    if _SCHEME.match(value):
        return phrase("is no address that is fetched from; use https, ssh, file, user@host:path "
                      "or a path")
    if ":" in value.split("/", 1)[0] and not _SCP.fullmatch(value):
        return phrase("is no address; use https, ssh, file, user@host:path or a path")
    return ""


def text_fault(value: str, cap: int) -> str:
    """Say what is wrong with a text of one line for people, of at most `cap` characters."""
    if not 1 <= len(value) <= cap:
        return phrase("has {count} characters; write 1 to {most}", count=len(value), most=cap)
    if any(unicodedata.category(each) in UNSEEN for each in value):
        return phrase("holds characters that cannot be seen or turn the text round; remove them")
    return ""
