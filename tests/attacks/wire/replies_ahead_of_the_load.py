"""Answers the next requests while it is being loaded."""

# verdicts: WRONG_ANSWER|RUNTIME_ERROR|TIME_LIMIT_EXCEEDED

import os

from graders.judge.wire import Codec

BODY = Codec(lambda value: None, lambda kind, payload: None).dumps(("ok", None))
os.write(3, (len(BODY).to_bytes(4, "little") + BODY) * 3)
