"""Telling whether two addresses lead to the same picture, in whatever size, from whatever server.

Sites serve one picture under many addresses: cut and scaled, signed, through a proxy. Nothing is
fetched; two addresses count as the same picture where one of these holds:

- host and path are the same. Scheme, fragment, `www.` and percent-encoding do not matter. Nor
  does the query, if the path ends in a file of a picture's kind or in a name that is told apart; if
  not (`/picture?id=12&width=600`), it counts, without what says size, cut, form or signature.
- the file names are the same and are told apart, without their ending (`.jpg`) and what says the
  size at their end (`-1200x630`, `_w948`, `@2x`, `-scaled`). A file name is told apart if it has
  twelve characters, or six with a digit among them: `original.jpg` is not, `img_2031.jpg` is.
- the identifiers nearest to the end of the paths are the same: the first in the last part of a path
  that has one. It is a UUID, a number of six digits or more that is neither a date nor a time in
  seconds, twelve or more hexadecimal digits, or sixteen or more letters and digits mixed; with the
  number that a picture has among its like, if that ends the name (`…_2.jpg`).

Of an address with another one in it (`https://i.example/fit/https%3A%2F%2Fa.example%2Fb.jpg`), only
the inner one counts. Two cuts of one picture whose addresses have nothing of this in common count
as two pictures, unless the gold has both.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from measures import Verdict

_INNER = re.compile(r"https?:/{1,2}", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|jfif|bmp|tiff?|svg)(?![a-z]).*", re.DOTALL)
_SIZE = re.compile(
    r"(?:(?:^|[-_.,@~])(?:\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}(?:w|h|px)|\dx|[rq]\d{1,3}(?:\.\d{1,4})?"
    r"|fp[xy]\d{1,3}|scaled|small|medium|x?large|thumb(?:nail)?"
    # WordPress marks an edited picture with the milliseconds of the edit.
    r"|e\d{13}))+$"
)
_IDENTIFIER = re.compile(
    r"(?<![0-9a-z])(?:"
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|(?!(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-3]\d)?|1\d{9}|1\d{12})(?![0-9a-z]))\d{6,}"
    r"|(?=[a-f]*[0-9])[0-9a-f]{12,}"
    r"|(?![0-9a-z]*\dx\d)(?=[a-z]*[0-9])(?=[0-9]*[a-z])[0-9a-z]{16,}"
    r")(?![0-9a-z])(?:[-_]\d{1,2}(?=\.[a-z]+$|$))?"
)
# What image services call size, cut, form, quality and signature.
_HOW = frozenset(
    "w h q s e v t ts width height size imwidth imheight maxw maxh max-w max-h dpr fit crop "
    "cropw croph rect resize scale smart gravity fp-x fp-y aspect ratio ar auto fm format f fl "
    "fp quality compression impolicy strip sharp sig sum hash auth token signature expires "
    "version ssl".split()
)


class _Address(NamedTuple):
    """What is compared of an address; what it does not have is empty."""

    place: str
    stem: str
    identifier: str


def judge_picture(golds: Iterable[str], found: str, base: str | None = None) -> Verdict:
    """Tell whether the picture found is one of the addresses told; it may be relative to `base`."""
    if not found.strip():
        return "missing"
    own = _address(urljoin(base or "", found.strip()))
    known = map(_address, golds)
    return "right" if any(_is_same(own, gold) for gold in known) else "wrong"


def _is_same(one: _Address, other: _Address) -> bool:
    return any(mine and mine == theirs for mine, theirs in zip(one, other, strict=True))


def _address(address: str) -> _Address:
    parts = urlsplit(_inner(address))
    # Proxies encode what they are given once more.
    path = unquote(unquote(parts.path))
    name = path.rstrip("/").rpartition("/")[2].lower()
    stem = _stem(name)
    place = parts.netloc.lower().removeprefix("www.") + path
    if not stem and not _ENDING.search(name):
        query = sorted(pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _HOW)
        place = f"{place}?{query}"
    return _Address(place, stem, _identifier(path.lower()))


def _inner(address: str) -> str:
    """Return the address inside an address, or the address."""
    plain = unquote(unquote(address))
    starts = [match.start() for match in _INNER.finditer(plain)]
    if len(starts) < 2:
        return address
    inner = plain[starts[-1] :]
    return inner if "?" in inner else inner.split("&")[0]


def _identifier(path: str) -> str:
    """Return the first identifier of the last part of a path that has one, or nothing."""
    for part in reversed(path.split("/")):
        if found := _IDENTIFIER.search(part):
            return found[0]
    return ""


def _stem(name: str) -> str:
    """Return the name of a file without size and ending, or nothing if it is not told apart."""
    stem = _SIZE.sub("", _ENDING.sub("", name))
    is_told_apart = len(stem) >= 12 or (len(stem) >= 6 and any(map(str.isdigit, stem)))
    return stem if is_told_apart else ""
