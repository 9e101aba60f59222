"""Servers on the loopback interface that send whatever a test wants, rules of HTTP or not."""

import asyncio
import contextlib
import socket
import socketserver
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypercorn.asyncio
import hypercorn.config
import trustme

Handler = Callable[["Exchange"], None]


@dataclass(frozen=True)
class Request:
    """A request as the server read it; header names are lower-case."""

    path: str
    headers: dict[str, str]


@dataclass
class Exchange:
    """One request to answer, and the connection to answer on."""

    request: Request
    connection: socket.socket
    keep_open: bool = False

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def answer(
        self,
        body: bytes = b"",
        *,
        status: str = "200 OK",
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send a well-formed answer, with the length of its body."""
        fields = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        fields |= headers or {}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        self.send(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)
        self.keep_open = True


@dataclass
class Site:
    """A plain HTTP/1.1 server: paths are registered, requests are recorded."""

    port: int
    requests: list[Request] = field(default_factory=list)
    handlers: dict[str, Handler] = field(default_factory=dict)
    connections: list[socket.socket] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def handle(self, path: str, handler: Handler) -> str:
        """Let the handler answer requests for the path, and return its address."""
        self.handlers[path] = handler
        return self.url(path)

    def page(
        self,
        path: str,
        body: bytes = b"",
        *,
        status: str = "200 OK",
        headers: dict[str, str] | None = None,
    ) -> str:
        """Answer requests for the path with a well-formed page; an empty header is left out."""
        return self.handle(
            path, lambda exchange: exchange.answer(body, status=status, headers=headers)
        )

    def raw(self, path: str, answer: bytes) -> str:
        """Answer requests for the path with exactly these bytes, then close the connection."""
        return self.handle(path, lambda exchange: exchange.send(answer))

    def redirect(self, path: str, location: str, status: str = "302 Found") -> str:
        return self.raw(
            path,
            f"HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode(),
        )


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 128
    site: Site


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        self.server.site.connections.append(self.connection)
        # A client that leaves in the middle is what many of the tests are about.
        with contextlib.suppress(ConnectionError):
            while self._answer_one():
                pass

    def finish(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().finish()

    def _answer_one(self) -> bool:
        line = self.rfile.readline().decode("ascii")
        if not line:
            return False
        headers = {}
        while field_line := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            name, _, value = field_line.partition(":")
            headers[name.lower()] = value.strip()
        request = Request(line.split()[1], headers)
        self.server.site.requests.append(request)
        exchange = Exchange(request, self.connection)
        handler = self.server.site.handlers.get(request.path)
        if handler is None:
            exchange.answer(b"no such page", status="404 Not Found")
        else:
            handler(exchange)
        return exchange.keep_open


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    """Run a `Site` on a free port of the loopback interface."""
    with _Server(("127.0.0.1", 0), _Connection) as server:
        server.site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
        thread.start()
        try:
            yield server.site
        finally:
            server.shutdown()
            thread.join()
            for connection in server.site.connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


def chunked(*parts: bytes) -> bytes:
    """Return the parts in the chunked transfer coding, whole."""
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))


@dataclass(frozen=True)
class SecureSite:
    """An HTTPS server; `authority` is the file of the authority that vouches for it."""

    port: int
    authority: str

    def url(self, path: str = "/") -> str:
        return f"https://localhost:{self.port}{path}"


App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def pages_app(pages: dict[str, bytes]) -> App:
    """Return an ASGI application that serves these pages and tells the HTTP version."""

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise NotImplementedError
        body = pages.get(scope["path"])
        headers = [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"x-http-version", scope["http_version"].encode()),
        ]
        status = 404 if body is None else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body or b""})

    return app


@contextlib.contextmanager
def running_secure_site(app: App, folder: Path, *, name: str = "localhost") -> Iterator[SecureSite]:
    """Run an ASGI application over TLS, with HTTP/2, under a certificate for `name`."""
    authority = trustme.CA()
    certificate = authority.issue_cert(name)
    authority_file, certificate_file, key_file = (
        folder / f"{part}.pem" for part in ("authority", "certificate", "key")
    )
    authority.cert_pem.write_to_path(str(authority_file))
    certificate.cert_chain_pems[0].write_to_path(str(certificate_file))
    certificate.private_key_pem.write_to_path(str(key_file))

    listener = socket.create_server(("127.0.0.1", 0))
    config = hypercorn.config.Config()
    port = listener.getsockname()[1]
    config.bind = [f"fd://{listener.detach()}"]
    config.certfile, config.keyfile = str(certificate_file), str(key_file)
    config.errorlog = None
    config.graceful_timeout = 0.1
    config.shutdown_timeout = 0.5

    stop = threading.Event()
    ready = threading.Event()

    async def stopped() -> None:
        ready.set()
        while not stop.is_set():
            await asyncio.sleep(0.02)

    thread = threading.Thread(
        target=lambda: asyncio.run(
            hypercorn.asyncio.serve(app, config, shutdown_trigger=stopped)  # type: ignore[arg-type]
        )
    )
    thread.start()
    try:
        ready.wait(5)
        yield SecureSite(port, str(authority_file))
    finally:
        stop.set()
        thread.join()
