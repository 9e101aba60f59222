"""Exceptions of httpx and the layers below it, told as ours."""

import contextlib
import socket
import sqlite3
import ssl
from collections.abc import Iterator

import h2.exceptions
import h11

from newsextract.errors import (
    CacheFailed,
    ConnectionFailed,
    FetchError,
    MalformedResponse,
    TimedOut,
    TlsFailed,
    TruncatedBody,
)
from newsextract.fetching.addresses import misleading_redirect
from newsextract.fetching.library import httpcore, httpx

__all__ = ["translated_body", "translated_head", "translated_setup"]

_NETWORK = (
    httpx.HTTPError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    h2.exceptions.H2Error,
    OSError,
)


@contextlib.contextmanager
def translated_setup() -> Iterator[None]:
    """Translate what goes wrong when trusted certificates and proxies are set up."""
    try:
        yield
    except OSError as error:
        raise TlsFailed(
            "The trusted certificates cannot be read; check the file or folder that the "
            "environment variables SSL_CERT_FILE and SSL_CERT_DIR name.",
            detail=str(error),
        ) from error
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        raise ConnectionFailed(
            "The proxy named in the environment cannot be used; check the variables "
            "HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.",
            detail=str(error),
        ) from error


@contextlib.contextmanager
def translated_head() -> Iterator[None]:
    """Translate what goes wrong until the head of an answer is there."""
    try:
        yield
    # httpx 0.28 builds the request that would follow a redirect even when told not to follow.
    except httpx.InvalidURL as error:
        raise misleading_redirect("names a malformed address", str(error)) from error
    # httpcore 1.0 lets a ValueError out for an HTTP/2 status that is not a number.
    except (*_NETWORK, ValueError) as error:
        raise _common(error) or _head_failure(error) from error
    except sqlite3.Error as error:
        raise _cache_failure(error) from error


@contextlib.contextmanager
def translated_body() -> Iterator[None]:
    """Translate what goes wrong while the body of an answer is read."""
    try:
        yield
    except _NETWORK as error:
        raise _common(error) or _body_failure(error) from error
    except sqlite3.Error as error:
        raise _cache_failure(error) from error


def _common(error: Exception) -> FetchError | None:
    if isinstance(error, httpcore.ConnectTimeout):
        return TimedOut(
            "no connection was made in time; check the address and the network connection, "
            "or raise connect_timeout",
            detail=str(error) or None,
        )
    if isinstance(error, httpcore.TimeoutException | TimeoutError):
        return TimedOut(
            "no whole answer came in time; try again later, or raise timeout",
            detail=str(error) or None,
        )
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return TlsFailed(
                f"the server's certificate is not accepted ({cause.verify_message}), so the page "
                "may come from somebody else; if the site uses an authority of its own, name "
                "its certificate in the environment variable SSL_CERT_FILE",
                detail=str(cause),
            )
        # An end of the connection shows as SSLEOFError too, and says nothing about TLS.
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
            return TlsFailed(
                "no secure connection could be agreed on with the server; check that the "
                "address and its port are meant for https",
                detail=str(cause),
            )
        if isinstance(cause, h11.RemoteProtocolError) and not _is_early_end(cause):
            return _malformed(cause)
        if isinstance(cause, h2.exceptions.InvalidBodyLengthError):
            return _cut(cause) if _is_too_short(cause) else _malformed(cause)
    return None


def _head_failure(error: Exception) -> FetchError:
    if any(isinstance(cause, socket.gaierror) for cause in _causes(error)):
        return ConnectionFailed(
            "the host name was not found; check its spelling and the network connection",
            detail=str(error),
        )
    if isinstance(error, httpcore.ProxyError):
        return ConnectionFailed(
            "the proxy did not let the request through; check the variables HTTP_PROXY, "
            "HTTPS_PROXY and NO_PROXY",
            detail=str(error),
        )
    # What httpx finds wrong with a Location.
    if isinstance(error, httpx.RemoteProtocolError):
        return misleading_redirect("names a malformed address", str(error))
    if isinstance(error, httpcore.LocalProtocolError | ValueError) or _is_http2_breach(error):
        return _malformed(error)
    return ConnectionFailed(
        "the connection was refused, or closed before an answer came; check the address and "
        "the network connection, or try again later",
        detail=str(error) or type(error).__name__,
    )


def _body_failure(error: Exception) -> FetchError:
    if _is_http2_breach(error):
        return _malformed(error)
    return _cut(error)


def _cache_failure(error: sqlite3.Error) -> CacheFailed:
    return CacheFailed(
        "the cache on disk cannot be read or written; delete its folder or name another, and see "
        "whether the disk is full",
        detail=str(error),
    )


def _cut(error: Exception) -> TruncatedBody:
    return TruncatedBody(
        "the answer ended before it was whole; try again later",
        detail=str(error) or type(error).__name__,
    )


def _malformed(error: Exception) -> MalformedResponse:
    return MalformedResponse(
        "the answer breaks the rules of HTTP; check that a web server listens at this address "
        "and port",
        detail=str(error),
    )


def _is_early_end(error: h11.RemoteProtocolError) -> bool:
    # h11 0.16 has one exception for everything; this is how it words a body cut short.
    return str(error).startswith("peer closed connection")


def _is_too_short(error: h2.exceptions.InvalidBodyLengthError) -> bool:
    return error.actual_length < error.expected_length


def _is_http2_breach(error: Exception) -> bool:
    return any(isinstance(cause, h2.exceptions.H2Error) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    # Not the __context__, which reaches into an except block that the caller may be in; where
    # httpcore gives no cause, it wraps the exception as an argument.
    current: object = error
    while isinstance(current, BaseException):
        yield current
        current = current.__cause__ or next(iter(current.args), None)
