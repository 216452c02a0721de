"""The worker of the portable engine: its own interpreter, reached over loopback with a token."""

from __future__ import annotations

import importlib
import json
import os
import socket
import sys
from typing import cast

from graders.judge import sandbox, worker
from graders.judge.parent import end_with_parent


def main() -> None:
    """Read the options from standard input, lock down as far as this platform can, serve."""
    told = json.loads(sys.stdin.readline())
    end_with_parent(told["parent"])
    options = cast(sandbox.Options, told["options"])
    options["filter"] = bytes.fromhex(told["filter"])
    channel = socket.create_connection(("127.0.0.1", told["port"]))
    channel.sendall(bytes.fromhex(told["token"]))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.chdir(f"{options['box']}/work")  # so that a suite sees what is left in the current folder
    for name in options["libraries"]:
        # What it imports if it finds it must be found, or Landlock's refusal would be no
        # ImportError: redis looks for cryptography.
        importlib.import_module(name)
    worker.preload()
    sandbox.prepare(options)
    sandbox.lock_down(options)
    channel.sendall(b"!")
    worker.serve(channel, f"{options['box']}/work")
    os._exit(0)


if __name__ == "__main__":
    main()
