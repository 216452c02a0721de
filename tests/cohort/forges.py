"""A forge on this machine: the part of four APIs that `cohort create` speaks to, with memory.

One server answers as GitHub (/api/v3), GitLab (/api/v4), Gitea (/api/v1) or Gitee (/api/v5), as
their own pages describe it, and keeps every call. Repositories are bare ones in a folder, so what
is pushed is really there. `trouble` lists answers to give before anything else, once each.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

TOKEN = "secret-of-a-forge"
PEOPLE = {"ada": 11, "bob": 12, "linus-t": 13}


@dataclass
class Trouble:
    """An answer instead of the real one: for calls that begin so."""

    call: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=lambda: {"message": "slow down"})
    after: bool = False  # the call is done all the same: its answer got lost


@dataclass
class Forge:
    """What the server knows."""

    folder: Path
    owner: str = "cs101"
    person: bool = False  # whether the owner is one, and no organisation
    members: dict[str, set[str]] = field(default_factory=dict)  # of each repository
    private: dict[str, bool] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    trouble: list[Trouble] = field(default_factory=list)
    url: str = ""
    root: str = ""  # of the API that was called last

    @property
    def writes(self) -> list[str]:
        """The calls that change something, without what they say."""
        return [each for each in self.calls if not each.startswith("GET")]

    def repository(self, name: str) -> Path:
        return self.folder / f"{name}.git"

    def facts(self, name: str) -> dict[str, Any]:
        """Return a repository as any of the four tells of it."""
        address = self.repository(name).as_uri()
        owner = {"login": self.owner, "username": self.owner, "name": self.owner, "id": 1,
                 "email": ""}
        return {"id": 100 + sorted(self.members).index(name), "name": name, "path": name,
                "full_name": f"{self.owner}/{name}", "private": self.private[name],
                "clone_url": address, "http_url_to_repo": address, "html_url": address,
                "owner": owner, "url": f"{self.root}/repos/{self.owner}/{name}"}

    def create(self, said: dict[str, Any]) -> tuple[int, Any]:
        name = said["name"]
        if name in self.members:
            return 422, {"message": "name already exists on this account"}
        self.private[name] = bool(said.get("private", said.get("visibility") == "private"))
        self.members[name] = set()
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main",
                        self.repository(name)], check=True)
        return 201, self.facts(name)

    def answer(self, method: str, path: str, said: dict[str, Any]) -> tuple[int, Any]:
        """Return status and body of a call below the API's root."""
        owner = {"login": self.owner, "username": self.owner, "name": self.owner, "id": 7,
                 "email": "",
                 "url": f"{self.root}/orgs/{self.owner}", "path": self.owner}
        found = re.fullmatch(r"/(?:repos|projects)/[^/]+?(?:/|%2F)([^/]+)(/.*)?", path)
        name, rest = (unquote(found[1]), found[2] or "") if found else ("", "")
        match method, path:
            case "GET", p if p == f"/orgs/{self.owner}" and not self.person:
                return 200, owner
            case "GET", p if p in (f"/users/{self.owner}", "/user"):
                return 200, owner
            case "GET", p if p == f"/namespaces/{self.owner}":
                return 200, owner
            case "GET", "/users":
                who = said["username"]
                return 200, [{"id": PEOPLE[who], "username": who}] if who in PEOPLE else []
            case "POST", p if p in (f"/orgs/{self.owner}/repos", "/user/repos", "/projects"):
                return self.create(said)
        if name not in self.members:
            return 404, {"message": "Not Found"}
        match method, rest:
            case "GET", "":
                return 200, self.facts(name)
            case "POST", "/protected_branches":
                if name in self.protected:
                    return 409, {"message": "Protected branch 'main' already exists"}
                self.protected.add(name)
                return 201, {"name": "main"}
            case "POST", "/members":
                who = next(k for k, v in PEOPLE.items() if v == said["user_id"])
                if who in self.members[name]:
                    return 409, {"message": "Member already exists"}
                self.members[name].add(who)
                return 201, {"id": said["user_id"]}
            case "PUT", p if p.startswith("/collaborators/"):
                self.members[name].add(p.rpartition("/")[2])
                return 204, None
        return 404, {"message": "Not Found"}


def serve(forge: Forge) -> ThreadingHTTPServer:
    """Start the server on a port of its own, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *told: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = re.sub(r"^/api/v\d", "", parts.path)
            forge.root = forge.url + parts.path.removesuffix(path)
            length = int(self.headers.get("Content-Length") or 0)
            said = json.loads(self.rfile.read(length) or b"{}")
            said |= dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
            call = f"{self.command} {path}"
            forge.calls.append(call)
            forge.tokens.add(self.headers.get("Authorization")
                             or self.headers.get("PRIVATE-TOKEN") or "")
            trouble = next((each for each in forge.trouble if call.startswith(each.call)), None)
            if trouble:
                forge.trouble.remove(trouble)
                if trouble.after:
                    forge.answer(self.command, path, said)
                self.reply(trouble.status, trouble.body, trouble.headers)
            else:
                self.reply(*forge.answer(self.command, path, said), {})

        do_POST = do_PUT = do_DELETE = do_GET

        def reply(self, status: int, body: Any, headers: dict[str, str]) -> None:
            data = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
