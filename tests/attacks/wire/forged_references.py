"""Replies with references: to functions, kit objects, tokens and offers of the suite."""

# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    for kind in (b"fn", b"kit", b"tok", b"offer", b"obj", b"cls"):
        name = b"s" + len(kind).to_bytes(4, "little") + kind
        body = b"t\x02\x00\x00\x00s\x02\x00\x00\x00okr" + name + b"i" + bytes(8)
        os.write(3, len(body).to_bytes(4, "little") + body)
    return 0
