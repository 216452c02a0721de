"""The calls below the sandbox, each tried in a process with namespaces of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from graders.judge import sandbox

ROOT = Path(sandbox.__file__).parents[2]
HEAD = """
import errno, os, sys
from graders.judge import kernel, sandbox
def attempt(path):
    try: open(path, "w").close()
    except OSError as error: return errno.errorcode[error.errno]
    return "written"
uid, gid = os.geteuid(), os.getegid()
kernel.unshare(kernel.NEWUSER | kernel.NEWNS)
kernel.map_self(uid, gid)
kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([sys.executable, "-c", HEAD + code, *arguments], cwd=ROOT, text=True,
                          capture_output=True, check=False)
    if "unshare" in done.stderr:
        pytest.skip("no user namespaces here")
    return done


def test_a_bind_and_all_that_is_mounted_below_it_is_read_only(tmp_path: Path) -> None:
    """Its owner may write there, and holds every capability: the mount itself must refuse."""
    for name in ("source/below", "target"):
        (tmp_path / name).mkdir(parents=True)
    done = run("""
source, target = sys.argv[1] + "/source", sys.argv[1] + "/target"
kernel.mount("tmpfs", source + "/below", "tmpfs", 0)
print(attempt(source + "/a"), attempt(source + "/below/a"))
kernel.attach_tree(kernel.clone_tree_read_only(source), target)
print(attempt(target + "/b"), attempt(target + "/below/b"))
print(os.statvfs(target).f_flag & 7, os.statvfs(target + "/below").f_flag & 7)
""", str(tmp_path))
    assert done.stdout.split() == ["written", "written", "EROFS", "EROFS", "7", "7"], done.stderr


def test_a_worker_that_kept_a_capability_does_not_start() -> None:
    """A kernel that says yes and keeps them: nothing of the learner may run then."""
    done = run("""
kernel.drop_capabilities = lambda: None
if os.fork() == 0:
    sandbox.lock_down({"layers": ["capabilities"]})
    print("started", flush=True)
    os._exit(0)
print(os.waitstatus_to_exitcode(os.wait()[1]))
""")
    assert done.stdout.split() == ["8"], done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="others have a keyring of their own only")
def test_a_worker_has_no_key_of_the_operators() -> None:
    """Asked without the filter, which refuses the call as well."""
    done = run("""
import ctypes
libc = ctypes.CDLL(None)
number = kernel._NUMBERS[os.uname().machine]
def find():
    return libc.syscall(number["keyctl"], 10, -3, b"user", b"canary", 0) > 0
kernel.new_session_keyring()
add = {"x86_64": 248, "aarch64": 217}[os.uname().machine]
assert libc.syscall(add, b"user", b"canary", b"secret", 6, -3) > 0
print(find())
sandbox.lock_down({"layers": ["keyring"]})
print(find())
""")
    assert done.stdout.split() == ["True", "False"], done.stderr
