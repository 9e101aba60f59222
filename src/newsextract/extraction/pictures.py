"""The pictures of the story: address, caption, credit and size."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from newsextract.extraction.blocks import TextBlock
from newsextract.extraction.captions import split_caption
from newsextract.extraction.dom import Node, parse
from newsextract.extraction.names import name_words
from newsextract.extraction.story_media import Placed
from newsextract.extraction.text import clean_line, letters_only
from newsextract.records import Candidate, Image

__all__ = ["lead_candidates", "pictures_of"]

Attributes = Mapping[str, str | None]

_MOST_PICTURES = 100
_TAGS = frozenset(("img", "amp-img", "noscript"))
# No attribute of an honest picture is longer, and what is longer is not worth reading.
_LONGEST_ATTRIBUTE = 20_000
# Icons, buttons and tracking pictures are smaller, in CSS pixels, if they say how large they are.
_SMALLEST, _SMALLEST_LEAD, _LARGEST_PORTRAIT = 80, 200, 400
# The two attributes may also be the ratio of the sides, 16 to 9.
_LARGEST_RATIO, _LARGEST_TRACKER = 16, 3
_NO_PICTURES = frozenset(
    "logo logos icon icons favicon avatar avatars gravatar emoji smiley smilies sprite spacer "
    "pixel tracking tracker spinner badge button loader banner".split()
)
_EMPTY = frozenset("placeholder blank spacer transparent loading lazy lazyload dummy".split())
_LAZY = re.compile(r"data-(?:[a-z-]*src|original|hi-?res|orig-file|large-file|image|url|full)")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#:/])", re.IGNORECASE)
_NO_ADDRESS = ("data:", "blob:", "about:", "javascript:")
_LONGEST_ADDRESS = 4_000
_NUMBER = re.compile(r"(\d{1,5})(?:\.\d+)?(?:px)?")
_LEVELS_TO_LINK = 4
_MOST_LINES, _LONGEST_BARE_CAPTION = 3, 500
# What has more lines around its picture is no frame, and each picture in it would look at all.
_MOST_FRAMED = 100
# The figure above the text is surer than what is stated for networks, which may be another cut or
# the section's; a picture without a caption may be anybody's portrait.
_LEAD_SCORE, _BARE_SCORE, _FIRST_SCORE = 0.85, 0.5, 0.3


def pictures_of(placed: Iterable[Placed], authors: Collection[str]) -> list[tuple[Image, Placed]]:
    """Return the pictures among the media of a story, each once, addresses as the page has them.

    `authors` are the letters of the writers' names, by which their portraits are known.
    """
    found: dict[str, tuple[Image, Placed]] = {}
    for place in placed:
        if place.medium.tag not in _TAGS:
            continue
        for image in _images_at(place):
            if not place.is_figure and _is_portrait(image, authors):
                continue
            known = found.get(image.url)
            if known is None:
                found[image.url] = (image, place)
            elif not known[0].caption and image.caption:
                found[image.url] = (
                    replace(known[0], caption=image.caption, credit=image.credit),
                    known[1],
                )
        if len(found) >= _MOST_PICTURES:
            break
    return list(found.values())


def lead_candidates(pictures: Sequence[tuple[Image, Placed]]) -> list[Candidate]:
    """Return candidates for the pictures and for the one that stands for the story.

    That is the one that opens it, or failing that the first in it.
    """
    candidates = [
        Candidate(field="images", value=image.url, source=_source(place), score=0.8)
        for image, place in pictures[:1]
    ]
    for image, place in pictures:
        if (image.width or _SMALLEST_LEAD) >= _SMALLEST_LEAD:
            is_sure = place.is_figure or image.caption is not None
            score = (_LEAD_SCORE if is_sure else _BARE_SCORE) if place.leads else _FIRST_SCORE
            candidates.append(
                Candidate(field="image", value=image.url, source=_source(place), score=score)
            )
            break
    return candidates


def _source(place: Placed) -> str:
    return "dom:figure" if place.is_figure else "dom:img"


def _images_at(place: Placed) -> Iterator[Image]:
    medium = place.medium
    if medium.tag == "noscript":
        if _has_picture_before(medium.node):
            return
        nodes = _in_noscript(medium.node)
    else:
        nodes = [medium.node]
    caption, credit = split_caption(_caption_lines(place), place.frame)
    for node in nodes:
        image = _image(node, in_frame=place.is_figure or caption is not None)
        if image is None or (caption is None and not place.is_figure and _leads_elsewhere(node)):
            continue
        caption_of_it = None if caption == image.alt and not place.is_figure else caption
        yield replace(image, caption=caption_of_it, credit=credit)


def _is_portrait(image: Image, authors: Collection[str]) -> bool:
    """Tell whether this is a writer's portrait: named after one, or small, square and nameless."""
    if image.caption:
        return False
    named = letters_only(image.alt or "")
    return any(author in named for author in authors) or (
        0 < image.width == image.height <= _LARGEST_PORTRAIT
    )


def _caption_lines(place: Placed) -> list[TextBlock]:
    """Return the lines that the page calls a caption; if it calls none so, those that may be one.

    In a figure these are all its lines. Elsewhere they are few and short, and below the first
    paragraph: above it stand bylines and dates as well.
    """
    lines = place.lines[:_MOST_FRAMED]
    lines = [line for line in lines if not line.container.hidden and line.letters]
    called = [line for line in lines if _is_called_caption(line)]
    if called or place.frame is None:
        return called
    lines = [line for line in lines if line.link_density < 1 and line.kind == "paragraph"]
    if place.is_figure:
        return lines
    length = sum([len(line.text) for line in lines])
    is_caption = not place.leads and len(lines) <= _MOST_LINES and length <= _LONGEST_BARE_CAPTION
    return [line for line in lines if is_caption and line.container.reason is None]


