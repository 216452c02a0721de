"""What a worker can reach with every layer on, and what is left when layers are missing."""

from __future__ import annotations

import os
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import textwrap
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graders.errors import JudgeError
from graders.judge import sandbox, seccomp
from graders.judge.judge import Judge
from graders.model import Limits, Report, Status, Verdict

from .conftest import Lab

ROOT = Path(sandbox.__file__).parents[2]

RUN = "def solve(code):\n    names = {}\n    exec(code, names)\n    return names['result']"
CALL = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def call(*words):
    ctypes.set_errno(0)
    words = [ctypes.c_long(w) if isinstance(w, int) else w for w in words]
    return ctypes.get_errno() if libc.syscall(*words) < 0 else 0
def attempt(act):
    try: return repr(act())
    except BaseException as error: return f"{type(error).__name__} {getattr(error, 'errno', '')}"
"""


def attempts(lab: Lab, expression: str) -> str:
    """Return the repr of an expression evaluated by a submission, or the error it met."""
    code = f"{CALL}\nresult = attempt(lambda: {expression})"
    row = lab.one(f"def test_it():\n    assert solve({code!r}) == 'never'", RUN)
    assert row.status is Status.FAILED, row
    return row.failure.got.strip("'\"")


@pytest.mark.parametrize(("expression", "wanted"), [
    ("(os.getpid() > 1, os.getuid() != 0)", "(True, True)"),
    ("call(56, 0x10000000 | 17, 0, 0, 0, 0)", "1"),  # clone with a new user namespace
    ("call(435, 0, 88)", "38"),  # clone3
    ("call(272, 0x10000000)", "1"),  # unshare
    ("call(319, b'x', 0)", "38"),  # memfd_create
    ("call(425, 8, 0)", "38"),  # io_uring_setup
    ("call(101, 16, 1, 0, 0)", "1"),  # ptrace Init
    ("call(141, 0, 1, 19)", "1"),  # setpriority of Init
    ("call(302, 1, 0, ctypes.byref((ctypes.c_ulong * 2)(0, 0)), 0)", "1"),  # prlimit of Init
    ("call(165, b'none', b'/', None, 32 | 4096, 0)", "1"),  # mount
    ("call(310, 1, 0, 0, 0, 0, 0)", "1"),  # process_vm_readv
    ("call(250, 0, -3, 0)", "1"),  # keyctl
    ("call(59, b'/bin/true', 0, 0)", "1"),  # execve
    ("call(0x40000000 | 39)", "38"),  # the x32 table
])
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="call numbers of x86_64")
def test_system_calls_are_refused(lab: Lab, expression: str, wanted: str) -> None:
    assert attempts(lab, expression) == wanted


@pytest.mark.parametrize(("expression", "wanted"), [
    ("open('/x', 'w')", "OSError 30"),
    ("open(os.__file__, 'a')", ("OSError 30", "PermissionError 13")),
    ("os.listdir('/proc')", ("[]", "FileNotFoundError 2")),
    ("open('/proc/self/maps')", "FileNotFoundError 2"),
    ("open('/etc/passwd')", "FileNotFoundError 2"),
    ("os.listdir('/tmp')", "FileNotFoundError 2"),
    ("open('/box/left', 'w').write('x')", "1"),
    ("os.listdir('/box')", "[work]"),
    ("__import__('pytest')", "ModuleNotFoundError "),
    ("__import__('pip')", "ModuleNotFoundError "),
    ("len(bytearray(2 << 30))", "MemoryError "),
    ("open('/box/big', 'wb').write(bytes(65 << 20))", ("OSError 27", "OSError 28", "MemoryError ")),
    ("[os.mkdir(f'/box/{i}') for i in range(6000)]", "OSError 28"),
    ("[os.kill(1, s) for s in (2, 9, 15, 10, 34)] and os.getpid() > 1",
     ("True", "PermissionError 1")),  # Landlock refuses a signal that pid 1 would ignore
    ("__import__('tempfile').mkdtemp().startswith('/box/')", "True"),
    ("sorted(os.environ)", None),
    ("[__import__(m).__name__ for m in ('sqlite3', 'asyncio', 'hashlib')][0]", "sqlite3"),
    ("sorted(n for n in sys.modules if n.startswith('graders'))", None),
])
def test_files_and_resources(
    lab: Lab, expression: str, wanted: str | tuple[str, ...] | None
) -> None:
    got = attempts(lab, expression).replace("'", "")
    if expression == "sorted(os.environ)":
        assert not {"HOME", "USER", "SHELL", "KATA_SEED"} - {"HOME"} & set(got)
        assert str(Path.home()) not in got
    elif wanted is None:
        for secret in ("verdict", "plugin", "child", "engine", "catalog", "link"):
            assert f"graders.judge.{secret}" not in got
    else:
        assert got in (wanted if isinstance(wanted, tuple) else (wanted,))


@pytest.mark.parametrize("off", [(), ("landlock",)], ids=["all", "private_root"])
def test_no_suite_solution_or_checkout_is_visible(lab: Lab, off: tuple[str, ...]) -> None:
    """Landlock forbids to list the root, so a walk shows something only where it is off."""
    canary = lab.folder / ("canary" + secrets.token_hex(6))
    canary.write_text("")
    known = [str(canary), str(lab.kata.suite), str(ROOT / "katas"), str(ROOT / "solutions")]
    row = lab.one(
        f"def test_it():\n    assert solve({canary.name!r}, {known!r}) == []",
        """
        import os
        def solve(canary, known):
            found = [each for each in known if os.path.exists(each)]
            for folder, folders, files in os.walk("/"):
                found += [f"{folder}/{f}" for f in files if canary in f or "kata" in f
                          or f.startswith("test_hidden")]
            return found
        """, layers_off=off)
    assert row.status is Status.PASSED, row.failure
    assert row.limit_s


def test_each_test_begins_with_an_empty_box_and_fresh_module(lab: Lab) -> None:
    report = lab.run(
        """
        @pytest.mark.parametrize("n", range(3))
        def test_it(n):
            assert solve() == [0, ["work"], None]
        """,
        """
        import os, builtins
        seen = []
        def solve():
            found = [len(seen), sorted(os.listdir("/box")), getattr(builtins, "mine", None)]
            seen.append(1); builtins.mine = 1
            open("/box/left", "w").close(); open("/box/work/left", "w").close()
            return found
        """)
    assert report.verdict is Verdict.ACCEPTED, report.tests


def test_without_a_private_root_the_box_is_emptied_too(lab: Lab) -> None:
    report = lab.run(
        """
        def test_a():
            assert solve() == ["work"]
        def test_b():
            assert solve() == ["work"]
        """,
        """
        import os
        def solve():
            found = sorted(os.listdir(".")) + sorted(os.listdir(".."))
            for folder in "left", "../left":
                os.makedirs(f"{folder}/below")
            return found
        """, layers_off=("private_root", "landlock"))
    assert report.verdict is Verdict.ACCEPTED, report.tests


LEVELS: list[tuple[str, ...]] = [
    ("private_root",), ("namespaces",), ("namespaces", "seccomp", "keyring"),
    ("capabilities",), ("seccomp",), ("no_new_privs", "seccomp"),
    ("namespaces", "seccomp", "keyring", "no_new_privs"),
]


@pytest.mark.parametrize("off", LEVELS, ids="-".join)
def test_with_layers_missing_the_rest_holds_and_the_report_says_so(
    lab: Lab, off: tuple[str, ...]
) -> None:
    suite = """
        def test_right():
            assert solve(1) == 1
        def test_crash():
            assert other() is None
        def test_files(workdir):
            files.write(f"{workdir}/a", b"1")
            assert list(count(workdir)) == ["a"]
        """
    report = lab.run(suite, """
        import os
        def other(): os._exit(0)
        def count(folder): return iter(os.listdir(folder))
        """, layers_off=off)
    assert [row.status for row in report.tests] == [Status.PASSED, Status.CRASHED, Status.PASSED]
    assert {p.name for p in report.protections if not p.on} >= set(off)
    if "namespaces" in off:
        assert {"private_root", "capabilities"} <= {p.name for p in report.protections if not p.on}


def test_without_namespaces_a_daemon_is_still_killed(lab: Lab) -> None:
    """Its parent is gone: it would be adopted by the machine's own first process."""
    mark = f"sl{secrets.token_hex(5)}"
    report = lab.run(
        "def test_it():\n    assert solve() == 0",
        f"""
        import ctypes, os, time
        def solve():
            ready, told = os.pipe()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    ctypes.CDLL(None).prctl(15, b"{mark}", 0, 0, 0)
                    os.write(told, b"!")
                    time.sleep(30)
                os._exit(0)
            os.wait()
            os.read(ready, 1)
            return 0
        """, layers_off=("namespaces", "seccomp"))
    assert report.verdict is Verdict.ACCEPTED, report.tests
    listing = subprocess.run(["ps", "-eo", "comm"], capture_output=True, text=True, check=True)
    assert mark not in listing.stdout


