"""The fetch stage: an address in, a `Page` out; it knows HTTP, not HTML."""

from newsextract.fetching.client import AsyncFetcher, Fetcher

__all__ = ["AsyncFetcher", "Fetcher"]
