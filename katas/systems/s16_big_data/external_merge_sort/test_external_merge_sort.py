"""Suite of external_merge_sort: sorted runs, merging, and the whole sort on files in `workdir`."""

from itertools import zip_longest

import pytest

from external_merge_sort import external_sort, merge_runs, write_runs
from graders.kit import files, peak_memory


@pytest.fixture
def tmp_dir(workdir):
    path = f"{workdir}/tmp"
    files.mkdir(path)
    return path


def first_wrong_record(path, expected):
    """Return (number, got, expected) of the first record of a large file that differs, or None."""
    got = files.read(path)
    if got == expected:
        return None
    pairs = enumerate(zip_longest(got.split(b"\n"), expected.split(b"\n"), fillvalue=b"(none)"))
    return next((number, a[:40], b[:40]) for number, (a, b) in pairs if a != b)


# Stage 1: sorted runs


@pytest.mark.stage(1)
def test_each_run_is_a_sorted_block_of_consecutive_records(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"pear\nfig\nkiwi\napple\nlime\n")
    paths = write_runs(src, tmp_dir, 2)
    assert [files.read(path) for path in paths] == [b"fig\npear\n", b"apple\nkiwi\n", b"lime\n"]
    assert all(path.startswith(f"{tmp_dir}/") for path in paths)


@pytest.mark.stage(1)
def test_last_record_without_newline_is_a_whole_record(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"pear\napple")
    assert [files.read(path) for path in write_runs(src, tmp_dir, 10)] == [b"apple\npear\n"]


@pytest.mark.stage(1)
def test_empty_file_has_no_records_and_an_empty_line_is_one(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"")
    assert write_runs(src, tmp_dir, 3) == []
    files.write(src, b"b\n\na\n\n")
    assert [files.read(path) for path in write_runs(src, tmp_dir, 3)] == [b"\na\nb\n", b"\n"]


@pytest.mark.stage(1)
def test_records_compare_as_bytes_without_their_newline(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"a\t\nz\na\r\n\xc3\xa9\nB\na\x00\n\xff\na\n")
    (path,) = write_runs(src, tmp_dir, 100)
    assert files.read(path) == b"B\na\na\x00\na\t\na\r\nz\n\xc3\xa9\n\xff\n"


@pytest.mark.stage(1)
def test_numbers_compare_by_value_and_equal_ones_keep_their_order(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"10\n-2\n07\n9\n7\n-10\n007\n0\n-0\n999999999999999999\n-2\n")
    (path,) = write_runs(src, tmp_dir, 100, numeric=True)
    expected = b"-10\n-2\n-2\n0\n-0\n07\n7\n007\n9\n10\n999999999999999999\n"
    assert files.read(path) == expected


@pytest.mark.stage(1)
def test_write_runs_refuses_bad_input_and_leaves_nothing(workdir, tmp_dir):
    src = f"{workdir}/src"
    files.write(src, b"3\n1\n2\n4x\n")
    for memory_records, numeric in [(0, False), (-1, False), (1, True), (2, True), (9, True)]:
        with pytest.raises(ValueError):
            write_runs(src, tmp_dir, memory_records, numeric)
        assert files.list(tmp_dir) == [], f"after memory_records={memory_records}"


# Stage 2: merging


@pytest.mark.stage(2)
def test_merge_replaces_dst_returns_the_count_and_keeps_its_inputs(workdir):
    one, two, dst = f"{workdir}/one", f"{workdir}/two", f"{workdir}/dst"
    files.write(one, b"apple\nkiwi\npear\n")
    files.write(two, b"apple\nfig\n")
    files.write(dst, b"an older and much longer file\n" * 9)
    assert merge_runs([one, two], dst) == 5
    assert files.read(dst) == b"apple\napple\nfig\nkiwi\npear\n"
    assert (files.read(one), files.read(two)) == (b"apple\nkiwi\npear\n", b"apple\nfig\n")


