"""Runs a command where one package index on loopback is all that can be reached.

    python -m tests.one_index FOLDER LOG COMMAND…    pages and files of FOLDER; LOG gets requests
    python -m tests.one_index silent LOG COMMAND…    connections are taken and never answered

The command runs in a network namespace of its own; where none is to be had, behind a proxy that
is not there. PORT in the file that PIP_CONFIG_FILE names, and in variables, becomes the index's.
"""

import http.server
import os
import socket
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

DEAD = "http://127.0.0.1:9"  # nobody listens on "discard"


def enclose() -> dict[str, str]:
    """Leave the network, and return the variables that close what is still open."""
    if sys.platform == "linux":
        from graders.judge import kernel

        uid, gid = os.geteuid(), os.getegid()
        try:
            kernel.unshare(kernel.NEWNET if uid == 0 else kernel.NEWUSER | kernel.NEWNET)
            if uid:
                kernel.map_self(uid, gid)
            kernel.loopback_up()
        except OSError as error:
            sys.stderr.write(f"one_index: {error}; proxies that are not there instead\n")
        else:
            return {}
    return dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), DEAD) | {
        "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}


def serve(folder: str, log: Path) -> int:
    """Serve the folder, or silence, from a thread; return the port."""
    if folder == "silent":
        taking = socket.create_server(("127.0.0.1", 0), backlog=64)
        held: list[socket.socket] = []

        def take() -> None:
            while True:
                held.append(taking.accept()[0])
                with log.open("a") as file:
                    file.write("taken\n")

        threading.Thread(target=take, daemon=True).start()
        return int(taking.getsockname()[1])

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *said: object) -> None:
            with log.open("a") as file:
                file.write(f"{self.path}\n")

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main(folder: str, log: str, *command: str) -> int:
    closed = enclose()
    port = str(serve(folder, Path(log)))
    config = Path(os.environ["PIP_CONFIG_FILE"])
    config.write_text(config.read_text().replace("PORT", port))
    env = {name: value.replace(":PORT/", f":{port}/") for name, value in os.environ.items()}
    return subprocess.run(command, env=env | closed, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
