import os
import sys
import time

LEFT = []
MARK = "/box/mark"


def look_and_leave(numbers):
    found = [*LEFT, *(["file"] if os.path.exists(MARK) or os.listdir("/box/work") else []),
             *(["environment"] if "MARK" in os.environ else []),
             *(["module"] if hasattr(time, "mark") or "mark" in sys.modules else [])]
    LEFT.append("global")
    open(MARK, "w").close()
    open("/box/work/mark", "w").close()
    os.environ["MARK"] = "1"
    time.mark = 1
    sys.modules["mark"] = time
    return found or sum(numbers)


def marked(numbers):
    return look_and_leave(numbers)


def long(numbers):
    return look_and_leave(numbers)


def relay(call, value):
    return call(value) if look_and_leave([1]) == 1 else 0
