"""Templates of what is said inside the sandbox, where nothing of ours that is not needed is loaded.

Worker, wire and the kit's inner half write these texts themselves; here they stand once more so
that they are translated. tests/test_words.py holds both together.
"""

from __future__ import annotations

from graders.phrases import phrase

TEXTS = (
    # worker
    phrase("syntax error: {error}"),
    phrase("cannot be compiled: {error}"),
    phrase("this kata forbids {name}"),
    phrase("a result of {size} MiB"),
    # wire, wire_read
    phrase("more than {count} values"),
    phrase("nested more than {depth} deep"),
    phrase("nested too deeply"),
    phrase("an int of {size} bytes (at most {most})"),
    phrase("more than {count} keys with the same hash"),
    # sandbox
    phrase("the probe of the layer died"),
    phrase("needs namespaces"),
    phrase("no call table for {machine}"),
    # kit.inside
    phrase("run_threads: stuck, nobody moves: {places}"),
    phrase("scripted: call {number}, but the script has ended ({steps} steps)"),
    phrase("scripted: {came} of {callers} callers came to the gate"),
    phrase("at call {number} of {count} in one round trip"),
    # Python, around the kit's
    phrase("[Errno {number}] {text}: {path}"),
)
