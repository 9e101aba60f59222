"""What kind of page it is: an article, a listing, a forum, a product, documentation, or another.

A multinomial logistic regression over numbers that the extraction has at hand anyway: what the
blocks are on average (all of them, by their length, and those that the rules keep), how often the
page repeats itself, what its structured data, its element names and its address call it. Each
number is asked whether it exceeds some limits, and each word of those names is known or not; the
weights of both are made by `training/kinds.py`. What the model of the body makes of a page is left
out on purpose: it has
learned from articles alone, so it would tell what it has seen, not what a page is.
"""

import functools
import re
import string
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from importlib.resources import files
from operator import attrgetter
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from newsextract.errors import ForumPage, ListingPage, NotAnArticle, OtherPage, ProductPage
from newsextract.extraction.blocks import Survey
from newsextract.extraction.context import Context
from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.model import Rows
from newsextract.records import Candidate, Image, PageKind, Video

__all__ = [
    "NUMBER_NAMES", "WORD_GROUPS", "JudgedKind", "KindWeights", "PageWords", "check_kind",
    "kind_told_by_media", "may_be_article", "page_facts", "shipped_kinds",
]  # fmt: skip

Numbers = NDArray[np.float64]
PageWords = tuple[Set[str], ...]
# Where words are from: names of elements, those of the page as a whole, its address, what its meta
# elements are called and what two of them say, types and marks of structured data.
WORD_GROUPS = ("name", "page", "address", "meta", "software", "type", "mark")

# What a block's number is averaged over: all blocks, characters of text, characters that the
# rules keep.
_POOLS = ("blocks", "text", "kept")
_POOLED = (
    "length", "running_text", "link_density", "strong", "heading", "list_item", "quote", "table",
    "code", "ends_sentence", "copies", "names_site", "names_author", "is_headline", "from_headline",
    "depth", "to_headline", "articles", "article_kind", "cards", "card_blocks", "item_row",
    "in:sidebar", "in:subscribe", "in:dialog", "in:byline", "in:caption", "in:main",
    "in:states_body", "share:0", "links:0", "paragraphs:0", "linked_headings:0", "row:0", "size:0",
    "title_words:0", "make_share", "make_count", "make_rank", "make_kept", "path_count",
    "path_parents", "path_parents_share", "path_grandparents", "path_share", "path_length",
    "rule:kept", "rule:teasers", "rule:articles", "rule:region", "rule:boxes", "kept_length",
)  # fmt: skip
_POOLED_ROWS = np.array([FEATURE_NAMES.index(name) for name in _POOLED], np.intp)
_LENGTH, _KEPT, _PROSE, _HEADING, _LINKED = map(
    FEATURE_NAMES.index, ("length", "rule:kept", "running_text", "heading", "link_density")
)
_MOSTLY_LINK = 0.8
# With no more a page has nothing around its text, and what usually tells is missing.
_FEW_LINKS = 2
_COUNTS = (
    "blocks", "characters", "prose", "kept", "kept_blocks", "kept_share", "longest", "containers",
    "anchors", "anchors_per_block", "media", "media_per_block", "passed_over", "times", "bylines",
    "controls", "headings", "linked_headings", "paragraphs", "prose_per_heading", "currency",
    "currency_rate", "questions_rate", "headline_at", "headline_level", "bare",
    "stated:date", "stated:authors", "stated:section", "stated:tags", "stated:breadcrumbs",
)  # fmt: skip
_STATED: tuple[str, ...] = ("date", "authors", "section", "tags", "breadcrumbs")

