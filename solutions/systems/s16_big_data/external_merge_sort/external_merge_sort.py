"""External merge sort: sorted runs on disk, merged at most `fan_in` at a time.

Lines keep their LF while they travel, so that they can be written as they are; only the keys leave
it out. What is in memory at any moment: one block of `memory_records` lines, or one line per open
run, and the files' own buffers.
"""

from __future__ import annotations

import heapq
import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from operator import itemgetter

_without_newline = itemgetter(slice(None, -1))


def _key(numeric: bool) -> Callable[[bytes], int | bytes]:
    """Return the sort key of a line that ends in LF; `int` ignores the LF by itself."""
    return int if numeric else _without_newline


def write_runs(src: str, tmp_dir: str, memory_records: int, numeric: bool = False) -> list[str]:
    """Cut src into sorted runs of memory_records records; return their paths in the order of src.

    Raises ValueError (memory_records < 1, a record that is no number) and OSError; no run is left.
    """
    if memory_records < 1:
        raise ValueError(f"memory_records must be at least 1, got {memory_records}")
    key = _key(numeric)
    paths: list[str] = []
    try:
        with open(src, "rb") as lines:
            while block := list(islice(lines, memory_records)):
                if not block[-1].endswith(b"\n"):
                    block[-1] += b"\n"
                block.sort(key=key)
                path = os.path.join(tmp_dir, f"run-{len(paths):06d}")
                paths.append(path)
                with open(path, "wb") as run:
                    run.writelines(block)
    except BaseException:
        for path in filter(os.path.exists, paths):
            os.remove(path)
        raise
    return paths


def merge_runs(paths: list[str], dst: str, numeric: bool = False) -> int:
    """Merge sorted files into dst in one go; return the number of records.

    Equal keys come from the earlier path first: heapq.merge is stable over its inputs.
    """
    records = 0
    with ExitStack() as stack:
        runs = [stack.enter_context(open(path, "rb")) for path in paths]
        out = stack.enter_context(open(dst, "wb"))
        for line in heapq.merge(*runs, key=_key(numeric)):
            out.write(line)
            records += 1
    return records


def external_sort(
    src: str, dst: str, memory_records: int, fan_in: int, tmp_dir: str, numeric: bool = False
) -> dict[str, int]:
    """Sort src into dst (which may be src); return the counts "records", "runs" and "passes".

    Raises ValueError, OSError; tmp_dir is then empty again and dst is as it was.
    """
    if fan_in < 2:
        raise ValueError(f"fan_in must be at least 2, got {fan_in}")
    with tempfile.TemporaryDirectory(dir=tmp_dir) as scratch:
        paths = write_runs(src, scratch, memory_records, numeric)
        runs, passes = len(paths), 0
        while len(paths) > fan_in:
            passes += 1
            paths = _merge_pass(paths, os.path.join(scratch, f"pass-{passes}"), fan_in, numeric)
        result = os.path.join(scratch, "result")
        records = merge_runs(paths, result, numeric)  # of one run: a copy that counts the records
        passes += len(paths) > 1
        os.replace(result, dst)  # src has been read to its end, so it may be dst
    return {"records": records, "runs": runs, "passes": passes}


def _merge_pass(paths: list[str], prefix: str, fan_in: int, numeric: bool) -> list[str]:
    """Merge neighbours, fan_in at a time, and delete them; return the longer runs in order."""
    merged: list[str] = []
    for start in range(0, len(paths), fan_in):
        group = paths[start : start + fan_in]
        merged.append(f"{prefix}-{len(merged):06d}")
        merge_runs(group, merged[-1], numeric)
        for path in group:
            os.remove(path)
    return merged
