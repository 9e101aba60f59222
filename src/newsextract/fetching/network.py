"""Connections that go only where they may.

A host name is looked up here, the addresses that it has are checked, and one of those very
addresses is connected to: what the name says a moment later does not matter (DNS rebinding).
TLS, redirects and connections kept open rest on this, so none of them gets around it.
"""

import asyncio
import socket
import ssl
import threading
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextvars import ContextVar
from typing import Any, TypeAlias

from newsextract.errors import MalformedResponse, PrivateAddress
from newsextract.fetching.addresses import origin_of
from newsextract.fetching.guard import is_numeric, kind_of_private
from newsextract.fetching.library import httpcore, httpx
from newsextract.fetching.pools import Lease, Pools
from newsextract.options import Options

__all__ = ["Network", "Resolver", "look_up"]

# A host and a port to its numeric addresses, best first; raises OSError for a name without any.
Resolver: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

_KEPT_OPEN, _KEPT_SECONDS = 100, 30.0
_MOST_ADDRESSES = 6
_GONE = (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError)
# Whether this task has opened a connection for its request; httpcore does not tell.
_is_new_connection: ContextVar[bool] = ContextVar("is_new_connection", default=False)


async def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host as the system's resolver knows them."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[Sequence[str]] = loop.create_future()

    def settle(addresses: Sequence[str], error: BaseException | None) -> None:
        if found.done():
            return
        if error is None:
            found.set_result(addresses)
        else:
            found.set_exception(error)

    def ask() -> None:
        addresses: list[str] = []
        failed: BaseException | None = None
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(answer[4][0]) for answer in answers]
        except (OSError, UnicodeError) as error:
            failed = error
        # The loop is closed by now where nobody waits any longer.
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, addresses, failed)

    # The resolver cannot be interrupted: pools of threads, the loop's own among them, would wait
    # for it at exit, and a few dead name servers would hold up all other look-ups.
    threading.Thread(target=ask, name="newsextract-look-up", daemon=True).start()
    return await found


