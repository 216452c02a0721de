"""The kit's words under the real judge; tests/kit has them in plain pytest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graders.model import Limits, Report, Status, Verdict

from .conftest import Lab


def statuses(report: Report) -> list[Status]:
    return [row.status for row in report.tests]


def accepted(report: Report) -> None:
    assert report.verdict is Verdict.ACCEPTED, [
        (row.name, row.status, row.message, row.failure) for row in report.tests]


def test_replay_is_one_round_trip_and_shows_aliasing(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_results():
            assert replay(Box(1), [("get",), ("put", 2), ("get",)]) == [1, None, 2]
        def test_aliasing_shows():
            assert replay(Box([1]), [("get",), ("get",)]) == [[1], [1]]
            assert other() == 0
        def test_results_stay_live():
            assert replay(Box(), [("me_items",), ("put", 7)])[0] == [7]
        def test_kept_errors():
            got = replay(Box(), [("get",), ("put", 1)], errors="keep")
            assert got == [Raised("BoxFull", ("empty",)), None]
        def test_raised_errors():
            with pytest.raises(BoxFull):
                replay(Box(), [("get",)])
        def test_many():
            assert call_many(solve, [(i,) for i in range(500)]) == list(range(500))
        """,
        """
        class Box(Box):
            def me_items(self): return self.items
            def get(self):
                if not self.items: raise BoxFull("empty")
                return self.items[-1]
        def other(): return 0
        """))


def test_checked_shows_changed_arguments(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_it():
            given = [3, 1, 2]
            assert checked(solve, given) == ([1, 2, 3], ([1, 2, 3],))
            assert given == [3, 1, 2]
        """, "def solve(x): x.sort(); return x"))


def test_streams_are_read_lazily_in_the_worker(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_reads():
            items = stream([f"line {i}" for i in range(1000)])
            assert solve(items, 3) == ["line 0", "line 1", "line 2"]
            assert items.reads == 3
        def test_live():
            items = stream([f"line {i}" for i in range(1000)])
            assert other(items) == 1000
            assert items.reads == 1000
            assert items.peak_live < 10
        """,
        """
        import itertools
        def solve(items, n): return list(itertools.islice(items, n))
        def other(items): return sum(1 for _ in items)
        """))


def test_races_show_and_locks_are_not_blamed(lab: Lab) -> None:
    lab.kata = replace(lab.kata, threads=4, limits=Limits(test_cpu_s=2.0, memory_mib=128))
    suite = """
        def test_no_update_is_lost():
            for seed in range(3):
                box = Box(0)
                run_threads(box.put, [[(1,)] * 100 for _ in range(4)], seed=seed)
                assert box.get() == 400
        """
    racy = """
        class Box(Box):
            def put(self, n): self.items[0] = self.items[0] + n
        """
    locked = """
        import threading
        class Box(Box):
            lock = threading.Lock()
            def put(self, n):
                with self.lock: self.items[0] = self.items[0] + n
        """
    assert statuses(lab.run(suite, racy)) == [Status.FAILED]
    accepted(lab.run(suite, locked))


def test_more_threads_than_declared_are_refused(lab: Lab) -> None:
    lab.kata = replace(lab.kata, threads=2)
    accepted(lab.run(
        """
        def test_it():
            assert solve() == (2, "RuntimeError")
        """,
        """
        import threading
        def solve():
            stop, n = threading.Event(), 0
            try:
                while True:
                    threading.Thread(target=stop.wait).start(); n += 1
            except RuntimeError as error:
                stop.set(); return n, type(error).__name__
        """))


