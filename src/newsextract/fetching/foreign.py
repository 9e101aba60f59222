"""Exceptions of httpx and the layers below it, told as ours."""

import contextlib
import ssl
from collections.abc import Iterator

import h2.exceptions
import httpx

from newsextract.errors import (
    ConnectionFailed,
    FetchError,
    MalformedResponse,
    TimedOut,
    TlsFailed,
    TruncatedBody,
)

__all__ = ["translated_body", "translated_head"]
