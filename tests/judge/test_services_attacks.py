"""What a submission may try on the service beside it, and what comes of it."""

from __future__ import annotations

import os
from dataclasses import replace
from textwrap import indent

import pytest

from graders.model import Status, Verdict
from tests.judge.conftest import Lab
from tests.judge.test_services import ServiceLab


@pytest.fixture
def beside(lab: Lab) -> ServiceLab:
    return ServiceLab(lab)


ALIVE = """
        def test_it(redis):
            redis.command("SET", "k", "v")
            solve(redis.url)
            assert redis.command("GET", "k") == b"v"
        """

# -- Lua -----------------------------------------------------------------------------------

ESCAPES = {
    "the shell": "os.execute('id')",
    "files": "io.open('/etc/passwd')",
    "modules": "require('os')",
    "packages": "package.loadlib('libc.so.6', 'system')",
    "python": "python.eval('1')",
    "builtins": "python.builtins.open('/etc/passwd')",
    "globals of a function": "redis.call.__globals__",
    "a new attribute": "rawset(getmetatable(redis.call), 'x', 1)",
    "an object's destructor": "getmetatable(redis.call).__gc(redis.call)",
    "an error's traceback": "(function() local _, e = pcall(redis.call, 'X') return e.args end)()",
    "an error's metatable": "(function() local _, e = pcall(redis.call, 'X') "
                            "return getmetatable(e).__gc(e) end)()",
    "the null of cjson": "cjson.null.__class__",
    "compiled chunks": "string.dump(function() end)",
    "text as code": "loadstring('return 1')()",
    "text by a function": "load(function() return nil end)()",
    "the debugger": "debug.getregistry()",
    "environments": "getfenv(0)",
    "fresh userdata": "newproxy(true)",
    "the metatable of strings": "getmetatable('').__index",
}


def test_lua_reaches_nothing_but_lua(beside: ServiceLab) -> None:
    scripts = {what: f"local found = {script} return tostring(found)"
               for what, script in ESCAPES.items()}
    report = beside.run(f"""
        @pytest.mark.parametrize("script", {list(scripts.values())!r})
        def test_it(redis, script):
            with pytest.raises(Exception):
                other(redis.url, "EVAL", script, 0)
            assert redis.command("PING") == b"PONG"
        """)
    through = [what for what, row in zip(scripts, report.tests, strict=True)
               if row.status is not Status.PASSED]
    assert through == [], report.tests


def test_functions_are_refused_where_fakeredis_makes_another_runtime(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            for words in (("FUNCTION", "LOAD", "#!lua name=l"), ("FCALL", "f", 0)):
                with pytest.raises(Exception, match="does not run"):
                    other(redis.url, *words)
        """)
    assert row.status is Status.PASSED, row


def test_endless_lua_is_the_learner_s_time(beside: ServiceLab) -> None:
    row = beside.one(ALIVE, """
        def solve(url):
            redis.Redis.from_url(url).eval("while true do end", 0)
        """)
    assert row.status is Status.TIME_LIMIT
    assert "CPU; the limit is" in row.message  # and not: blocked or sleeping


def test_endless_lua_that_nobody_waits_for_is_too(beside: ServiceLab) -> None:
    row = beside.one(ALIVE, """
        import socket
        def solve(url):
            line = socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0])))
            commands = [("PING",), ("EVAL", "while true do end", "0")]
            line.sendall(b"".join(f"*{len(words)}\\r\\n".encode() + b"".join(
                f"${len(each)}\\r\\n{each}\\r\\n".encode() for each in words)
                for words in commands))
            assert line.recv(5) == b"+PONG"  # then the script is under way
        """)
    assert row.status is Status.TIME_LIMIT
    assert "was kept busy" in row.message


def test_work_done_by_a_pattern_of_lua_ends_as_well(beside: ServiceLab) -> None:
    row = beside.one(ALIVE, """
        def solve(url):
            redis.Redis.from_url(url).eval(
                "return string.find(string.rep('a', 40000), '.-.-.-.-.-b')", 0)
        """)
    assert row.status is Status.TIME_LIMIT


# -- memory and floods ---------------------------------------------------------------------


def test_filling_the_service_s_memory_is_the_learner_s_memory_limit(beside: ServiceLab) -> None:
    beside.lab.kata = replace(beside.lab.kata, limits=replace(beside.lab.kata.limits,
                                                              test_cpu_s=5.0))
    row = beside.one(ALIVE, """
        def solve(url):
            client = redis.Redis.from_url(url)
            for number in range(300):
                client.set(f"big {number}", b"x" * (1 << 20))
        """)
    assert row.status is Status.MEMORY_LIMIT
    assert "service used" in row.message


def test_one_huge_value_is_refused_and_the_service_lives(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            with pytest.raises(Exception, match="OOM|exceeds"):
                solve(redis.url)
            assert redis.command("PING") == b"PONG"
        """, """
        def solve(url):
            redis.Redis.from_url(url).setrange("k", 1_500_000_000, "x")
        """)
    assert row.status is Status.PASSED, row


