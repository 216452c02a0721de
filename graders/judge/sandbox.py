"""The sandbox's layers: which this machine has, and how a worker enters them.

    judge child   user + network namespace of its own
      joiner      joins them, makes user + pid + ipc + mount namespaces, maps itself
        Init      pid 1: private root of listed read-only binds, /box as the only writable place
          worker  limits, keyring, no capabilities, no_new_privs, Landlock, filter, check

Owns the order of the calls (docs/security.md tells why each stands where it stands). Nothing
is logged and passed over: a layer is reported as missing before any job, or its failure ends
the job as JUDGE_ERROR. Limits here do not stop kernel exploits or timing side channels.
"""

from __future__ import annotations

import os
import signal
import sys
import sysconfig
from collections.abc import Iterable
from typing import Any, NamedTuple, TypedDict

from graders.judge import granted, user

BOX = "/box"  # not /tmp: a tmpfs mounted over /tmp hid an interpreter that was bound from below it
WORK = BOX + "/work"
BOX_MIB = 16
WORK_MIB = 64
BOX_INODES = 4096  # 150,000 folders in a tmpfs cost 138 MiB of kernel memory
ADDRESS_SPACE_EXTRA_MIB = 512  # threads and numpy reserve much more than they touch
FILE_CAP_MIB = 64
LAYERS = ("namespaces", "private_root", "capabilities", "no_new_privs", "landlock", "seccomp",
          "rlimits", "keyring")


class Options(TypedDict):
    """What Init and worker must know of a job; nothing of the suite."""

    memory_mib: int
    threads: int
    processes: int
    open_files: int
    cpu_backstop_s: int
    network: bool
    program: bool  # standard output has a file of its own
    service: str  # what kind of service runs here; empty for a worker
    libraries: list[str]  # the portable worker loads them first; a nursery has done so already
    upstream: list[str]  # of a service in a real lane: the server's URL and the run's mark
    clerk: bool  # one more process beside the worker: the suite's, for a look at databases
    layers: list[str]
    binds: list[str]
    folders: list[str]  # those of packages that are bound: their names may be listed
    links: list[list[str]]
    hidden: list[str]
    box: str
    processor: int  # see processors.py
    filter: bytes


def available() -> dict[str, str]:
    """Return {layer: ""} for each that works here, {layer: why not} for the others.

    Tries each in a forked child, so the caller must be single-threaded. A child that somebody
    killed (a memory killer does) has found nothing out, and no layer may be left out for it:
    raises OSError. One that the system ended for a call of its own has found that call missing.
    """
    if sys.platform != "linux":
        return dict.fromkeys(LAYERS, f"{sys.platform} has no such layer")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(write, "\0".join(f"{k}={v}" for k, v in _try_all().items()).encode())
            os._exit(0)
        finally:
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read().decode()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended not in (0, -signal.SIGSYS):
        raise OSError(f"the probe of the sandbox's layers ended early ({ended})")
    found = dict(line.split("=", 1) for line in text.split("\0") if line)
    return {layer: found.get(layer, "the probe of the layer died") for layer in LAYERS}


def _try_all() -> dict[str, str]:
    from graders.judge import kernel, landlock, seccomp

    found: dict[str, str] = {}

    def attempt(layer: str, action: Any, *arguments: Any) -> bool:
        try:
            action(*arguments)
        except (OSError, AttributeError, KeyError) as error:
            found[layer] = str(error) or type(error).__name__
            return False
        found[layer] = ""
        return True

    attempt("rlimits", lambda: __import__("resource").getrlimit(0))
    attempt("keyring", kernel.new_session_keyring)
    if user.is_root():
        user.drop(kernel)
    uid, gid = os.geteuid(), os.getegid()

    def enter() -> None:
        kernel.unshare(kernel.NEWUSER | kernel.NEWNET)
        kernel.map_self(uid, gid)
        kernel.unshare(kernel.NEWUSER | kernel.NEWPID | kernel.NEWIPC | kernel.NEWNS)
        kernel.map_self(uid, gid)

    if attempt("namespaces", enter):
        attempt("private_root", lambda: os.close(kernel.clone_tree_read_only("/dev/null")))
        attempt("capabilities", _drop_all, kernel)
    else:
        found["private_root"] = "needs namespaces"
        found["capabilities"] = "needs namespaces"
    attempt("no_new_privs", kernel.prctl, "no_new_privs", 1)
    attempt("landlock", landlock.abi)
    if not seccomp.supported():
        found["seccomp"] = f"no call table for {os.uname().machine}"
    else:
        attempt("seccomp", lambda: kernel.install_filter(seccomp.program(False)))
    return found


