"""Believes merged runs may wait at the end of the queue, as in Huffman's algorithm.

A later run is then merged in front of records that came before it in the source, so equal
numbers change places.
"""

import heapq
import os
from collections import deque
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
    try:
        paths = write_runs(src, tmp_dir, memory_records, numeric)
        runs = len(paths)
        queue = deque(paths)
        while len(queue) > fan_in:
            group = [queue.popleft() for _ in range(fan_in)]
            queue.append(f"{group[0]}-merged")
            merge_runs(group, queue[-1], numeric)
        passes = 0
        while fan_in**passes < runs:
            passes += 1
        result = os.path.join(tmp_dir, "result")
        records = merge_runs(list(queue), result, numeric)
        os.replace(result, dst)
        return {"records": records, "runs": runs, "passes": passes}
    finally:
        remove_all(tmp_dir)


def remove_all(tmp_dir):
    for name in os.listdir(tmp_dir):
        os.remove(os.path.join(tmp_dir, name))
