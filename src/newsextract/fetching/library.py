"""The HTTP library: everything else in this folder has its names from here.

httpx gets no more releases; one of the same shape, such as its fork httpx2, takes its place in
this file (and in `caching`, which asks hishel for the adapter of that name).
"""

import httpcore
import httpx

__all__ = ["httpcore", "httpx"]