@pytest.mark.stage(2)
def test_merge_compares_bytes_without_the_newline(workdir):
    one, two, dst = f"{workdir}/one", f"{workdir}/two", f"{workdir}/dst"
    files.write(one, b"a\t\nz\n")
    files.write(two, b"a\n\xc3\xa9\n")
    assert merge_runs([one, two], dst) == 4
    assert files.read(dst) == b"a\na\t\nz\n\xc3\xa9\n"


@pytest.mark.stage(2)
def test_merge_takes_equal_numbers_from_the_earlier_path_first(workdir):
    one, two, three = (f"{workdir}/{name}" for name in ("one", "two", "three"))
    files.write(one, b"-1\n7\n007\n10\n")
    files.write(two, b"-12\n07\n7\n")
    files.write(three, b"-01\n0007\n")
    dst = f"{workdir}/dst"
    assert merge_runs([one, two, three], dst, True) == 9
    assert files.read(dst) == b"-12\n-1\n-01\n7\n007\n07\n7\n0007\n10\n"
    assert merge_runs([three, two, one], dst, True) == 9
    assert files.read(dst) == b"-12\n-01\n-1\n0007\n07\n7\n7\n007\n10\n"


@pytest.mark.stage(2)
def test_merge_accepts_empty_files_one_path_and_no_path(workdir):
    empty, full, dst = f"{workdir}/empty", f"{workdir}/full", f"{workdir}/dst"
    files.write(empty, b"")
    files.write(full, b"\na\n")
    for paths, count, expected in [
        ([empty, full, empty], 2, b"\na\n"),
        ([full], 2, b"\na\n"),
        ([empty, empty], 0, b""),
        ([], 0, b""),
    ]:
        assert (merge_runs(paths, dst), files.read(dst)) == (count, expected)


# Stage 3: the whole sort


