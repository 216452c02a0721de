"""Files of the store as a test wants them, under a right sum."""

from __future__ import annotations

import hashlib


def sealed(text: bytes) -> bytes:
    """Return the text with a sum if it is that of our format, else as it is."""
    head = b'{"format": 1, '
    if not text.startswith(head):
        return text
    rest = b'", ' + text[len(head):]
    return head + b'"sha256": "' + hashlib.sha256(rest).hexdigest().encode() + rest