def test_lua_has_little_memory_of_its_own(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            with pytest.raises(Exception):
                solve(redis.url)
            assert redis.command("PING") == b"PONG"
        """, """
        def solve(url):
            redis.Redis.from_url(url).eval("return #string.rep('x', 1e9)", 0)
        """)
    assert row.status is Status.PASSED, row


RAW = """
        import socket
        def line(url):
            return socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0])))
"""
FLOODS = {
    "an announced gigabyte": "line(url).sendall(b'*1\\r\\n$1000000000\\r\\n' + b'x' * 9000)",
    "a billion fields": "line(url).sendall(b'*1000000000\\r\\n')",
    "digits without end": "line(url).sendall(b'*' + b'9' * 200_000)",
    "no protocol at all": "line(url).sendall(bytes(range(256)) * 40)",
    "an inline command": "line(url).sendall(b'PING\\r\\n')",
    "negative sizes": "line(url).sendall(b'*-5\\r\\n*1\\r\\n$-7\\r\\n')",
    "an empty command": "line(url).sendall(b'*0\\r\\n*1\\r\\n$0\\r\\n\\r\\n')",
    "half a command": "line(url).sendall(b'*2\\r\\n$3\\r\\nGET\\r\\n$1')",
    "many connections": "kept = [line(url) for _ in range(50)]",
    "a script that contains itself":
        "redis.Redis.from_url(url).execute_command('EVAL', 'local t = {} t[1] = t return t', 0)",
}


@pytest.mark.parametrize("what", FLOODS)
def test_the_service_outlives(beside: ServiceLab, what: str) -> None:
    body = f"try:\n    {FLOODS[what]}\nexcept Exception:\n    pass\n"
    row = beside.one(ALIVE, RAW + "        def solve(url):\n" + indent(body, " " * 12))
    assert row.status is Status.PASSED, row


def test_who_reads_no_answer_is_cut_off(beside: ServiceLab) -> None:
    beside.lab.kata = replace(beside.lab.kata, limits=replace(beside.lab.kata.limits,
                                                              test_cpu_s=5.0))
    row = beside.one(ALIVE, RAW + """
        import select
        def solve(url):
            redis.Redis.from_url(url).set("big", b"x" * 1_000_000)
            one = line(url)
            try:
                for _ in range(100):
                    one.sendall(b"*2\\r\\n$3\\r\\nGET\\r\\n$3\\r\\nbig\\r\\n" * 100)
            except OSError:
                pass
            ears = select.poll()
            ears.register(one, select.POLLRDHUP)
            assert ears.poll(10_000)
        """)
    assert row.status is Status.PASSED, row


# -- the process itself --------------------------------------------------------------------


def test_the_port_cannot_be_taken(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            assert solve(redis.url) == []
            assert redis.command("PING") == b"PONG"
        """, """
        import socket
        def solve(url):
            port, taken = int(url.split(":")[2].split("/")[0]), []
            for host in ("127.0.0.1", "0.0.0.0", "127.0.0.2"):
                for options in ((), (socket.SO_REUSEADDR,), (socket.SO_REUSEPORT,)):
                    one = socket.socket()
                    try:
                        for each in options:
                            one.setsockopt(socket.SOL_SOCKET, each, 1)
                        one.bind((host, port))
                        one.listen()
                        taken.append((host, options))
                    except OSError:
                        pass
            return [each for each in taken if each[0] != "127.0.0.2"]
        """)
    assert row.status is Status.PASSED, row


