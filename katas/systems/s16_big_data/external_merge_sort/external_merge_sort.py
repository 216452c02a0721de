"""External merge sort: sort a file that is larger than memory (kata external_merge_sort)."""

from __future__ import annotations


def write_runs(src: str, tmp_dir: str, memory_records: int, numeric: bool = False) -> list[str]:
    """Cut src into sorted runs and return their paths in the order of src.

    Every memory_records consecutive records of src (the last time perhaps fewer) become one new
    file in tmp_dir: sorted, equal keys in the order of src, LF after every record. An empty src
    has no runs.

    Raises ValueError if memory_records < 1 or, with numeric, if a record is no number, and OSError
    as open raises it; tmp_dir is then empty again.
    """
    raise NotImplementedError


def merge_runs(paths: list[str], dst: str, numeric: bool = False) -> int:
    """Merge sorted files into dst in one go and return the number of records written.

    Equal keys: the record from the earlier path comes first. dst, which is none of the paths, is
    created or replaced. The files at paths stay. Any of them may be empty; no paths at all give
    an empty dst. Reads every file piecewise.
    """
    raise NotImplementedError


def external_sort(
    src: str, dst: str, memory_records: int, fan_in: int, tmp_dir: str, numeric: bool = False
) -> dict[str, int]:
    """Sort the file src into dst, which may be src, with runs of memory_records records.

    A pass merges neighbouring runs, at most fan_in at a time. Everything temporary lies in tmp_dir,
    which is empty before and afterwards. Returns {"records": ..., "runs": ..., "passes": ...}.

    Raises ValueError if memory_records < 1, fan_in < 2 or, with numeric, if a record is no number,
    and OSError as open and os.replace raise it; dst is then as it was and tmp_dir is empty.
    """
    raise NotImplementedError
