"""Sends types that the kata does not declare: decimals of a billion digits, ranges, dates."""

# target: numbers
# verdicts: RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os


def solve(n):
    for letter, text in ((b"D", b"1E+999999999"), (b"w", b"9999-99-99"), (b"n", b"x")):
        body = b"t\x02\x00\x00\x00s\x02\x00\x00\x00okx" + letter + b"s" \
            + len(text).to_bytes(4, "little") + text
        os.write(3, len(body).to_bytes(4, "little") + body)
    return 0