def test_the_port_stays_taken_when_the_service_is_dead(beside: ServiceLab) -> None:
    """What serves there in its place would be believed by the learner's own client alone."""
    report = beside.run("""
        import os
        from graders.kit import remote
        def test_it(redis):
            runner = remote.current().services.runners["redis"]
            os.kill(runner.status()["pid"], 9)
            while not runner.ended():
                pass
            assert solve(redis.url) == "taken"
        """, """
        import socket
        def solve(url):
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", int(url.split(":")[2].split("/")[0])))
            except OSError:
                return "taken"
        """)
    assert report.verdict is Verdict.JUDGE_ERROR
    assert report.tests[0].failure.expected == report.tests[0].failure.got == ""
    assert report.tests[0].status is Status.JUDGE_ERROR
    assert "service died (signal 9" in report.tests[0].message


def test_no_signal_reaches_it(beside: ServiceLab) -> None:
    row = beside.one(ALIVE, """
        import os, signal
        def solve(url):
            for number in (signal.SIGKILL, signal.SIGSTOP):
                try:
                    os.kill(-1, number)
                except OSError:
                    pass
        """)
    assert row.status is Status.PASSED, row


def test_the_suite_s_line_is_nowhere_in_the_worker(beside: ServiceLab) -> None:
    row = beside.one("""
        def test_it(redis):
            assert solve() == [0, 1, 2, 3]
        """, """
        import os
        def solve():
            found = []
            for number in range(256):
                try:
                    os.fstat(number)
                    found.append(number)
                except OSError:
                    pass
            return found
        """)
    assert row.status is Status.PASSED, row


def test_a_service_is_locked_down_as_a_worker_is(beside: ServiceLab) -> None:
    row = beside.one("""
        import os
        from graders.kit import remote
        def held(pid):
            with open(f"/proc/{pid}/status") as lines:
                return dict(line.rstrip().split(":", 1) for line in lines if ":" in line)
        def test_it(redis):
            link = remote.current()
            service, worker = (held(each.status()["pid"])
                               for each in (link.services.runners["redis"], link.runner))
            for name in ("CapEff", "CapPrm", "CapBnd", "NoNewPrivs", "Seccomp", "Uid", "Gid"):
                assert service[name].strip() == worker[name].strip(), name
            assert service["CapEff"].strip("\\t0") == "" and service["Seccomp"].strip() == "2"
        """)
    assert row.status is Status.PASSED, row


def test_a_dead_service_decides_whatever_the_suite_caught(beside: ServiceLab) -> None:
    report = beside.run("""
        import os
        from graders.kit import remote
        def test_it(redis):
            os.kill(remote.current().services.runners["redis"].status()["pid"], 9)
            with pytest.raises(BaseException):
                redis.command("PING")
        """)
    assert report.verdict is Verdict.JUDGE_ERROR


def test_a_service_that_nobody_looked_at_again_decides_too(beside: ServiceLab) -> None:
    report = beside.run("""
        import os
        from graders.kit import remote
        def test_it(redis):
            runner = remote.current().services.runners["redis"]
            os.kill(runner.status()["pid"], 9)
            while not runner.ended():
                pass
        def test_next(redis):
            assert redis.command("PING") == b"PONG"
        """)
    assert [each.status for each in report.tests] == [Status.JUDGE_ERROR, Status.PASSED]


def test_nothing_of_a_service_is_left(beside: ServiceLab) -> None:
    report = beside.run("""
        from graders.kit import remote
        def test_it(redis):
            pid = remote.current().services.runners["redis"].status()["pid"]
            raise AssertionError(f"pid {pid}")
        """)
    pid = int(report.tests[0].message.split("pid ")[1].split()[0])
    assert not os.path.exists(f"/proc/{pid}")