@pytest.mark.stage(3)
def test_sorts_the_example_of_the_statement(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    files.write(src, b"7\n-3\n07\n10\n-20")
    counts = external_sort(src, dst, 2, 2, tmp_dir, numeric=True)
    assert counts == {"records": 5, "runs": 3, "passes": 2}
    assert files.read(dst) == b"-20\n-3\n7\n07\n10\n"
    assert external_sort(src, dst, 2, 2, tmp_dir) == {"records": 5, "runs": 3, "passes": 2}
    assert files.read(dst) == b"-20\n-3\n07\n10\n7\n"
    assert files.read(src) == b"7\n-3\n07\n10\n-20"
    assert files.list(tmp_dir) == []


@pytest.mark.stage(3)
def test_counts_records_runs_and_passes(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    for records, memory_records, fan_in, runs, passes in [
        (0, 3, 2, 0, 0),
        (3, 3, 2, 1, 0),
        (4, 3, 2, 2, 1),
        (5, 1, 2, 5, 3),
        (5, 1, 9, 5, 1),
        (9, 1, 3, 9, 2),
        (10, 1, 3, 10, 3),
    ]:
        content = b"".join(b"%d\n" % number for number in range(records))
        files.write(src, content)
        counts = external_sort(src, dst, memory_records, fan_in, tmp_dir)
        assert counts == {"records": records, "runs": runs, "passes": passes}
        assert files.read(dst) == content


@pytest.mark.stage(3)
def test_equal_numbers_keep_their_order_over_all_passes(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    content = b"007\n7\n0007\n07\n00007\n7\n000007\n"
    files.write(src, content)
    for memory_records, fan_in in [(1, 2), (1, 3), (1, 4), (2, 3), (3, 2), (1, 9)]:
        external_sort(src, dst, memory_records, fan_in, tmp_dir, True)
        assert files.read(dst) == content, f"memory_records={memory_records}, fan_in={fan_in}"


@pytest.mark.stage(3)
def test_any_bytes_and_long_records_survive(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    files.write(src, b"\xff\xfe\ncaf\xe9\na\rb\n\x00\n\xe4\xb8\xad\nZ\x0b\x0c\x85\n")
    external_sort(src, dst, 2, 2, tmp_dir)
    assert files.read(dst) == b"\x00\nZ\x0b\x0c\x85\na\rb\ncaf\xe9\n\xe4\xb8\xad\n\xff\xfe\n"
    long = b"m" * 1_000_000
    files.write(src, b"z\n" + long + b"n\n" + long + b"\na")
    external_sort(src, dst, 1, 2, tmp_dir)
    assert first_wrong_record(dst, b"a\n" + long + b"\n" + long + b"n\nz\n") is None


@pytest.mark.stage(3)
def test_sorts_in_place_when_dst_is_src(workdir, tmp_dir):
    src = f"{workdir}/src"
    for memory_records in (1, 2, 9):
        files.write(src, b"pear\nfig\nkiwi\napple\nlime")
        external_sort(src, src, memory_records, 2, tmp_dir)
        assert files.read(src) == b"apple\nfig\nkiwi\nlime\npear\n"
        assert (files.list(workdir), files.list(tmp_dir)) == (["src", "tmp"], [])


@pytest.mark.stage(3)
def test_value_error_leaves_dst_as_it_was_and_tmp_dir_empty(workdir, tmp_dir):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    files.write(dst, b"old\n")
    for content, memory_records, fan_in in [
        (b"3\n1\n2\n4x\n", 1, 2),
        (b"3\n1\n\n2\n", 2, 2),
        (b"3\n1\n2\n", 0, 2),
        (b"3\n1\n2\n", 1, 1),
        (b"3\n", 5, 1),
    ]:
        files.write(src, content)
        for target, before in [(dst, b"old\n"), (src, content)]:
            with pytest.raises(ValueError):
                external_sort(src, target, memory_records, fan_in, tmp_dir, True)
            assert files.read(target) == before
            assert files.list(tmp_dir) == []


@pytest.mark.stage(3)
def test_os_error_leaves_no_file_behind(workdir, tmp_dir):
    src, folder = f"{workdir}/src", f"{workdir}/folder"
    files.write(src, b"3\n1\n2\n")
    files.mkdir(folder)
    for source, target in [
        (f"{workdir}/missing", f"{workdir}/dst"),
        (src, f"{workdir}/missing/dst"),
        (src, folder),
    ]:
        with pytest.raises(OSError):
            external_sort(source, target, 1, 2, tmp_dir)
        assert (files.list(workdir), files.list(tmp_dir)) == (["folder", "src", "tmp"], [])
    assert files.read(src) == b"3\n1\n2\n"


@pytest.mark.stage(3)
def test_five_hundred_runs_need_few_open_files(workdir, tmp_dir, rng):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    records = [b"%03d\n" % number for number in range(500)]
    expected = b"".join(records)
    rng.shuffle(records)
    files.write(src, b"".join(records))
    assert external_sort(src, dst, 1, 8, tmp_dir) == {"records": 500, "runs": 500, "passes": 3}
    assert files.read(dst) == expected


@pytest.mark.stage(3)
def test_memory_stays_small_while_the_file_is_large(workdir, tmp_dir, rng):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    records = [b"%06d%s\n" % (number, b"." * 993) for number in range(14_000)]  # 14 MB
    expected = b"".join(records)
    rng.shuffle(records)
    files.write(src, b"".join(records))
    peak = peak_memory(external_sort, src, dst, 1_000, 16, tmp_dir)
    assert peak.result == {"records": 14_000, "runs": 14, "passes": 1}
    assert first_wrong_record(dst, expected) is None
    assert peak.peak_mib <= 8


@pytest.mark.stage(3)
@pytest.mark.perf
def test_sorts_a_hundred_thousand_records_through_400_runs(workdir, tmp_dir, rng):
    src, dst = f"{workdir}/src", f"{workdir}/dst"
    records = [b"%06d\n" % number for number in range(100_000)]
    expected = b"".join(records)
    rng.shuffle(records)
    files.write(src, b"".join(records))
    counts = external_sort(src, dst, 250, 400, tmp_dir)
    assert counts == {"records": 100_000, "runs": 400, "passes": 1}
    assert first_wrong_record(dst, expected) is None
