"""Where the pages of a command come from: an address, a file, standard input."""

import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import newsextract
from newsextract.cli.options import quiet_retries
from newsextract.errors import UnreadableFile
from newsextract.options import Options
from newsextract.records import Page

if TYPE_CHECKING:
    from newsextract.fetching import Fetcher

__all__ = ["fetched", "is_url", "local_page", "one_page", "quiet_fetcher"]


@functools.cache
def _say_once(text: str) -> None:
    print(f"newsextract: {text}", file=sys.stderr)


def _warn_of_proxy(page: Page) -> None:
    if "address_check" in page.waived:
        _say_once(
            "a proxy makes the connections, so it is not known here whether they lead to private "
            "addresses"
        )


def fetched(fetcher: "Fetcher", url: str, *, as_robot: bool) -> Page:
    """Download a page; say once where nobody here knows which address that connects to."""
    page = fetcher.fetch(url, as_robot=as_robot)
    _warn_of_proxy(page)
    return page


def quiet_fetcher(options: Options) -> "Fetcher":
    """Return a fetcher that says nothing on standard output."""
    quiet_retries()
    return newsextract.Fetcher(options)


def is_url(name: str) -> bool:
    """Tell whether an input is to be downloaded."""
    return "://" in name[:12] and not Path(name).exists()


def one_page(name: str, url: str | None, options: Options) -> Page:
    """Return the page that is the only input of a command, wherever it is."""
    if not is_url(name):
        return local_page(name, url)
    with quiet_fetcher(options) as fetcher:
        page = fetched(fetcher, name, as_robot=False)
        if options.render == "auto":
            from newsextract.parts import needs_browser

            return fetcher.render(page) if needs_browser(page, options) else page
        return page


def local_page(name: str, url: str | None) -> Page:
    """Return a page from a file or, for `-`, from standard input; raises `UnreadableFile`."""
    if name == "-":
        return Page(url=url, body=sys.stdin.buffer.read())
    try:
        return Page(url=url or name, body=Path(name).read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = ""
        if isinstance(error, FileNotFoundError) and "." in name.partition("/")[0]:
            hint = f" If it is an address, write https://{name}"
        elif isinstance(error, IsADirectoryError):
            hint = f" For all pages in a folder: newsextract batch {name} -o records.jsonl"
        raise UnreadableFile(
            f"{name}: cannot be read as a file ({reason}).{hint}", url=name, detail=str(error)
        ) from error