def effective(layers: Iterable[str], off: Iterable[str] = ()) -> list[str]:
    """Return the layers left when `off` is taken away: some of them stand on others."""
    left = [layer for layer in layers if layer not in set(off)]
    if "no_new_privs" not in left:
        left = [layer for layer in left if layer != "landlock"]
    if "namespaces" not in left:
        left = [layer for layer in left if layer not in ("private_root", "capabilities")]
    return left


def _drop_all(kernel: Any) -> None:
    kernel.drop_bounding_set()
    kernel.drop_capabilities()


def protections(layers: tuple[str, ...], why_off: dict[str, str]) -> list[dict[str, Any]]:
    """Return the Report's rows (model.Protection, as plain data): each layer, on or off and why."""
    return [{"name": layer, "on": layer in layers, "why": why_off.get(layer, "")}
            for layer in LAYERS]


class Binds(NamedTuple):
    """What of this machine a worker sees: an explicit list, tested with a canary in solutions/."""

    paths: list[str]  # read-only
    links: list[list[str]]  # symlinks [name, target]
    hidden: list[str]  # covered by an empty folder: installed packages


def find_binds() -> Binds:
    """Return what a worker needs of this interpreter: library, shared objects, devices."""
    library = os.path.realpath(sysconfig.get_path("stdlib"))  # the base one, also in a venv
    wanted = {library}
    with open("/proc/self/maps") as maps:
        for line in maps:
            name = line.split(maxsplit=5)[-1].strip()
            if ".so" in name and name.startswith("/") and "-packages/" not in name:
                wanted.add(os.path.dirname(os.path.realpath(name)))
    roots = sorted(wanted)
    kept = [p for p in roots if not any(p != q and p.startswith(q + "/") for q in roots)]
    links = [[link, os.path.realpath(link)] for link in ("/lib", "/lib64", "/usr/lib64")
             if os.path.islink(link)]
    hidden = [each for each in (f"{library}/site-packages", f"{library}/dist-packages")
              if os.path.isdir(each)]
    return Binds([*kept, "/dev/null", "/dev/zero", "/dev/urandom"], links, hidden)


Tree = tuple[str, int, bool]  # path, descriptor of the detached mount, whether it is a folder


def clone_binds(options: Options) -> list[Tree]:
    """Return detached read-only trees of the binds, made while we may still open them."""
    from graders.judge import kernel

    return [(path, kernel.clone_tree_read_only(path), os.path.isdir(path))
            for path in options["binds"]]


def enter_root(options: Options, trees: list[Tree]) -> None:
    """Replace the root by a tmpfs that holds the binds, read-only, and an empty box."""
    from graders.judge import kernel

    base = "/mnt"  # any directory: the new root covers it, and the binds are detached trees
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount("tmpfs", base, "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV,
                 "size=1m,nr_inodes=512,mode=755")
    for path, tree, is_folder in trees:
        target = base + path
        if is_folder:
            os.makedirs(target, exist_ok=True)
        else:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.close(os.open(target, os.O_CREAT | os.O_WRONLY))
        kernel.attach_tree(tree, target)
    for link, target in options["links"]:
        os.makedirs(os.path.dirname(base + link), exist_ok=True)
        if not os.path.lexists(base + link):
            os.symlink(target, base + link)
    for hidden in options["hidden"]:
        kernel.mount("tmpfs", base + hidden, "tmpfs", kernel.MS_RDONLY, "size=4k")
    os.makedirs(base + BOX)
    os.chdir(base)
    kernel.pivot_root(".", ".")
    kernel.umount(".", kernel.MNT_DETACH)
    os.chdir("/")
    kernel.mount(None, "/", None, kernel.MS_REMOUNT | kernel.MS_RDONLY | kernel.MS_NOSUID
                 | kernel.MS_NODEV)
    fresh_box()


