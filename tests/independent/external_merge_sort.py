"""Independent solution of external_merge_sort: written from the statement alone, in another style.

Records travel without their LF as (key, record) pairs, merging is a balanced tree of two-way
generators instead of a heap, passes recurse over groups, and each job has a folder of its own.
"""

import contextlib
import os
import re
import shutil
import tempfile

NUMBER = re.compile(rb"-?[0-9]+")
BUFFER = 1 << 15


def keyed(file, numeric):
    """Yield (key, record) of every line of an open binary file, the record without its LF."""
    for line in file:
        record = line.removesuffix(b"\n")
        if not numeric:
            yield record, record
        elif NUMBER.fullmatch(record):
            yield int(record), record
        else:
            raise ValueError(f"not a number: {record[:40]!r}")


def two_way(left, right):
    """Merge two sorted generators of pairs; of equal keys the left one's come first."""
    a, b = next(left, None), next(right, None)
    while a is not None and b is not None:
        if b[0] < a[0]:
            yield b
            b = next(right, None)
        else:
            yield a
            a = next(left, None)
    if a is not None:
        yield a
    if b is not None:
        yield b
    yield from left
    yield from right


def tree(streams):
    """Merge sorted generators pairwise, so that each record passes log2(k) of them."""
    if not streams:
        return iter(())
    if len(streams) == 1:
        return streams[0]
    middle = len(streams) // 2
    return two_way(tree(streams[:middle]), tree(streams[middle:]))


def spill(pairs, folder, number):
    path = os.path.join(folder, str(number))
    pairs.sort(key=lambda pair: pair[0])
    with open(path, "xb", buffering=BUFFER) as run:
        for _, record in pairs:
            run.write(record + b"\n")
    return path


def write_runs(src, tmp_dir, memory_records, numeric=False):
    if memory_records <= 0:
        raise ValueError("memory_records")
    folder = tempfile.mkdtemp(prefix="runs-", dir=tmp_dir)
    try:
        paths, block = [], []
        with open(src, "rb", buffering=BUFFER) as file:
            for pair in keyed(file, numeric):
                block.append(pair)
                if len(block) == memory_records:
                    paths.append(spill(block, folder, len(paths)))
                    block.clear()
        if block:
            paths.append(spill(block, folder, len(paths)))
    except BaseException:
        shutil.rmtree(folder)
        raise
    if not paths:
        os.rmdir(folder)
    return paths


def merge_runs(paths, dst, numeric=False):
    count = 0
    with contextlib.ExitStack() as closing:
        opened = [closing.enter_context(open(path, "rb", buffering=BUFFER)) for path in paths]
        out = closing.enter_context(open(dst, "wb", buffering=BUFFER))
        for _, record in tree([keyed(file, numeric) for file in opened]):
            out.write(record)
            out.write(b"\n")
            count += 1
    return count


def reduce(paths, fan_in, folder, numeric):
    """Merge passes until one file is left; return (its path, number of records, passes)."""
    groups = [paths[at : at + fan_in] for at in range(0, len(paths), fan_in)] or [[]]
    merged, counts = [], []
    for group in groups:
        handle, path = tempfile.mkstemp(dir=folder)
        os.close(handle)
        counts.append(merge_runs(group, path, numeric))
        merged.append(path)
    for path in paths:
        os.unlink(path)
    if len(merged) == 1:
        return merged[0], counts[0], int(len(paths) > 1)
    path, records, passes = reduce(merged, fan_in, folder, numeric)
    return path, records, passes + 1


def external_sort(src, dst, memory_records, fan_in, tmp_dir, numeric=False):
    if memory_records <= 0 or fan_in <= 1:
        raise ValueError("memory_records and fan_in")
    folder = tempfile.mkdtemp(prefix="sort-", dir=tmp_dir)
    try:
        runs = write_runs(src, folder, memory_records, numeric)
        path, records, passes = reduce(runs, fan_in, folder, numeric)
        os.replace(path, dst)
    finally:
        shutil.rmtree(folder)
    return {"records": records, "runs": len(runs), "passes": passes}
