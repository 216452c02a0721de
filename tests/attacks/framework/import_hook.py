"""Puts itself first on sys.meta_path and sys.path_hooks, and answers for every module."""

# verdicts: WRONG_ANSWER

import sys


class Finder:
    def find_spec(self, name, path=None, target=None):
        raise SystemExit(0)


sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: Finder())
sys.path.insert(0, "/box/work")