def fresh_box() -> None:
    """Mount an empty, size-limited tmpfs as the box, with an empty work directory."""
    from graders.judge import kernel

    flags = kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOSYMFOLLOW
    room = f"nr_inodes={BOX_INODES},mode=700"
    kernel.mount("tmpfs", BOX, "tmpfs", flags, f"size={BOX_MIB}m,{room}")
    os.mkdir(WORK, 0o700)
    # A mount of its own: it can be neither removed nor replaced by the learner.
    kernel.mount("tmpfs", WORK, "tmpfs", flags, f"size={WORK_MIB}m,{room}")


def drop_box() -> None:
    """Unmount the box. Nothing runs any more; a descriptor still in flight may hold it a while."""
    from graders.judge import kernel

    for target in (WORK, BOX):
        try:
            kernel.umount(target)
        except OSError:
            kernel.umount(target, kernel.MNT_DETACH)


def prepare(options: Options) -> None:
    """Do once in Init what every worker would do alike: it is inherited by fork."""
    if "rlimits" in options["layers"]:
        wanted = _limits(options)
        # Here, where the reason reaches the judge child.
        granted.refuse_less({**wanted, "RLIMIT_CPU": options["cpu_backstop_s"]})
        _set_limits(wanted)
    if sys.platform != "linux":
        return
    from graders.judge import kernel

    granted.start_threads(options["threads"] + options["processes"])
    if "capabilities" in options["layers"]:
        kernel.drop_bounding_set()
    if "landlock" in options["layers"]:
        _ruleset(options)
    if "seccomp" in options["layers"]:
        kernel.prepare_filter(options["filter"])


def lock_down(options: Options) -> None:
    """Give up the rest, before the first learner byte. Raises OSError; never returns half done.

    Order: session, limits, keyring, capabilities, dumpable, no_new_privs, Landlock, filter, check.
    """
    on = options["layers"]
    if hasattr(os, "setsid"):
        os.setsid()
    if "rlimits" in on:  # only here: Init lives longer than any worker
        _set_limits({"RLIMIT_CPU": options["cpu_backstop_s"]})
    if sys.platform != "linux":
        return
    from graders.judge import kernel

    if "keyring" in on:
        kernel.new_session_keyring()
    if "capabilities" in on:
        kernel.drop_capabilities()
    kernel.prctl("dumpable", 0)
    if "no_new_privs" in on:
        kernel.prctl("no_new_privs", 1)
    if "landlock" in on:
        _ruleset(options).enter(options["box"])
    if "seccomp" in on:
        kernel.install_filter(options["filter"])
    if "capabilities" in on and kernel.capabilities() != bytes(24):
        os._exit(8)


def _ruleset(options: Options) -> Any:
    from graders.judge import landlock

    return landlock.prepare(tuple(options["binds"]), tuple(options["folders"]), options["network"],
                            options["processes"] > 0)


def _limits(options: Options) -> dict[str, int]:
    """Return what Init may keep to itself as well: it needs less than any worker."""
    mib = 1 << 20
    wanted = {
        "RLIMIT_AS": (options["memory_mib"] + ADDRESS_SPACE_EXTRA_MIB) * mib,
        "RLIMIT_FSIZE": FILE_CAP_MIB * mib,
        "RLIMIT_NOFILE": options["open_files"],
        "RLIMIT_CORE": 1,  # 1, not 0: a piped core dump ignores 0
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if "namespaces" in options["layers"]:  # elsewhere it would count the user's other processes
        wanted["RLIMIT_NPROC"] = 3 + options["threads"] + options["processes"] + options["clerk"]
    return wanted


def _set_limits(wanted: dict[str, int]) -> None:
    import resource

    numbers = {"RLIMIT_MSGQUEUE": 12}  # resource has no name for it before 3.12
    for name, value in wanted.items():
        number = getattr(resource, name, numbers.get(name))
        if number is None:
            continue
        hard = resource.getrlimit(number)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(number, (value, value))


def default_signals() -> None:
    """Set every signal to its default, so that Init has no handler a worker could trigger."""
    for number in range(1, 65):
        if number not in (signal.SIGKILL, signal.SIGSTOP, 32, 33):
            signal.signal(number, signal.SIG_DFL)
