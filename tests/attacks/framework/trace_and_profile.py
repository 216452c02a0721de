"""Traces every call in its process and changes what functions return."""

# verdicts: WRONG_ANSWER

import sys
import threading


def tracer(frame, event, arg):
    frame.f_trace_opcodes = True
    for name in ("value", "reply", "error", "fact"):
        if name in frame.f_locals:
            frame.f_locals[name] = None
    return tracer


sys.settrace(tracer)
threading.settrace(tracer)
sys.setprofile(lambda *a: None)