def _is_called_caption(line: TextBlock) -> bool:
    return line.label == "caption" or any(
        above.reason == "caption" for above in line.container.ancestors(4)
    )


def _image(node: Node, *, in_frame: bool) -> Image | None:
    attributes = node.attributes
    width, height = _number(attributes.get("width")), _number(attributes.get("height"))
    if 0 < max(width, height) < _SMALLEST:
        if not _LARGEST_RATIO >= max(width, height) > _LARGEST_TRACKER:
            return None
        width = height = 0
    url, stated = _best_address(node, attributes)
    if not url:
        return None
    if not in_frame and _is_no_picture(attributes, url):
        return None
    alt = clean_line(attributes.get("alt") or "")
    url = url.replace(" ", "%20")
    if stated:
        width, height = stated, round(stated * height / width) if width else 0
    return Image(url=url, alt=alt or None, width=width, height=height)


def _is_no_picture(attributes: Attributes, url: str) -> bool:
    names = name_words(f"{attributes.get('class') or ''} {url.rsplit('/', 1)[-1][:200]}")
    return not _NO_PICTURES.isdisjoint(names) or url.partition("?")[0].endswith(".svg")


def _best_address(node: Node, attributes: Attributes) -> tuple[str, int]:
    """Return the address of the largest version and, where that is stated, its width."""
    offered = [version for own in _srcsets(node, attributes) for version in _versions(own)]
    offered.sort(key=itemgetter(1), reverse=True)
    best, best_width = next((own for own in offered if _is_address(own[0])), ("", 0))
    lazy = [
        value.strip()
        for name, value in attributes.items()
        if name[:5] == "data-" and value and _LAZY.fullmatch(name) and "srcset" not in name
    ]
    plain = next((address for address in lazy if _is_address(address)), "")
    source = (attributes.get("src") or "").strip()
    if not plain and _is_address(source):
        plain = source
    if best and (best_width > 10 or not plain):
        return best, best_width if best_width > 10 else 0
    if plain:
        return plain, 0
    following = node.next
    if following is None and (parent := node.parent) is not None and parent.tag in ("picture", "a"):
        following = parent.next
    for _ in range(2):
        if following is not None and following.tag == "noscript":
            twins = _in_noscript(following)
            return _best_address(twins[0], twins[0].attributes) if twins else ("", 0)
        following = following.next if following is not None else None
    return "", 0


def _srcsets(node: Node, attributes: Attributes) -> Iterator[str]:
    parent = node.parent
    for name in ("srcset", "data-srcset", "data-lazy-srcset"):
        if value := attributes.get(name):
            yield value
    if parent is not None and parent.tag == "picture":
        child = parent.first_child
        for _ in range(30):
            if child is None:
                break
            if child.tag == "source":
                source = child.attributes
                if value := source.get("srcset") or source.get("data-srcset"):
                    yield value
            child = child.next


def _versions(srcset: str) -> Iterator[tuple[str, int]]:
    """Yield address and width of each version.

    A density (`2x`) counts as so many pixels, enough to compare by.
    https://html.spec.whatwg.org/multipage/images.html#srcset-attributes
    """
    address = ""
    for token in srcset[:_LONGEST_ATTRIBUTE].split():
        if not address:
            address = token.rstrip(",")
            if token[-1] == ",":
                yield address, 0
                address = ""
            continue
        size, _, glued = token.partition(",")
        number = size[:-1][:8]
        if number.isdecimal():
            yield address, int(number)
        else:
            yield address, int(float(number)) if number.replace(".", "", 1).isdecimal() else 0
        address = glued
    if address:
        yield address, 0


def _is_address(value: str) -> bool:
    if not 0 < len(value) <= _LONGEST_ADDRESS or "{" in value or "<" in value:
        return False
    if value.startswith(_NO_ADDRESS) or not ("/" in value or "." in value):
        return False
    name = value.partition("?")[0].rpartition("/")[2][:200].lower()
    if not any(map(name.__contains__, _EMPTY)):
        return True
    names = name_words(name)
    return _EMPTY.isdisjoint(names) or (len(names) > 4 and not name.endswith(".gif"))


def _in_noscript(node: Node) -> list[Node]:
    """Return the pictures in a `<noscript>`, which is text to a parser with scripting."""
    text = node.text(deep=True) or ""
    if "<img" not in text or len(text) > _LONGEST_ATTRIBUTE:
        return []
    return parse(text).css("img")[:4]


def _has_picture_before(noscript: Node) -> bool:
    """Tell whether this is the twin of the picture beside it, which has been read already."""
    previous = noscript.prev
    for _ in range(2):
        if previous is not None and previous.tag in ("img", "picture", "amp-img", "a"):
            return True
        previous = previous.prev if previous is not None else None
    return False


def _leads_elsewhere(node: Node) -> bool:
    """Tell whether a picture is a link to something else than a larger version of it."""
    for _ in range(_LEVELS_TO_LINK):
        parent = node.parent
        if parent is None:
            return False
        node = parent
        if node.tag == "a":
            href = node.attributes.get("href") or ""
            return bool(href) and not href.startswith("#") and not _PICTURE_FILE.search(href)
    return False


def _number(value: str | None) -> int:
    match = _NUMBER.fullmatch(value.strip()) if value else None
    return int(match[1]) if match else 0
