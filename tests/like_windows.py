"""Makes an interpreter on Linux poor like one on Windows: what is missing there is missing here.

Put into a folder as `sitecustomize.py`, it is what every Python started with that folder on its
path runs first. It does not turn Linux into Windows: paths, handles, encodings and signals stay
Linux's. What it finds is our own use of what exists on one kind of system only.
"""

import functools
import importlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time

# The standard library and what we install decide at import what they use; let them see Linux.
EARLY = ("asyncio ctypes importlib.metadata multiprocessing queue selectors tempfile threading "
         "uuid psutil pytest rich.console rich.table click click_didyoumean")
if "graders.judge.portable_worker" in sys.orig_argv:
    EARLY = "selectors tempfile threading"  # more would count as the submission's memory
for _name in EARLY.split():
    importlib.import_module(_name)
sysconfig.get_config_vars()

MODULES = ("fcntl", "resource", "termios", "tty", "pty", "pwd", "grp", "syslog", "crypt", "spwd")
NAMES = {
    os: ("fork forkpty register_at_fork setsid setpgid getpgid killpg geteuid getegid getuid "
         "getgid getgroups setgroups setuid setgid setresuid setresgid wait "
         "wait3 wait4 waitid pidfd_open "
         "memfd_create eventfd pipe2 mkfifo chown fchown lchown getpriority setpriority nice "
         "sched_getaffinity sched_setaffinity sysconf uname statvfs fstatvfs getloadavg "
         "posix_spawn pread pwrite preadv pwritev sendfile splice copy_file_range "
         "O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_PATH O_SYNC setns unshare openpty "
         "posix_fallocate posix_fadvise lockf readv writev fchdir chroot getresuid getresgid"),
    select: "poll epoll",
    signal: ("SIGKILL SIGALRM SIGPROF SIGVTALRM SIGPIPE SIGXFSZ SIGXCPU SIGHUP SIGQUIT SIGSTOP "
             "SIGCONT SIGCHLD SIGUSR1 SIGUSR2 setitimer getitimer alarm pause pthread_sigmask "
             "pthread_kill sigwait sigpending siginterrupt ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL"),
    socket: "AF_UNIX SOCK_SEQPACKET SO_PASSCRED SO_REUSEPORT send_fds recv_fds CMSG_SPACE CMSG_LEN",
    time: "clock_gettime clock_gettime_ns clock_settime CLOCK_MONOTONIC CLOCK_PROCESS_CPUTIME_ID "
          "CLOCK_THREAD_CPUTIME_ID pthread_getcpuclockid tzset",
}
# Windows has pairs of sockets, over TCP; without AF_UNIX the default of Linux's is refused.
socket.socketpair = functools.partial(socket.socketpair, socket.AF_UNIX)
for _name in MODULES:
    sys.modules[_name] = None
for _module, _names in NAMES.items():
    for _name in _names.split():
        if hasattr(_module, _name):
            delattr(_module, _name)
shutil._use_fd_functions = shutil._USE_CP_SENDFILE = False
subprocess.Popen.kill = lambda self: self.send_signal(9)  # its own, POSIX's, asks for the name
for _able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
    _able.clear()
sys.platform = "win32"
