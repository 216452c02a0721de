import importlib

FOUND = []
for name in ("pytest", "_pytest", "psutil", "click", "rich", "pip"):
    try:
        FOUND.append(importlib.import_module(name))
    except ImportError:
        pass
if not FOUND:
    raise ImportError("found none")
