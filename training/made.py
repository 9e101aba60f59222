"""Pages in no language, to learn structure from where the corpus has too few pages of a kind.

The corpus has hardly a front page of a newspaper, and no forum or shop that is not in English.
Words here are drawn letters, and element names often say nothing, so that only structure is left.
"""

import random
from collections.abc import Iterator

from newsextract.records import PageKind

__all__ = ["made_pages"]

_LETTERS = ("aeiouklmnprst", "абвгдежзиклмнопрст", "αβγδεζηικλμνοπρστ", "aäoöuekklmnrsty")


class _Drawn:
    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.letters = self.draw.choice(_LETTERS)
        self.stated = self.draw.random() < 0.5
        self.named = self.draw.random() < 0.6

    def words(self, least: int, most: int) -> str:
        count = self.draw.randint(least, most)
        made = (
            "".join(self.draw.choices(self.letters, k=self.draw.randint(2, 9)))
            for _ in range(count)
        )
        return " ".join(made).capitalize()

    def prose(self, least: int, most: int) -> str:
        return " ".join(self.words(7, 20) + "." for _ in range(self.draw.randint(least, most)))

    def slug(self) -> str:
        return "-".join(
            "".join(self.draw.choices("aeklmnrst", k=5)) for _ in range(self.draw.randint(1, 6))
        )

    def box(self, inner: str, name: str = "", tag: str = "div") -> str:
        own = (
            f' class="{name if name and self.named else self.draw.choice("bdf") + self.slug()[:4]}"'
        )
        return f"<{tag}{own}>{inner}</{tag}>"

    def link(self, text: str) -> str:
        return f'<a href="/{self.slug()}">{text}</a>'

    def date(self) -> str:
        stamp = f"2026-0{self.draw.randint(1, 9)}-1{self.draw.randint(0, 9)}"
        return self.draw.choice(
            (f"<time datetime='{stamp}'>{stamp}</time>", f"<span>{stamp}</span>", "")
        )

    def stories(self, least: int, most: int) -> str:
        tag, level = (
            self.draw.choice(("article", "div", "li")),
            self.draw.choice(("h2", "h3", "h4")),
        )
        summary, inside = self.draw.random() < 0.6, self.draw.random() < 0.5
        made = ""
        for _ in range(self.draw.randint(least, most)):
            title = self.words(4, 11)
            head = (
                f"<{level}>{self.link(title)}</{level}>"
                if inside
                else self.link(f"<{level}>{title}</{level}>")
            )
            head += f"<p>{self.prose(1, 2)}</p>" if summary else ""
            made += self.box(head + self.date(), "teaser", tag)
        return made

    def whole(
        self, kind: PageKind, path: str, body: str, head: str = "", host: str = "www"
    ) -> tuple[PageKind, str, bytes]:
        menu = "".join(
            f"<li>{self.link(self.words(1, 2))}</li>" for _ in range(self.draw.randint(3, 20))
        )
        tag = self.draw.choice(("nav", "div", "ul"))
        foot = self.box(
            "".join(self.link(self.words(1, 2)) for _ in range(self.draw.randint(2, 12))),
            "foot",
            "footer",
        )
        html = f"<html><head><title>{self.words(2, 8)}</title>{head if self.stated else ''}</head><body>"
        html += f"<{tag}>{menu}</{tag}>{self.box(body, 'main', self.draw.choice(('main', 'div')))}{foot}</body></html>"
        return kind, f"https://{host}.{self.slug()[:9]}.example/{path}", html.encode()


def _front(own: _Drawn) -> tuple[PageKind, str, bytes]:
    body = own.stories(1, 6)
    for _ in range(own.draw.randint(1, 7)):
        body += own.box(f"<h2>{own.words(1, 2)}</h2>{own.stories(3, 10)}", "zone", "section")
    return own.whole("listing", "", body, '<meta property="og:type" content="website">')


def _section(own: _Drawn) -> tuple[PageKind, str, bytes]:
    path = own.draw.choice(("category/a/", "tag/b", "x/", "search?s=a", "archive/2", "k/m/"))
    return own.whole("listing", path, f"<h1>{own.words(1, 3)}</h1>{own.stories(6, 30)}")


def _thread(own: _Drawn) -> tuple[PageKind, str, bytes]:
    body = f"<h1>{own.words(3, 9)}</h1>"
    by_first = own.draw.random() < 0.7
    for _ in range(own.draw.randint(3, 25)):
        who = own.box(own.link(own.words(1, 2)) + own.date(), "poster")
        said = own.box(
            "".join(f"<p>{own.prose(1, 3)}</p>" for _ in range(own.draw.randint(1, 3))), "message"
        )
        body += own.box(
            who + said if by_first else said + who,
            "post",
            own.draw.choice(("div", "article", "li")),
        )
    number = own.draw.randint(100, 999_999)
    path = own.draw.choice(
        (
            f"threads/{own.slug()}.{number}",
            f"topic/{number}",
            f"viewtopic.php?t={number}",
            f"questions/{number}/{own.slug()}",
            f"d/{number}-{own.slug()}",
        )
    )
    head = f'<script type="application/ld+json">{{"@type":"{own.draw.choice(("QAPage", "DiscussionForumPosting"))}"}}</script>'
    return own.whole("forum", path, body, head, own.draw.choice(("forum", "www", "community")))


