"""The videos of the story: stated in JSON-LD or OpenGraph, or shown by a player in the text."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from newsextract.extraction.blocks import Medium, Survey
from newsextract.extraction.jsonld import JsonObject
from newsextract.extraction.names import name_words
from newsextract.extraction.story_media import Placed
from newsextract.extraction.text import clean_line
from newsextract.records import Candidate, Video

__all__ = ["videos_of"]

# Address, title (or nothing), source and score.
_Stated: TypeAlias = tuple[str, str, str, float]

_MOST_VIDEOS = 20
# A page that states more than this is a list of other stories' videos.
_MOST_LOOSE = 3
_METAS = frozenset(("og:video", "og:video:url", "og:video:secure_url"))
_PLAYER_NAMES = frozenset("video videos player players embed embedded vod tv".split())
_OTHER_FRAMES = frozenset(
    "map maps audio podcast podcasts track tracks episode spotify soundcloud form forms survey "
    "poll quiz chart charts graphic graphics post posts tweet comments newsletter ad ads doc docs "
    "pdf "
    "signup subscribe".split()
)
_WATCH = {
    "amp-youtube": "https://www.youtube.com/watch?v=",
    "lite-youtube": "https://www.youtube.com/watch?v=",
    "amp-vimeo": "https://vimeo.com/",
    "lite-vimeo": "https://vimeo.com/",
    "amp-dailymotion": "https://www.dailymotion.com/video/",
}
# A lower frame plays sound, or is a button.
_LOWEST_PLAYER = 150
_SOURCES = ("src", "data-src", "data-lazy-src", "data-url")


def videos_of(
    found: Survey, objects: list[JsonObject], article: JsonObject, placed: Iterable[Placed]
) -> dict[Video, Candidate]:
    """Return the videos of a story, each once, with what says so; addresses as on the page."""
    videos: dict[str, Candidate] = {}
    titles: dict[str, str] = {}
    for address, title, source, score in (
        *_from_jsonld(objects, article),
        *_from_metas(found),
        *_from_players(placed),
    ):
        candidate = Candidate(field="videos", value=address, source=source, score=score)
        videos.setdefault(address, candidate)
        titles[address] = titles.get(address) or clean_line(title)
        if len(videos) >= _MOST_VIDEOS:
            break
    return {
        Video(url=address, title=titles[address] or None): candidate
        for address, candidate in videos.items()
    }


def _from_jsonld(objects: list[JsonObject], article: JsonObject) -> Iterator[_Stated]:
    stated: Any = article.get("video")
    own = stated if isinstance(stated, list) else [stated]
    things = [thing for thing in own if isinstance(thing, dict)]
    if not things:
        things = [thing for thing in objects if thing.get("@type") == "VideoObject"]
        if len(things) > _MOST_LOOSE:
            return
    for thing in things:
        for key in ("contentUrl", "embedUrl"):
            address, name = thing.get(key), thing.get("name")
            if isinstance(address, str) and address.strip():
                title = name if isinstance(name, str) else ""
                yield address.strip(), title, f"jsonld:VideoObject.{key}", 0.8
                break


def _from_metas(found: Survey) -> Iterator[_Stated]:
    for name, content in found.metas:
        if name in _METAS:
            yield content.strip(), "", f"meta:{name}", 0.7
            return


def _from_players(placed: Iterable[Placed]) -> Iterator[_Stated]:
    for place in placed:
        medium = place.medium
        attributes = medium.node.attributes
        address = ""
        if medium.tag in _WATCH:
            ident = attributes.get("data-videoid") or attributes.get("videoid")
            address = _WATCH[medium.tag] + ident if ident else ""
        elif medium.tag in ("video", "amp-video"):
            address = _film(medium)
        elif medium.tag in ("iframe", "amp-iframe"):
            address = next((own for key in _SOURCES if (own := attributes.get(key))), "")
            if not _is_player(address, attributes):
                continue
        if address and not address.startswith(("data:", "blob:", "about:", "javascript:")):
            yield address.strip(), attributes.get("title") or "", f"dom:{medium.tag}", 0.75


def _film(medium: Medium) -> str:
    """Return the address in a `<video>` or, where it has none, in its first `<source>`."""
    attributes = medium.node.attributes
    address = attributes.get("src") or attributes.get("data-src") or ""
    child = medium.node.first_child
    for _ in range(10):
        if address or child is None:
            break
        if child.tag == "source":
            address = child.attributes.get("src") or child.attributes.get("data-src") or ""
        child = child.next
    return address


def _is_player(address: str, attributes: dict[str, str | None]) -> bool:
    """Tell a video's player from other frames by what it is allowed and called, on any host."""
    names = name_words(address.partition("?")[0][:300])
    if not _OTHER_FRAMES.isdisjoint(names) or "/@" in address:
        return False
    height = attributes.get("height") or ""
    if height.isdecimal() and int(height[:5]) < _LOWEST_PLAYER:
        return False
    if not _PLAYER_NAMES.isdisjoint(names):
        return True
    # Without such a name, only what has to start by itself and fill the screen.
    return "allowfullscreen" in attributes and "autoplay" in (attributes.get("allow") or "")