def test_a_missing_layer_is_an_error_where_the_sandbox_is_demanded(
    lab: Lab, tmp_path: Path
) -> None:
    with Judge(tmp_path, require_sandbox=True, engine="subprocess", use_cache=False,
               store=tmp_path) as judge:
        demanding = Lab(judge, lab.folder)
        with pytest.raises(JudgeError, match="sandbox: the layer namespaces is missing here"):
            demanding.run("def test_it():\n    assert solve(1) == 1", "")


def test_the_portable_engine_gives_the_same_verdicts(lab: Lab, tmp_path: Path) -> None:
    suite = """
        def test_right():
            assert solve(1) == 1
        def test_wrong():
            assert other() == 5
        def test_files(workdir):
            files.write(f"{workdir}/a", b"1")
            assert list(count(workdir)) == ["a"]
        def test_box():
            assert Box(1, 2).get() == 2
        def test_exit():
            Box(1).put(3)
        """
    submission = """
        import os
        def count(folder): return iter(os.listdir(folder))
        class Box(Box):
            def put(self, x): os._exit(4)
        """
    with Judge(tmp_path, engine="subprocess", use_cache=False, store=tmp_path) as judge:
        portable = Lab(judge, lab.folder).run(suite, submission)
    warm = lab.run(suite, submission)
    assert [row.status for row in portable.tests] == [row.status for row in warm.tests]
    assert portable.verdict is warm.verdict is Verdict.WRONG_ANSWER
    off = {p.name: p.why for p in portable.protections if not p.on}
    assert set(off) >= {"namespaces", "private_root", "capabilities"}
    assert all(off.values())


