"""Who judges: an ordinary user, or root, who becomes nobody before a learner's byte runs."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

NOBODY = 65534


def is_root() -> bool:
    """Whether we are root and may become nobody.

    Root of a container that maps no other user (`unshare -r`, rootless engines without subordinate
    ids) may not: there we do as an ordinary user does, and the worker is the same user as we are.
    """
    return os.geteuid() == 0 and _nobody_is_mapped()


@lru_cache  # what is forked from us, and namespaces made below us, map what we do
def _nobody_is_mapped() -> bool:
    def maps(name: str) -> bool:
        with open(f"/proc/self/{name}") as lines:
            spans = [[int(number) for number in line.split()] for line in lines]
        return any(first <= NOBODY < first + count for first, _, count in spans)

    return maps("uid_map") and maps("gid_map")


def drop(kernel: Any) -> None:
    """Become nobody for good; keep the process inspectable by its own user namespace."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.prctl("dumpable", 1)  # the change of uid cleared it, and the maps would be unwritable