class _GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to public addresses, or to any where that is allowed."""

    def __init__(self, resolve: Resolver, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to one of the host's addresses, trying each in its share of the time."""
        _is_new_connection.set(True)
        deadline = None if timeout is None else time.monotonic() + timeout
        addresses = await self._addresses(host, port, timeout)
        failed: Exception | None = None
        for tried, address in enumerate(addresses):
            left = None if deadline is None else deadline - time.monotonic()
            share = None if left is None else max(0.001, left / (len(addresses) - tried))
            try:
                return _Stream(
                    await self._sockets.connect_tcp(
                        address, port, share, local_address, socket_options
                    )
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = failed or error
        raise failed or httpcore.ConnectError(f"{host} has no address")

    async def _addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        found = await self._looked_up(host, port, timeout)
        kinds = {address: kind_of_private(address) for address in found}
        allowed = [address for address in found if self._allow_private or kinds[address] is None]
        if found and not allowed:
            raise _refused(host, found[0], kinds[found[0]])
        return allowed[:_MOST_ADDRESSES]

    async def _looked_up(self, host: str, port: int, timeout: float | None) -> list[str]:
        if is_numeric(host):
            return [host]
        try:
            async with asyncio.timeout(timeout):
                return list(dict.fromkeys(await self._resolve(host, port)))
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not looked up in time") from error
        except OSError as error:
            # As an argument too: httpcore's pool takes causes off.
            raise httpcore.ConnectError(error) from error

    async def sleep(self, seconds: float) -> None:
        """Wait, for httpcore."""
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is closed when its TLS handshake is given up."""

    # httpcore 1.0 closes it after an exception, but not when the task is cancelled.

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self.read, self.write = stream.read, stream.write  # type: ignore[method-assign]
        self.aclose = stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection under TLS."""
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise


def _refused(host: str, address: str, kind: str | None) -> PrivateAddress:
    where = host if host == address else f"{host} leads to {address}, which"
    return PrivateAddress(
        f"{where} is {kind}, and only addresses of the public internet are connected to; if you "
        "mean to reach your own network, give --allow-private or Options(allow_private=True)",
        detail=address,
    )


class Network(httpx.AsyncBaseTransport):
    """Sends requests over guarded connections, directly or through a proxy.

    Errors are those of httpcore, or ours. Making one raises `OSError` for trusted certificates
    that cannot be read, `ValueError` or `ImportError` for a proxy that cannot be used.
    """

    def __init__(self, options: Options, resolve: Resolver) -> None:
        self._tls = httpx.create_ssl_context(verify=options.verify_tls)
        self._options = options
        self._direct = _GuardedBackend(resolve, allow_private=options.allow_private)
        # Whoever names a proxy means that very host.
        self._to_proxy = _GuardedBackend(resolve, allow_private=True)
        self._proxies = _proxies_of(options)
        for address in self._proxies.values():
            self._new_pool(address)
        self._pools = Pools(_KEPT_OPEN)

    def uses_proxy(self, url: httpx.URL) -> bool:
        """Tell whether a proxy makes the connection, so that its far end is not checked here."""
        return self._proxy_for(url) is not None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return the head of its answer; the body comes as it is read."""
        proxy = self._proxy_for(request.url)
        lease = await self._pools.lease(origin_of(request.url), lambda: self._new_pool(proxy))
        try:
            answer = await self._answer(lease.pool, request)
        except BaseException:
            lease.release()
            raise
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_WatchedBody(answer, lease),
            extensions=answer.extensions,
        )

    async def _answer(
        self, pool: httpcore.AsyncConnectionPool, request: httpx.Request
    ) -> httpcore.Response:
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        _is_new_connection.set(False)
        try:
            return await pool.handle_async_request(sent)
        except _GONE:
            if _is_new_connection.get():
                raise
            # A server may close a connection that was kept open just when it is used again, and
            # who asks for a page may ask again at once (RFC 9112, 9.3.1).
            return await pool.handle_async_request(sent)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pools.aclose()

    def _proxy_for(self, url: httpx.URL) -> str | None:
        if not self._proxies:
            return None
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        is_explicit = self._options.proxy is not None
        return proxy if is_explicit or not urllib.request.proxy_bypass(url.host) else None

    def _new_pool(self, proxy_address: str | None) -> httpcore.AsyncConnectionPool:
        settings: dict[str, Any] = {
            "ssl_context": self._tls,
            "http2": True,
            # How many are open at once is for the fetcher to say.
            "max_connections": None,
            "keepalive_expiry": _KEPT_SECONDS,
        }
        if proxy_address is None:
            return httpcore.AsyncConnectionPool(network_backend=self._direct, **settings)
        proxy = httpx.Proxy(proxy_address)
        settings |= {
            "network_backend": self._to_proxy,
            "proxy_url": str(proxy.url),
            "proxy_auth": proxy.raw_auth,
        }
        if proxy.url.scheme.startswith("socks"):
            return httpcore.AsyncSOCKSProxy(**settings)
        return httpcore.AsyncHTTPProxy(proxy_headers=proxy.headers.raw, **settings)


def _proxies_of(options: Options) -> dict[str, str]:
    """Return the proxies by scheme, from the options, else from the environment."""
    if options.proxy is not None:
        return {"all": options.proxy}
    found = urllib.request.getproxies()
    return {
        scheme: address if "://" in address else f"http://{address}"
        for scheme in ("http", "https", "all")
        if (address := found.get(scheme))
    }


class _WatchedBody(httpx.AsyncByteStream):
    """The body of an answer, after which nothing more may come on an HTTP/1.1 connection."""

    def __init__(self, answer: httpcore.Response, lease: Lease) -> None:
        self._answer = answer
        self._lease = lease

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk
        surplus = _surplus(self._answer.stream)
        if surplus:
            # httpcore would read it as the answer to the next request.
            await self._answer.extensions["network_stream"].aclose()
        # Some old servers end a page with an empty line that they do not count.
        if surplus.strip():
            raise MalformedResponse(
                "the answer goes on after the length that it announced, so it is not certain what "
                "belongs to the page; the site is at fault, so try again later",
                detail=f"{len(surplus)} bytes too many",
            )

    async def aclose(self) -> None:
        try:
            await self._answer.aclose()
        finally:
            self._lease.release()


def _surplus(body: object) -> bytes:
    """Return what came after the end of an HTTP/1.1 answer."""
    # Neither httpcore 1.0 nor httpx tells; h11 keeps it for the next answer.
    connection = getattr(getattr(body, "_stream", None), "_connection", None)
    state = getattr(connection, "_h11_state", None)
    return bytes(state.trailing_data[0]) if state is not None else b""
