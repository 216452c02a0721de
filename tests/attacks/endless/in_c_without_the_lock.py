"""Never ends, in C with the interpreter's lock released."""

# verdicts: TIME_LIMIT_EXCEEDED

import hashlib


def solve(n):
    return len(hashlib.pbkdf2_hmac("sha512", b"x", b"y", 10**9))