# What software for forums, shops, documentation and archives writes into the addresses of its
# pages and the names of its elements: phpBB, vBulletin, XenForo, Discourse, Stack Exchange;
# WooCommerce, Shopify, Magento; Sphinx, MediaWiki, Docusaurus; WordPress.
_ADDRESS_WORDS = {
    "forum": "forum forums thread threads topic viewtopic showthread discussion discussions board "
    "boards community questions question comments bbs discuss answers t r d",
    "product": "product products shop store item itm dp p buy sku listing",
    "listing": "category categories tag tags topics author archive archives search section "
    "collection collections browse c index page list all",
    "documentation": "docs doc documentation manual wiki reference api guide guides tutorial man "
    "help developer developers learn kb html latest",
    "article": "news article articles story stories blog posts post magazine recipe recipes",
    "other": "services service about pricing solutions contact company features software",
}
_NAME_WORDS = {
    "forum": "forum thread topic reply replies message quote avatar postbody upvote downvote votes "
    "answer answercell question discussion poster participants likes",
    "comments": "comment comments commentlist disqus",
    "product": "product price cart sku addtocart buy shipping stock variant quantity rating",
    "listing": "card cards teaser grid list loop archive category pagination pager results tile "
    "listing feed river stream",
    "documentation": "toc docs doc document documentation highlight codehilite code api sphinx "
    "mw docusaurus markdown copy",
    "article": "article story entry single byline headline dateline standfirst lede",
    "other": "hero cta feature features testimonial testimonials pricing faq banner logos form",
}
_TYPES = {
    "article": "Article NewsArticle ReportageNewsArticle OpinionNewsArticle AnalysisNewsArticle "
    "BlogPosting LiveBlogPosting Report Review Recipe ScholarlyArticle",
    "techarticle": "TechArticle APIReference HowTo",
    "listing": "ItemList CollectionPage Blog SearchResultsPage ProfilePage",
    "forum": "QAPage DiscussionForumPosting Question Answer Comment",
    "product": "Product Offer AggregateOffer ProductGroup IndividualProduct",
    "rating": "AggregateRating Rating",
    "organisation": "Organization LocalBusiness Service SoftwareApplication WebApplication",
    "faq": "FAQPage",
    "site": "WebSite SearchAction",
    "page": "WebPage",
    "course": "Course",
    "crumbs": "BreadcrumbList",
}
_PROPERTIES = {
    "product": "price priceCurrency offers sku brand availability",
    "forum": "upvoteCount answerCount suggestedAnswer acceptedAnswer commentCount comment",
    "text": "text",
    "article": "headline datePublished author",
}
_OG_TYPES = ("article", "website", "product", "video", "profile")
_ADDRESS_COUNTS = (
    "depth", "last_length", "hyphens", "most_hyphens", "digits", "longest_number", "query",
    "extension", "ends_in_slash", "is_known",
)  # fmt: skip


def _concepts(words: Mapping[str, str]) -> dict[str, int]:
    return {word: at for at, named in enumerate(words.values()) for word in named.split()}


_BY_ADDRESS, _BY_NAME = _concepts(_ADDRESS_WORDS), _concepts(_NAME_WORDS)
_BY_TYPE, _BY_PROPERTY = _concepts(_TYPES), _concepts(_PROPERTIES)
_PARTS = ("host", "folder", "file")
NUMBER_NAMES: tuple[str, ...] = (
    *(f"{pool}:{name}" for pool in _POOLS for name in _POOLED),
    *_COUNTS,
    *(f"type:{name}" for name in _TYPES),
    *(f"property:{name}" for name in _PROPERTIES),
    *(f"og:{name}" for name in _OG_TYPES),
    *(f"name:{name}" for name in _NAME_WORDS),
    *(f"page:{name}" for name in _NAME_WORDS),
    *(f"address:{name}" for name in _ADDRESS_COUNTS),
    *(f"{part}:{name}" for part in _PARTS for name in _ADDRESS_WORDS),
)

_WORD = re.compile(r"[a-z]+")
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+")
_SMALL_LETTERS = bytes(byte if chr(byte) in string.ascii_lowercase else 32 for byte in range(256))
_NUMBER = re.compile(r"\d+")
_SOFTWARE = frozenset(("generator", "og:type", "og:site_name"))
_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#]*)([^?#]*)(\??)", re.IGNORECASE)
_CURRENCIES = "$€£¥₹₽₩"
_QUESTION_MARKS = "?？؟"
_MUCH_TEXT, _LONGEST_NAME = 30_000, 200