def test_time_and_memory_limits_hold_in_the_portable_engine(lab: Lab, tmp_path: Path) -> None:
    with Judge(tmp_path, engine="subprocess", use_cache=False, store=tmp_path) as judge:
        portable = Lab(judge, lab.folder)
        portable.kata = replace(lab.kata, limits=Limits(test_cpu_s=0.3, memory_mib=100))
        report = portable.run(
            """
            def test_loop():
                assert solve(1) == 1
            def test_memory():
                assert other() == 1
            """,
            """
            def solve(x):
                while True: pass
            def other(): x = bytearray(150 << 20); x[::4096] = b"x" * len(x[::4096]); return 1
            """)
    assert [row.status for row in report.tests] == [Status.TIME_LIMIT, Status.MEMORY_LIMIT]


@pytest.mark.skipif(os.geteuid() != 0, reason="becomes another user")
def test_an_ordinary_user_has_every_layer(tmp_path: Path) -> None:
    """Needs an interpreter that an ordinary user can reach; Debian's is, one below /root is not."""
    python = "/usr/bin/python3"
    probe = (
        "import os, sys; os.setgroups([]); os.setresgid(1000,1000,1000); "
        "os.setresuid(1000,1000,1000); import ctypes; ctypes.CDLL(None).prctl(4,1,0,0,0); "
        f"sys.path.insert(0, {str(Path(sandbox.__file__).parents[2])!r}); "
        "from graders.judge import sandbox; print(sandbox.available())")
    done = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False,
                          cwd=tempfile.gettempdir())
    if done.returncode:
        pytest.skip(f"no interpreter for an ordinary user here: {done.stderr[-200:]}")
    assert eval(done.stdout) == dict.fromkeys(sandbox.LAYERS, "")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs to be root of a namespace")
def test_root_of_a_container_that_maps_no_other_user_has_every_layer(tmp_path: Path) -> None:
    root = Path(sandbox.__file__).parents[2]
    reference = next(root.glob("solutions/*/*/two_sum/two_sum.py"))
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", sys.executable, "-m", "graders", "judge",
         "two_sum", str(reference), "--require-sandbox"],
        capture_output=True, text=True, check=False, cwd=root,
        env={**os.environ, "KATA_STORE": str(tmp_path), "KATA_LANG": "en"})
    assert (done.returncode, "ACCEPTED" in done.stdout) == (0, True), done.stdout + done.stderr


def test_the_filter_is_built_for_each_known_processor() -> None:
    for machine in ("x86_64", "aarch64"):
        assert seccomp.supported(machine)
        assert len(seccomp.program(False, machine)) > len(seccomp.program(True, machine))
    assert not seccomp.supported("riscv64")


def test_every_layer_is_on_here(lab: Lab) -> None:
    report: Report = lab.run("def test_it():\n    assert solve(1) == 1", "")
    assert {p.name: p.why for p in report.protections if not p.on} == {}
    assert tuple(p.name for p in report.protections) == sandbox.LAYERS


def test_a_kata_about_processes_may_start_so_many_and_their_time_counts(lab: Lab) -> None:
    lab.kata = replace(lab.kata, processes=2, limits=Limits(test_cpu_s=0.4, memory_mib=128))
    report = lab.run(
        """
        def test_two():
            assert solve(2) == [7, 7]
        def test_three():
            assert solve(3) == "BlockingIOError"
        def test_burnt_in_a_child():
            other()
        """,
        """
        import os
        def solve(n):
            pids = []
            try:
                for _ in range(n):
                    pid = os.fork()
                    if pid == 0:
                        while n > 2: pass
                        os._exit(7)
                    pids.append(pid)
            except OSError as error:
                return type(error).__name__
            return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        def other():
            if os.fork() == 0:
                while True: pass
            os.wait()
        """)
    assert [row.status for row in report.tests] == [
        Status.PASSED, Status.PASSED, Status.TIME_LIMIT], report.tests
    assert "stopped after" in report.tests[2].message  # its own clock stood still