def test_compute_runs_in_the_worker_and_counts(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_threshold():
            big = compute("threshold", 700)
            assert solve(big, 1000) == 700
            assert 5 <= big.calls <= 15
        """,
        """
        def solve(predicate, n):
            low, high = 0, n
            while low < high:
                middle = (low + high) // 2
                if predicate(middle): high = middle
                else: low = middle + 1
            return low
        """))


def test_growth_tells_linear_from_quadratic(lab: Lab) -> None:
    lab.kata = replace(lab.kata, limits=Limits(perf_cpu_s=5.0, memory_mib=256))
    suite = """
        @pytest.mark.perf
        def test_grows():
            growth(solve, lambda n, r: ([i * 7 + r for i in range(n)],), 2000, at_most="linear")
        """
    report = lab.run(suite, "def solve(x): return len({v * 2 for v in x})")
    accepted(report)
    (row,) = report.growth
    assert (row.name, len(row.sizes), len(row.cpu_s)) == ("test_grows", 4, 4)
    slow = lab.run(suite, "def solve(x): return sum(v in x for v in x[::20])")
    assert slow.tests[0].status is Status.TIME_LIMIT
    assert "quadratic" in slow.tests[0].message
    assert slow.verdict is Verdict.TIME_LIMIT_EXCEEDED


def test_growth_is_timed_by_the_clock_of_the_worker(lab: Lab) -> None:
    """The judge child itself only waits meanwhile."""
    lab.kata = replace(lab.kata, limits=Limits(perf_cpu_s=5.0, memory_mib=128))
    accepted(lab.run(
        """
        @pytest.mark.perf
        def test_it():
            found = growth(solve, lambda n, r: ([r] * n,), 1, at_most="linear")
            assert found.cpu_s[-1] > 0.01
        """,
        """
        import time
        def solve(x):
            end = time.process_time() + 0.005 * len(x)
            while time.process_time() < end: pass
        """))


def test_peak_memory_is_the_kernels_word(lab: Lab) -> None:
    lab.kata = replace(lab.kata, limits=Limits(memory_mib=256))
    accepted(lab.run(
        """
        def test_large():
            assert 30 < peak_memory(solve, 40).peak_mib < 60
        def test_small():
            assert peak_memory(other).peak_mib < 5
        """, "def solve(n): x = bytearray(n << 20); x[::4096] = b'x' * (n << 8); return len(x)"))


def test_memory_over_the_limit_is_its_own_verdict(lab: Lab) -> None:
    lab.kata = replace(lab.kata, limits=Limits(test_cpu_s=2, memory_mib=64))
    report = lab.run(
        """
        def test_a_lot():
            assert solve(100) == 100
        def test_far_too_much():
            assert solve(2000) == 100
        def test_a_little():
            assert solve(1) == 1
        """, "def solve(n): x = bytearray(n << 20); x[::4096] = b'x' * len(x[::4096]); return n")
    assert statuses(report) == [Status.MEMORY_LIMIT, Status.MEMORY_LIMIT, Status.PASSED]
    assert report.verdict is Verdict.MEMORY_LIMIT_EXCEEDED
    assert "the limit is 64 MiB" in report.tests[0].message


def test_scripted_callables_live_beside_the_learner(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_steps():
            load = scripted([("return", 1), ("raise", "KeyError", "k"), ("return", 2)])
            assert solve(load) == [1, "KeyError", 2]
            assert len(load.calls) == 3
        """,
        """
        def solve(load):
            found = []
            for key in "abc":
                try: found.append(load(key))
                except KeyError as error: found.append(type(error).__name__)
            return found
        """))


def test_the_work_directory_is_the_current_folder_of_the_learner(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_a_relative_path_leads_there(workdir):
            assert files.list(workdir) == []
            solve(workdir)
            assert files.list(workdir) == ["left.txt"]
        """,
        """
        def solve(folder):
            with open("left.txt", "w") as file:
                file.write("x")
        """))


def test_a_planned_crash_kills_the_worker_and_the_files_stay(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_file_effects(workdir):
            with crash_after(2) as crash:
                solve(workdir)
            assert crash.fired
            assert files.list(workdir) == ["0"]
            assert other(workdir) == ["0"]
        def test_calls_are_effects():
            seen = []
            with crash_after(3) as crash:
                count(seen.append)
            assert crash.fired
            assert seen == [0, 1]
        def test_an_unused_plan_does_not_fire(workdir):
            with crash_after(99) as crash:
                solve(workdir)
            assert not crash.fired
            assert files.list(workdir) == ["0", "1", "2", "3", "4"]
        """,
        """
        import os
        def solve(folder):
            for i in range(5):
                os.close(os.open(f"{folder}/{i}", os.O_CREAT | os.O_WRONLY))
        def other(folder): return sorted(os.listdir(folder))
        def count(call):
            for i in range(5): call(i)
            yield 1
        """.replace("yield 1", "return iter([1])")))