# A page is refused only where it is hardly an article: to lose one is worse than to keep a page
# that is none, which its record tells.
_HARDLY = 0.03
_STORIES: frozenset[PageKind] = frozenset(("article", "live", "gallery", "video"))
_MANY_PICTURES, _LITTLE_TEXT, _SHORT_TEXT = 6, 120, 400


class JudgedKind(NamedTuple):
    """What a page is taken for, how likely that is, and how likely it is an article."""

    kind: PageKind
    probability: float
    article: float


class KindWeights(NamedTuple):
    """The kinds, the limits that numbers are held against, and what each answer adds to a kind.

    `columns` and `limits` have a place for each question: does that number exceed that limit?
    `weights` has a row for each question and a column for each kind, `bias` a place for each.
    `words` tells for each of `WORD_GROUPS` which row of `word_weights` a word has.
    """

    kinds: tuple[PageKind, ...]
    columns: NDArray[np.intp]
    limits: Numbers
    weights: Numbers
    bias: Numbers
    words: tuple[Mapping[str, int], ...]
    word_weights: Numbers

    def probabilities(self, numbers: Numbers, words: PageWords) -> Numbers:
        """Return for each kind how likely a page with these numbers and words is of it."""
        sums = self.bias + (numbers[self.columns] > self.limits) @ self.weights
        rows = [
            known[word]
            for known, own in zip(self.words, words, strict=True)
            for word in known.keys() & own
        ]
        # In order, since the sum of the same numbers depends on theirs.
        sums += self.word_weights.take(sorted(rows), axis=0).sum(axis=0)
        odds: Numbers = np.exp(sums - sums.max())
        odds /= odds.sum()
        return odds

    def judge(self, numbers: Numbers, words: PageWords) -> JudgedKind:
        """Return what a page with these numbers and words is taken for.

        It is an article where that is likelier than all else together, else the likeliest other.
        """
        chances = self.probabilities(numbers, words).tolist()
        article = self.kinds.index("article")
        likeliest = max(range(len(chances)), key=lambda at: (at != article, chances[at]))
        best = article if chances[article] >= 0.5 else likeliest
        return JudgedKind(self.kinds[best], round(chances[best], 3), chances[article])


@functools.cache
def shipped_kinds() -> KindWeights:
    """Return the weights that come with the package; they are read once and never changed."""
    data = msgspec.json.decode(
        files("newsextract.extraction").joinpath("page_kinds.json").read_bytes()
    )
    questions, words = data["questions"], data["words"]
    places = {name: place for place, name in enumerate(NUMBER_NAMES)}
    groups: tuple[dict[str, int], ...] = tuple({} for _ in WORD_GROUPS)
    for row, (group, word, _) in enumerate(words):
        groups[WORD_GROUPS.index(group)][word] = row
    return KindWeights(
        kinds=tuple(data["kinds"]),
        columns=np.array([places[name] for name, *_ in questions], np.intp),
        limits=np.array([limit for _, limit, _ in questions]),
        weights=np.array([weights for *_, weights in questions]),
        bias=np.array(data["bias"]),
        words=groups,
        word_weights=np.array([weights for *_, weights in words]),
    )


def page_facts(
    found: Survey,
    rows: Rows,
    context: Context,
    types: Mapping[str, int],
    candidates: Sequence[Candidate],
    address: str,
) -> tuple[Numbers, PageWords]:
    """Return what is told of a page: numbers, which `NUMBER_NAMES` names, and words.

    `types` are those of its structured data, with how many things there are of each.
    """
    of_names = Counter(_words_in(set(map(attrgetter("name"), found.containers))))
    of_page = set(_words_in([container.name for container in found.containers[:3]]))
    parts = (
        _pooled(rows),
        list(_counts(found, rows, context, candidates)),
        _stated(found, types),
        _named(of_names, of_page),
        _addressed(address),
    )
    match = _ADDRESS.match(address)
    told = [content for name, content in found.metas if name in _SOFTWARE]
    words = (
        # Shorter ones are what is left of names that a program has made up.
        {word for word in of_names if len(word) > 2},
        {word for word in of_page if len(word) > 2},
        set(_WORD.findall(match[0].lower()) if match else ()),
        {name for name, _ in found.metas},
        set(_WORD.findall(" ".join(told).lower())),
        types.keys(),
        {marked.mark for marked in found.marked},
    )
    return np.concatenate(parts), words


