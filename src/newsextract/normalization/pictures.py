"""The picture that stands for a story, and the pictures and videos in it, with whole addresses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import unquote

from newsextract.extraction.addresses import whole_address
from newsextract.extraction.names import name_words
from newsextract.records import Candidate, Image, Video

__all__ = ["choose_picture", "whole_pictures", "whole_videos"]

_STAND_INS = frozenset(
    "logo logos placeholder default fallback noimage blank dummy avatar gravatar favicon icon "
    "spacer pixel sprite ogimage".split()
)
# A folder that is called so holds nothing else.
_FOLDERS_OF_STAND_INS = frozenset(
    "avatar avatars blavatar favicon favicons gravatar icons logo logos placeholder "
    "placeholders".split()
)
# A file name of so few words that has one of these says nothing else.
_FEW_WORDS = 3
# As wide as the pictures that sites offer to networks; only a larger one is worth another address.
_WIDE = 1200
_IDENT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SIZE = re.compile(
    r"(?:^|[-_.@])(?:\d{2,4}x\d{2,4}|[wh]\d{2,4}|\d{2,4}[wh]|[sl]\d{3,4}[a-z]?|scaled|large|"
    r"medium|small|thumb(?:nail)?)(?=$|[-_.@])"
)
_SHORT_NAME = 8


def choose_picture(
    ranked: Sequence[Candidate], images: Sequence[Image], base: str
) -> tuple[str, Candidate] | None:
    """Return the address of the best picture and what it was taken from.

    The candidates come best first. What is named as a logo or a stand-in, or stands in a folder
    of these, is not believed. Of two versions, that of the story is taken where it is known to be
    large, else the stated one.
    """
    for position, candidate in enumerate(ranked):
        address = whole_address(candidate.value, base)
        if address is None or _stands_in(address):
            continue
        key = picture_key(address)
        shown = [image for image in images if image.width > _WIDE and picture_key(image.url) == key]
        if shown:
            return max(shown, key=lambda image: image.width).url, candidate
        if candidate.source.startswith("dom:"):
            for other in ranked[position + 1 :]:
                stated = whole_address(other.value, base)
                if stated is not None and picture_key(stated) == key:
                    return stated, other
        return address, candidate
    return None


def whole_pictures(images: Iterable[Image], base: str) -> tuple[Image, ...]:
    """Return the pictures of a story with whole addresses, the largest version of each."""
    best: dict[str, Image] = {}
    for image in images:
        address = whole_address(image.url, base)
        if address is None:
            continue
        key = picture_key(address)
        known = best.get(key)
        if known is None:
            best[key] = image if address == image.url else replace(image, url=address)
            continue
        larger = replace(image, url=address) if image.width > known.width else known
        best[key] = replace(
            larger,
            caption=known.caption or image.caption,
            credit=known.credit or image.credit,
            alt=known.alt or image.alt,
        )
    return tuple(best.values())


def whole_videos(videos: Iterable[Video], base: str) -> tuple[Video, ...]:
    """Return the videos of a story with whole addresses."""
    best: dict[str, Video] = {}
    for video in videos:
        address = whole_address(video.url, base)
        if address is not None:
            best.setdefault(address, replace(video, url=address))
    return tuple(best.values())


def picture_key(url: str) -> str:
    """Return what is the same in the addresses of all versions of a picture."""
    if (inner := max(url.rfind("http"), url.rfind("%2Fhttp"))) > 0:
        # Services that resize pictures have the address of the original in their own.
        url = unquote(url[inner:])
    path, _, query = url.lower().partition("?")
    if ident := _IDENT.search(path):
        return ident[0]
    folder, _, name = path.rstrip("/").rpartition("/")
    stem = _SIZE.sub("", name.rpartition(".")[0] or name)
    if len(stem) >= _SHORT_NAME:
        return stem
    # `1.jpg` may be a picture of any story.
    return f"{folder}/{stem}" + (f"?{query}" if not stem or "." not in name else "")


def _stands_in(address: str) -> bool:
    # That of the original is the last in that of a service that resizes pictures.
    *folders, file = address.partition("?")[0].rpartition("://")[2].split("/")
    stem, _, ending = file[:200].rpartition(".")
    names = name_words(stem or ending)
    return (
        (len(names) <= _FEW_WORDS and not _STAND_INS.isdisjoint(names))
        or not _FOLDERS_OF_STAND_INS.isdisjoint([folder.lower() for folder in folders[1:]])
        or (ending.lower() == "ico" and stem != "")
    )
