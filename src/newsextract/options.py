"""Everything a caller may tune, in one frozen object."""

from dataclasses import dataclass

__all__ = ["Options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of a fetch and an extraction; the defaults suit one page in a terminal.

    Times are seconds, sizes bytes. `timeout` bounds each attempt as a whole, redirects
    included; `attempts` is how often a request that may succeed later is tried in all.
    `max_bytes` bounds the body, packed and unpacked. `second_opinion` lets
    trafilatura answer where our own reading of a page is doubtful. `join_parts` lets `scrape`,
    `ascrape` and the command line read the other pages of a story that its site cuts into several.
    """

    timeout: float = 30.0
    connect_timeout: float = 10.0
    attempts: int = 3
    max_retry_wait: float = 30.0
    max_redirects: int = 10
    max_bytes: int = 5_000_000
    user_agent: str | None = None
    second_opinion: bool = True
    join_parts: bool = True