def _pooled(rows: Rows) -> Numbers:
    count = rows.shape[1]
    if not count:
        return np.full(len(_POOLS) * len(_POOLED), -1.0)
    lengths = np.expm1(rows[_LENGTH])
    shares = np.empty((count, len(_POOLS)), np.float32)
    shares[:, 0] = 1.0
    shares[:, 1] = lengths
    shares[:, 2] = lengths * (rows[_KEPT] > 0)
    shares /= np.maximum(1.0, shares.sum(axis=0))
    pooled: Numbers = (rows.take(_POOLED_ROWS, axis=0) @ shares).T.ravel().astype(float)
    return pooled


def _counts(
    found: Survey, rows: Rows, context: Context, candidates: Sequence[Candidate]
) -> Iterator[float]:
    count = len(found.blocks)
    some = max(1, count)
    lengths = np.expm1(rows[_LENGTH]) if count else np.zeros(1)
    kept = lengths * (rows[_KEPT] > 0) if count else np.zeros(1)
    headings = rows[_HEADING] > 0
    kept_length = float(kept.sum())
    length, prose = float(lengths.sum()), float(np.expm1(rows[_PROSE]).sum()) if count else 0.0
    text = "".join([block.text for block in found.blocks])[:_MUCH_TEXT]
    prices = _count(text, _CURRENCIES)
    marks = Counter([marked.mark.partition(":")[0] for marked in found.marked])
    fields = {own.field for own in candidates}
    headline = context.headline
    yield count
    yield length
    yield prose
    yield kept_length
    yield float(np.count_nonzero(kept))
    yield kept_length / max(1.0, length)
    yield float(lengths.max())
    yield len(found.containers)
    yield len(found.anchors)
    yield len(found.anchors) / some
    yield len(found.media)
    yield len(found.media) / some
    yield len(found.passed_over)
    yield marks["time"]
    yield marks["byline"]
    controls = sum([container.has_controls for container in found.containers])
    yield controls
    heading_count = int(headings.sum())
    yield heading_count
    yield int((headings & (rows[_LINKED] > _MOSTLY_LINK)).sum())
    yield int((rows[_PROSE] > 0).sum())
    yield prose / max(1, heading_count)
    yield prices
    yield 1_000 * prices / max(1, len(text))
    yield 1_000 * _count(text, _QUESTION_MARKS) / max(1, len(text))
    yield headline.index / some if headline else -1.0
    yield headline.level if headline else -1.0
    yield not controls and len(found.anchors) <= _FEW_LINKS and len(found.passed_over) <= 1
    for field in _STATED:
        yield field in fields


def _count(text: str, marks: str) -> int:
    # To look whether there is one takes a tenth of the time that counting does.
    return sum([text.count(mark) for mark in marks if mark in text])


def _stated(found: Survey, types: Mapping[str, int]) -> list[float]:
    """Count what structured data calls the page and what is on it."""
    marks = {marked.mark for marked in found.marked if marked.mark.startswith("itemprop:")}
    properties = dict.fromkeys([mark.removeprefix("itemprop:") for mark in marks], 1)
    kinds = [content.lower() for name, content in found.metas if name == "og:type"]
    return [
        *_tally(types, _BY_TYPE, len(_TYPES)),
        *_tally(properties, _BY_PROPERTY, len(_PROPERTIES)),
        *[any(name in kind for kind in kinds) for name in _OG_TYPES],
    ]