def test_a_crash_at_every_step(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_each(workdir):
            for step in range(1, 6):
                with crash_after(step) as crash, snapshots(workdir) as seen:
                    solve(workdir)
                assert crash.fired, step
                assert len(seen.taken) == step
                assert files.list(workdir) == [str(i) for i in range(step - 1)]
                other(workdir)
        """,
        """
        import os
        def solve(folder):
            for i in range(5): os.close(os.open(f"{folder}/{i}", os.O_CREAT | os.O_WRONLY))
        def other(folder):
            for name in os.listdir(folder): os.remove(f"{folder}/{name}")
        """))


def test_objects_from_before_a_crash_are_gone(lab: Lab) -> None:
    row = lab.one(
        """
        def test_it(workdir):
            box = Box(1)
            with crash_after(1) as crash:
                solve(workdir)
            assert Box(2).get() == 2
            assert box.get() == 1
        """,
        """
        import os
        def solve(folder): os.mkdir(f"{folder}/x")
        """)
    assert row.status is Status.FAILED
    assert "from before the crash" in row.message


def test_files_are_shared_through_the_kit_only(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_both_ways(workdir):
            files.write(f"{workdir}/in", b"abc")
            files.mkdir(f"{workdir}/sub")
            assert solve(workdir) == b"abc"
            assert files.read(f"{workdir}/sub/out") == b"cba"
            files.flip(f"{workdir}/sub/out", 0)
            files.truncate(f"{workdir}/sub/out", 2)
            assert files.read(f"{workdir}/sub/out") == b"bb"
            assert files.size(f"{workdir}/in") == 3
        def test_fresh_every_time(workdir):
            assert files.list(workdir) == []
        def test_outside_is_refused(workdir):
            for path in ("/etc/passwd", f"{workdir}/../x", __file__):
                with pytest.raises(ValueError):
                    files.read(path)
        def test_links_are_not_followed(workdir):
            other(workdir)
            with pytest.raises(OSError):
                files.read(f"{workdir}/link")
            with pytest.raises(OSError):
                files.read(f"{workdir}/pipe")
            with pytest.raises(OSError):
                files.read(f"{workdir}/folder/passwd")
        """,
        """
        import os
        def solve(folder):
            with open(f"{folder}/in", "rb") as f: data = f.read()
            with open(f"{folder}/sub/out", "wb") as f: f.write(data[::-1])
            return data
        def other(folder):
            os.symlink("/etc/passwd", f"{folder}/link")
            os.symlink("/etc", f"{folder}/folder")
            os.mkfifo(f"{folder}/pipe")
        """))


def test_snapshots_are_taken_at_each_file_operation(lab: Lab) -> None:
    accepted(lab.run(
        """
        def test_it(workdir):
            with snapshots(workdir) as seen:
                solve(workdir)
            assert {} in seen.taken
            assert {"a": b"1"} in seen.taken
            assert files.read(f"{workdir}/b") == b"1"
        """,
        """
        import os
        def solve(folder):
            number = os.open(f"{folder}/a", os.O_CREAT | os.O_WRONLY)
            os.write(number, b"1"); os.close(number)
            os.rename(f"{folder}/a", f"{folder}/b")
        """))


def test_rng_is_the_same_for_all_submissions_of_a_run(lab: Lab) -> None:
    suite = """
        def test_it(rng):
            assert solve(rng.random()) == -1
        def test_another(rng):
            assert solve(rng.random()) == -1
        """
    first, second = (lab.run(suite, f"def solve(x): return x + {n}") for n in (0, 0))
    got = [[row.failure.got for row in report.tests] for report in (first, second)]
    assert got[0] == got[1]
    assert got[0][0] != got[0][1]


def test_probe_tells_what_the_kernel_knows(lab: Lab) -> None:
    lab.kata = replace(lab.kata, threads=3)
    accepted(lab.run(
        """
        def test_threads():
            before = probe()
            solve()
            after = probe()
            assert (before.threads, after.threads) == (1, 3)
            assert after.children == 0
            assert after.cpu_s >= before.cpu_s
            assert "hello" in after.stderr
        """,
        """
        import sys, threading, time
        def solve():
            print("hello", file=sys.stderr)
            for _ in range(2): threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
        """))


def test_network_katas_share_a_private_loopback(lab: Lab) -> None:
    lab.kata = replace(lab.kata, network=True, threads=1)
    accepted(lab.run(
        """
        def test_echo():
            port = solve()
            with client(port) as peer:
                peer.send_all(b"hi\\n")
                assert peer.recv_line() == b"HI\\n"
        """,
        """
        import socket, threading
        def solve():
            server = socket.create_server(("127.0.0.1", 0))
            def serve():
                peer, _ = server.accept()
                with peer: peer.sendall(peer.recv(100).upper())
            threading.Thread(target=serve, daemon=True).start()
            return server.getsockname()[1]
        """))


@pytest.mark.parametrize("network", [False, True])
def test_nothing_outside_is_reachable(lab: Lab, network: bool) -> None:
    import socket

    lab.kata = replace(lab.kata, network=network)
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = outside.getsockname()[1]
        accepted(lab.run(
            f"""
            def test_it():
                assert solve({port}) == ["OSError"] * 3
            """,
            """
            import socket
            def solve(port):
                found = []
                for address in (("127.0.0.1", port), ("10.0.0.1", 80), ("8.8.8.8", 53)):
                    try: socket.create_connection(address, 0.3).close(); found.append("reached")
                    except OSError: found.append("OSError")
                return found
            """))