def _product(own: _Drawn) -> tuple[PageKind, str, bytes]:
    price = f"{own.draw.choice('€$£')} {own.draw.randint(2, 900)},{own.draw.randint(10, 99)}"
    offer = f"<h1>{own.words(2, 6)}</h1>" + own.box(price, "price", "span")
    offer += f"<form><input name=n>{own.box(own.words(1, 2), 'add-to-cart', 'button')}</form>"
    facts = "".join(f"<li>{own.words(2, 7)}</li>" for _ in range(own.draw.randint(0, 8)))
    body = own.box(offer + f"<p>{own.prose(1, 5)}</p><ul>{facts}</ul>", "product")
    if own.draw.random() < 0.6:
        body += "".join(
            own.box(own.link(own.words(2, 4)) + own.box(price, "price", "b"), "tile")
            for _ in range(own.draw.randint(2, 9))
        )
    path = own.draw.choice(("product/{}", "{}.html", "shop/{}", "{}-p-{}", "dp/{}"))
    head = '<meta property="og:type" content="product"><script type="application/ld+json">{"@type":"Product","offers":{"@type":"Offer"}}</script>'
    return own.whole(
        "product", path.format(own.slug(), 4417), body, head, own.draw.choice(("www", "shop"))
    )


def _documentation(own: _Drawn) -> tuple[PageKind, str, bytes]:
    body = f"<h1>{own.words(1, 4)}</h1><p>{own.prose(1, 3)}</p>"
    for _ in range(own.draw.randint(2, 10)):
        body += f"<h2>{own.words(1, 4)}</h2><p>{own.prose(1, 4)}</p>"
        body += f"<pre>{own.slug()} = {own.slug()}()</pre>" * (own.draw.random() < 0.8)
    path = own.draw.choice(
        ("docs/{}", "manual/{}.html", "{}/latest/{}.html", "wiki/{}", "reference/{}")
    )
    return own.whole(
        "documentation",
        path.format(own.slug(), own.slug()),
        body,
        "",
        own.draw.choice(("docs", "www")),
    )


def _article(own: _Drawn) -> tuple[PageKind, str, bytes]:
    text = "".join(f"<p>{own.prose(1, 5)}</p>" for _ in range(own.draw.randint(2, 25)))
    body = f"<h1>{own.words(4, 12)}</h1>{own.date()}{own.box(own.words(2, 3), 'author')}{own.box(text, 'story', 'article')}"
    if own.draw.random() < 0.7:
        body += own.box(own.stories(2, 9), "related")
    path = own.draw.choice(
        (
            f"{own.slug()}-{own.slug()}/",
            f"a/{own.slug()}-{own.slug()}-48213",
            f"2026/03/{own.slug()}.html",
        )
    )
    return own.whole("article", path, body, '<meta property="og:type" content="article">')


def _bare(own: _Drawn) -> tuple[PageKind, str, bytes]:
    # A story with nothing around it, as it is saved, mailed or written by hand.
    text = "".join(f"<p>{own.prose(1, 5)}</p>" for _ in range(own.draw.randint(1, 15)))
    by = own.draw.choice((own.date(), own.box(own.words(2, 3), "author", "p"), ""))
    level = own.draw.choice(("h1", "h1", "h2"))
    body = f"<{level}>{own.words(3, 12)}</{level}>{by}{text}"
    if own.draw.random() < 0.5:
        body = own.box(body, "story", own.draw.choice(("article", "div", "main")))
    if own.draw.random() < 0.2:
        body = f"<header>{own.link(own.words(1, 3))}</header>{body}"
    title = f"<title>{own.words(3, 12)}</title>" if own.draw.random() < 0.7 else ""
    address = f"https://www.{own.slug()[:9]}.example/{own.slug()}"
    return "article", own.draw.choice((address, "")), f"<html>{title}{body}</html>".encode()


def _firm(own: _Drawn) -> tuple[PageKind, str, bytes]:
    body = f"<h1>{own.words(3, 8)}</h1><p>{own.prose(1, 2)}</p>{own.link(own.words(1, 2))}"
    for _ in range(own.draw.randint(2, 8)):
        body += own.box(f"<h2>{own.words(2, 6)}</h2><p>{own.prose(1, 3)}</p>", "feature", "section")
    return own.whole("other", own.draw.choice(("", "services/", "about")), body)


# How many pages of each are made, as a share of those of the others.
_MAKERS = {
    _front: 2.0, _section: 1.0, _thread: 2.0, _product: 2.0, _documentation: 1.0, _article: 2.0,
    _bare: 0.6, _firm: 1.0,
}  # fmt: skip


def made_pages(each: int) -> Iterator[tuple[PageKind, str, bytes]]:
    """Yield pages as kind, address and HTML, about so many of each maker, the same each time."""
    for at, (make, share) in enumerate(_MAKERS.items()):
        for number in range(round(each * share)):
            yield make(_Drawn(10_000 * at + number))