def _named(of_names: Mapping[str, int], of_page: Set[str]) -> list[float]:
    """Count the words in the names of elements, and tell those of the page and the headline."""
    own = set(map(_BY_NAME.get, of_page))
    counts = _tally(of_names, _BY_NAME, len(_NAME_WORDS))
    return [*counts, *[at in own for at in range(len(_NAME_WORDS))]]


def _words_in(names: Collection[str]) -> list[str]:
    # Of a name without end no more than its beginning counts.
    names = [name[:_LONGEST_NAME] for name in names]
    small = "\n".join([name for name in names if name == name.lower()])
    other = "\n".join([name for name in names if name != name.lower()])
    # Bytes are translated in a tenth of the time that the pattern takes.
    words = small.encode("utf-8", "replace").translate(_SMALL_LETTERS).decode("ascii").split()
    return words + list(map(str.lower, _NAME_WORD.findall(other)))


def _tally(words: Mapping[str, int], known: Mapping[str, int], size: int) -> list[float]:
    """Return how many words there are of each concept that they are known to stand for."""
    counts = [0.0] * size
    for word in known.keys() & words.keys():
        counts[known[word]] += words[word]
    return counts


def _addressed(address: str) -> list[float]:
    # urlsplit fails on addresses that pages really have.
    match = _ADDRESS.match(address)
    if match is None:
        return [-1.0] * (len(_ADDRESS_COUNTS) - 1) + [0.0] * (1 + len(_PARTS) * len(_ADDRESS_WORDS))
    host, path, query = match[1].lower(), match[2].lower(), match[3]
    *folders, last = [segment for segment in path.split("/") if segment] or [""]
    hyphens = [segment.count("-") + segment.count("_") for segment in (*folders, last)]
    words = [
        {_BY_ADDRESS.get(word) for word in _WORD.findall(text)}
        for text in (host.rpartition(".")[0], "/".join(folders), last)
    ]
    return [
        len(folders) + bool(last),
        len(last),
        hyphens[-1],
        max(hyphens),
        sum(map(str.isdigit, path)),
        max(map(len, _NUMBER.findall(path)), default=0),
        bool(query),
        "." in last,
        path.endswith("/"),
        1.0,
        *[at in own for own in words for at in range(len(_ADDRESS_WORDS))],
    ]


def kind_told_by_media(
    judged: JudgedKind,
    prose: int,
    images: Sequence[Image],
    videos: Sequence[Video],
    *,
    is_live: bool,
) -> JudgedKind:
    """Tell the stories that are no running text: of entries, of pictures, of a video."""
    told: PageKind | None = None
    if is_live:
        told = "live"
    elif judged.kind != "article":
        return judged
    elif len(images) >= _MANY_PICTURES and prose < _LITTLE_TEXT * len(images):
        told = "gallery"
    elif videos and prose < _SHORT_TEXT:
        told = "video"
    return JudgedKind(told, judged.probability, 1.0) if told else judged


def may_be_article(judged: JudgedKind) -> bool:
    """Tell whether a page passes where an article is required."""
    return judged.kind in _STORIES or judged.article >= _HARDLY


def check_kind(judged: JudgedKind, url: str | None) -> None:
    """Raise the `NotAnArticle` that says what a page is where it is hardly an article."""
    if may_be_article(judged):
        return
    error, what = _REFUSED.get(judged.kind, (OtherPage, "a page that tells no story"))
    raise error(
        f"The page is {what}, not an article; give the address of the article itself, or leave "
        "out require_article to take what there is.",
        url=url,
        detail=f"{judged.kind} {judged.probability:.2f}",
    )


_REFUSED: dict[PageKind, tuple[type[NotAnArticle], str]] = {
    "listing": (ListingPage, "a front page, a section or another list"),
    "forum": (ForumPage, "a thread of a forum or questions and answers"),
    "product": (ProductPage, "an offer of a product"),
    "documentation": (OtherPage, "documentation"),
}