def test_children_that_come_and_go_are_no_fault_and_their_time_counts(lab: Lab) -> None:
    lab.kata = replace(lab.kata, processes=2, limits=Limits(test_cpu_s=0.4, memory_mib=128))
    source = """
        import os, threading, time
        def solve(n):  # children are born and reaped while the judge looks at the clocks
            for _ in range(n):
                pid = os.fork()
                if pid == 0:
                    os._exit(0)
                os.waitpid(pid, 0)
            return n
        def other():
            while True:  # none of them lives for long
                pid = os.fork()
                if pid == 0:
                    began = time.process_time()
                    while time.process_time() - began < 0.05: pass
                    os._exit(0)
                os.waitpid(pid, 0)
        """
    report = lab.run("def test_many():\n    assert solve(60) == 60\n"
                     "def test_burnt_by_many():\n    other()", source)
    assert [row.status for row in report.tests] == [
        Status.PASSED, Status.TIME_LIMIT], report.tests
    assert "stopped after" in report.tests[1].message


def test_without_leave_a_process_is_refused_even_where_threads_are_allowed(lab: Lab) -> None:
    lab.kata = replace(lab.kata, threads=4)
    row = lab.one("def test_it():\n    assert solve() == 'PermissionError'",
                  """
                  import os
                  def solve():
                      try: os.fork()
                      except OSError as error: return type(error).__name__
                  """)
    assert row.status is Status.PASSED, row.failure


def test_a_killed_probe_never_counts_as_missing_layers() -> None:
    """Or a submission would be judged with no sandbox at all, seeing every file of this machine."""
    process = subprocess.Popen([sys.executable, "-c", "from graders.judge import sandbox\n"
                                "while True: sandbox.available()"], cwd=ROOT, text=True,
                               stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        while process.poll() is None:
            for child in psutil.Process(process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    child.kill()
        assert process.stderr
        assert "the probe of the sandbox's layers ended early (-9)" in process.stderr.read()
    finally:
        process.kill()
        process.communicate()


def test_fewer_descriptors_than_a_kata_promises_are_the_machines_fault(tmp_path: Path) -> None:
    """A right submission would run out of them."""
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent("""
            import sys
            from pathlib import Path
            from graders.judge.judge import Judge
            from tests.judge.conftest import Lab
            place = Path(sys.argv[1])
            with Judge(place, jobs=1, use_cache=False, store=place / "store") as judge:
                report = Lab(judge, place).run("def test_it(): assert solve() == 7",
                                               "def solve(): return 7")
                print(report.verdict, report.message)
        """), str(tmp_path)], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50)))
    assert told.stdout.startswith("JUDGE_ERROR"), told.stdout + told.stderr
    assert "RLIMIT_NOFILE is 50 here, and this kata needs 64" in told.stdout


@pytest.mark.parametrize("engine", ["fork", "subprocess"])
def test_without_namespaces_landlock_hides_the_suite_and_all_else(
    tmp_path: Path, engine: str
) -> None:
    tmp_path.chmod(0o755)
    secret = tmp_path / "secret"
    secret.write_text("canary")
    secret.chmod(0o644)
    server = socket.create_server(("127.0.0.1", 0))
    submission = f"""
        import os, signal, socket
        def attempt(act):
            try: return act() or "done"
            except OSError as error: return type(error).__name__
        def solve():
            port = {server.getsockname()[1]}
            return [attempt(act) for act in (
                lambda: open({str(secret)!r}).read(), lambda: os.listdir({str(tmp_path)!r}),
                lambda: open("/proc/self/maps").read(1), lambda: os.listdir("/"),
                lambda: socket.socket().connect((b"127.0.0.1", port)) or "connected",
                lambda: socket.socket().bind((b"127.0.0.1", 0)) or "bound",
                lambda: os.kill(os.getppid(), 0),
                lambda: open("here", "w").write("x") and "wrote")]
        """
    with server, Judge(tmp_path, engine=engine, use_cache=False, store=tmp_path) as judge:
        lab = Lab(judge, tmp_path)
        row = lab.one("def test_it():\n    assert solve() == 'never'", submission,
                      layers_off=("namespaces", "seccomp"))
    assert row.failure.got == repr(["PermissionError"] * 7 + ["wrote"]), row


def test_landlock_needs_no_new_privs() -> None:
    assert sandbox.effective(("no_new_privs", "landlock"), ("no_new_privs",)) == []
