"""Believes opening dst at once is only an early check that it can be written.

Mode "wb" empties it: a file sorted in place is lost, and after an error dst is not as it was.
"""

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
    if fan_in < 2:
        raise ValueError("fan_in must be at least 2")
    open(dst, "wb").close()
    try:
        paths = write_runs(src, tmp_dir, memory_records, numeric)
        runs = len(paths)
        passes = 0
        while len(paths) > fan_in:
            passes += 1
            merged = []
            for start in range(0, len(paths), fan_in):
                merged.append(os.path.join(tmp_dir, f"pass-{passes}-{start}"))
                merge_runs(paths[start : start + fan_in], merged[-1], numeric)
            paths = merged
        if len(paths) > 1:
            passes += 1
        result = os.path.join(tmp_dir, "result")
        records = merge_runs(paths, result, numeric)
        os.replace(result, dst)
        return {"records": records, "runs": runs, "passes": passes}
    finally:
        remove_all(tmp_dir)


def remove_all(tmp_dir):
    for name in os.listdir(tmp_dir):
        os.remove(os.path.join(tmp_dir, name))
