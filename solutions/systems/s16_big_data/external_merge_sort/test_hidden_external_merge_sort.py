"""Hidden suite of external_merge_sort: generated files against `sorted`, and errors everywhere."""

import pytest

from external_merge_sort import external_sort, merge_runs, write_runs
from graders.kit import files

ALPHABET = [b"", b"a", b"b", b"\x00", b"\t", b"\r", b"\x0b", b" ", b"\x7f", b"\xc3\xa9", b"\xff"]


@pytest.fixture
def tmp_dir(workdir):
    path = f"{workdir}/tmp"
    files.mkdir(path)
    return path


def some_text(rng):
    """Return up to 40 short records that share prefixes and hold bytes on both sides of LF."""
    return [b"".join(rng.choices(ALPHABET, k=rng.randrange(5))) for _ in range(rng.randrange(40))]


def some_numbers(rng):
    """Return up to 40 records of few different values in many spellings."""
    return [
        rng.choice([b"", b"-"]) + b"0" * rng.randrange(3) + str(rng.randrange(12)).encode()
        for _ in range(rng.randrange(40))
    ]


def as_file(records):
    return b"".join(record + b"\n" for record in records)


def passes_of(runs, fan_in):
    """Count passes by the statement: neighbours are merged, fan_in at a time, until one is left."""
    passes = 0
    while runs > 1:
        runs = -(-runs // fan_in)
        passes += 1
    return passes


def sorts_like_sorted(rng, workdir, tmp_dir, numeric):
    """Sort one generated file; return (got, expected) as (counts, content, files in tmp_dir)."""
    records = some_numbers(rng) if numeric else some_text(rng)
    memory_records, fan_in = rng.randrange(1, 8), rng.randrange(2, 6)
    content = as_file(records)
    # An empty last record needs its LF, or there would be no such record.
    if records and records[-1] and rng.random() < 0.5:
        content = content[:-1]
    src = f"{workdir}/src"
    dst = rng.choice([src, f"{workdir}/dst"])
    files.write(src, content)
    counts = external_sort(src, dst, memory_records, fan_in, tmp_dir, numeric)
    runs = -(-len(records) // memory_records)
    expected = {"records": len(records), "runs": runs, "passes": passes_of(runs, fan_in)}
    ordered = as_file(sorted(records, key=int if numeric else None))
    return (counts, files.read(dst), files.list(tmp_dir)), (expected, ordered, [])


@pytest.mark.stage(3)
def test_random_bytes_are_sorted_like_sorted(workdir, tmp_dir, rng):
    for _ in range(20):
        got, expected = sorts_like_sorted(rng, workdir, tmp_dir, numeric=False)
        assert got == expected


@pytest.mark.stage(3)
def test_random_numbers_are_sorted_like_stable_sorted(workdir, tmp_dir, rng):
    for _ in range(20):
        got, expected = sorts_like_sorted(rng, workdir, tmp_dir, numeric=True)
        assert got == expected


@pytest.mark.stage(2)
def test_runs_and_merges_of_random_files_are_stable(workdir, rng):
    for number in range(15):
        numeric = rng.random() < 0.7
        key = int if numeric else None
        records = some_numbers(rng) if numeric else some_text(rng)
        memory_records = rng.randrange(1, 9)
        src, tmp_dir = f"{workdir}/src", f"{workdir}/tmp{number}"
        files.mkdir(tmp_dir)
        files.write(src, as_file(records))
        paths = write_runs(src, tmp_dir, memory_records, numeric)
        blocks = [
            sorted(records[start : start + memory_records], key=key)
            for start in range(0, len(records), memory_records)
        ]
        assert [files.read(path) for path in paths] == [as_file(block) for block in blocks]
        order = rng.sample(range(len(paths)), len(paths))
        expected = sorted((record for place in order for record in blocks[place]), key=key)
        count = merge_runs([paths[place] for place in order], f"{workdir}/dst", numeric)
        assert (count, files.read(f"{workdir}/dst")) == (len(records), as_file(expected))


@pytest.mark.stage(3)
def test_passes_are_exact_at_powers_of_fan_in(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    for runs, fan_in, passes in [(125, 5, 3), (126, 5, 4), (27, 3, 3), (28, 3, 4), (64, 2, 6)]:
        files.write(src, b"0\n" * runs)
        counts = external_sort(src, dst, 1, fan_in, tmp_dir)
        assert counts == {"records": runs, "runs": runs, "passes": passes}


@pytest.mark.stage(3)
def test_bad_record_anywhere_loses_nothing(workdir, tmp_dir, rng):
    src = f"{workdir}/src"
    for place in range(7):
        records = [b"%d" % rng.randrange(100) for _ in range(7)]
        records[place] = rng.choice([b"", b"-", b"1.5", b"x", b"12a", b"0x10", b"\xff", b"1-"])
        files.write(src, as_file(records))
        for memory_records in (2, 9):
            with pytest.raises(ValueError):
                write_runs(src, tmp_dir, memory_records, True)
            assert files.list(tmp_dir) == []
            with pytest.raises(ValueError):
                external_sort(src, src, memory_records, 2, tmp_dir, True)
            assert (files.read(src), files.list(tmp_dir)) == (as_file(records), [])
