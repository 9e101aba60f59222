"""Pages of every kind, made up: invented names, ten languages, the mess of real pages; seeded."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

# Words of each language, for sentences that mean nothing; then how a few labels are called there.
LANGUAGES = {
    "en": "river market council winter bridge old new town people house year water road under "
    "while before against voted opened closed found built small green night morning",
    "de": "Fluss Markt Rat Winter Brücke alte neue Stadt Leute Haus Jahr Wasser Straße unter "
    "während vor gegen stimmte öffnete schloss fand baute kleine grüne Nacht Morgen",
    "fr": "rivière marché conseil hiver pont vieux nouveau ville gens maison année eau route sous "
    "pendant avant contre vota ouvrit ferma trouva bâtit petit vert nuit matin",
    "es": "río mercado consejo invierno puente viejo nuevo pueblo gente casa año agua camino bajo "
    "mientras antes contra votó abrió cerró encontró construyó pequeño verde noche mañana",
    "pl": "rzeka targ rada zima most stary nowy miasto ludzie dom rok woda droga pod podczas przed "
    "przeciw głosował otworzył zamknął znalazł zbudował mały zielony noc ranek",
    "it": "fiume mercato consiglio inverno ponte vecchio nuovo città gente casa anno acqua strada "
    "sotto mentre prima contro votò aprì chiuse trovò costruì piccolo verde notte mattina",
    "tr": "nehir pazar meclis kış köprü eski yeni şehir insanlar ev yıl su yol altında sırasında "
    "önce karşı oyladı açtı kapattı buldu yaptı küçük yeşil gece sabah",
    "ru": "река рынок совет зима мост старый новый город люди дом год вода дорога под пока перед "
    "против голосовал открыл закрыл нашёл построил малый зелёный ночь утро",
    "sv": "flod marknad råd vinter bro gammal ny stad folk hus år vatten väg under medan före mot "
    "röstade öppnade stängde fann byggde liten grön natt morgon",
    "id": "sungai pasar dewan dingin jembatan lama baru kota orang rumah tahun air jalan bawah "
    "sambil sebelum melawan memilih membuka menutup menemukan membangun kecil hijau malam pagi",
}
NAMES = ("Orla Vint", "Tamsin Broek", "Ilja Morven", "Petra Sund", "Karel Wisp", "Nuria Fald")
NOT_FOUND = {
    "en": "Page not found", "de": "Seite nicht gefunden", "fr": "Page introuvable",
    "es": "Página no encontrada", "pl": "Nie znaleziono strony", "it": "Pagina non trovata",
    "tr": "Sayfa bulunamadı", "ru": "Страница не найдена", "sv": "Sidan hittades inte",
    "id": "Halaman tidak ditemukan",
}  # fmt: skip
SIGN_IN = {
    "en": "Sign in", "de": "Anmelden", "fr": "Se connecter", "es": "Iniciar sesión",
    "pl": "Zaloguj się", "it": "Accedi", "tr": "Giriş yap", "ru": "Войти", "sv": "Logga in",
    "id": "Masuk",
}  # fmt: skip


@dataclass(frozen=True)
class MadePage:
    """A page, its address, and what it has to be named: a kind of page or of failure."""

    html: str
    url: str
    kind: str


class Maker:
    """Makes one page; all that varies is drawn from its random numbers."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.language = self.draw.choice(list(LANGUAGES))
        self.words = LANGUAGES[self.language].split()
        self.site = "-".join(self.draw.sample(("vale", "fenn", "marl", "tor", "birk", "skerry"), 2))
        self.hashed = self.draw.random() < 0.3

    def name(self, *names: str) -> str:
        """An attribute with one of these names, or on some sites one that says nothing."""
        if self.hashed and self.draw.random() < 0.7:
            return f' class="c{self.draw.randrange(16**5):05x}"'
        return f' class="{self.draw.choice(names)}"'

    def line(self, least: int = 4, most: int = 10) -> str:
        count = self.draw.randint(least, most)
        text = " ".join(self.draw.choices(self.words, k=count))
        return text[0].upper() + text[1:]

    def text(self, sentences: int) -> str:
        return " ".join(self.line(9, 22) + "." for _ in range(sentences))

    def day(self) -> str:
        return f"2026-{self.draw.randint(1, 9):02}-{self.draw.randint(10, 28)}"

    def slug(self) -> str:
        return "-".join(self.draw.choices(LANGUAGES["en"].split(), k=self.draw.randint(3, 7)))

    def link(self, text: str, address: str = "") -> str:
        return f'<a href="/{address or self.slug()}">{text}</a>'

    def page(
        self, path: str, body: str, *, title: str = "", head: str = "", host: str = "", kind: str
    ) -> MadePage:
        menu = "".join(f"<li>{self.link(self.line(1, 2))}</li>" for _ in range(self.some(4, 16)))
        menu_tag = self.draw.choice(("nav", "div", "header"))
        column = ""
        if self.draw.random() < 0.5:
            rows = "".join(f"<li>{self.link(self.line())}</li>" for _ in range(self.some(3, 8)))
            column = f"<aside{self.name('sidebar', 'rail', 'widget')}><h3>{self.line(1, 3)}</h3>"
            column += f"<ul>{rows}</ul></aside>"
        main = self.draw.choice(("main", "div", "section"))
        footer = "".join(self.link(self.line(1, 3)) for _ in range(self.some(3, 9)))
        html = f"""<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">
<title>{title or self.line()} | {self.site.title()}</title>{head}
<script>window.q=window.q||[];q.push(["v",{self.draw.randrange(9999)}])</script></head>
<body{self.name("page", "site", "layout")}>
<{menu_tag}{self.name("menu", "top", "nav")}><ul>{menu}</ul></{menu_tag}>
<{main}{self.name("content", "main", "wrap")}>{body}</{main}>{column}
<footer>{footer}<p>© 2026 {self.site.title()}</p></footer></body></html>"""
        return MadePage(html, f"https://{host or 'www'}.{self.site}.example/{path}", kind)

    def some(self, least: int, most: int) -> int:
        return self.draw.randint(least, most)

    def ld(self, **thing: object) -> str:
        if self.draw.random() < 0.4:
            return ""
        data = json.dumps({"@context": "https://schema.org", **thing})
        return f'<script type="application/ld+json">{data}</script>'

    def cards(self, least: int, most: int) -> str:
        tag = self.draw.choice(("article", "div", "li", "section"))
        names = self.name("teaser", "card", "item", "post-preview")
        level = self.draw.choice(("h2", "h3"))
        has_text, has_day = self.draw.random() < 0.7, self.draw.random() < 0.6
        made = []
        for _ in range(self.some(least, most)):
            inner = (
                f'<img src="/i/{self.some(1, 999)}.jpg"><{level}>{self.link(self.line())}</{level}>'
            )
            if has_text:
                inner += f"<p>{self.text(self.some(1, 2))}</p>"
            if has_day:
                inner += f"<time>{self.day()}</time> <span>{self.draw.choice(NAMES)}</span>"
            made.append(f"<{tag}{names}>{inner}</{tag}>")
        return "".join(made)


def front_page(make: Maker) -> MadePage:
    sections = "".join(
        f"<section><h2>{make.link(make.line(1, 2))}</h2>{make.cards(3, 9)}</section>"
        for _ in range(make.some(2, 6))
    )
    head = '<meta property="og:type" content="website">' + make.ld(**{"@type": "WebSite"})
    return make.page("", make.cards(1, 4) + sections, head=head, kind="listing")


def section(make: Maker) -> MadePage:
    pages = "".join(make.link(str(number), f"page/{number}") for number in range(1, 6))
    path = make.draw.choice(("category/", "tag/", "section/", "topics/", "news/", "")) + "river/"
    body = f"<h1>{make.line(1, 3)}</h1>{make.cards(8, 24)}<div>{pages}</div>"
    return make.page(path, body, head=make.ld(**{"@type": "CollectionPage"}), kind="listing")


def results(make: Maker) -> MadePage:
    rows = "".join(
        f"<li><h3>{make.link(make.line())}</h3><p>{make.line(8, 20)} …</p></li>"
        for _ in range(make.some(8, 20))
    )
    body = (
        f'<form><input name="q"><button>OK</button></form><h1>{make.line(1, 2)}</h1><ol>{rows}</ol>'
    )
    return make.page(f"search?q={make.draw.choice(make.words)}", body, kind="listing")


def thread(make: Maker) -> MadePage:
    posts = "".join(
        f"<div{make.name('post', 'message', 'reply')}><div{make.name('author', 'user', 'poster')}>"
        f'<a href="/u/{number}">{make.draw.choice(NAMES).split()[0].lower()}{make.some(1, 99)}</a>'
        f" <time>{make.day()}</time></div><div{make.name('body', 'postbody', 'content')}>"
        f"<p>{make.text(make.some(1, 4))}</p></div><a href='#'>{make.line(1, 1)}</a> "
        f"<a href='#r'>{make.line(1, 1)}</a></div>"
        for number in range(make.some(4, 20))
    )
    path = make.draw.choice(
        ("threads/{}.{}/", "t/{}/{}", "viewtopic.php?t={1}", "forum/{}-{}.html")
    )
    head = make.ld(**{"@type": "DiscussionForumPosting", "headline": make.line()})
    return make.page(
        path.format(make.slug(), make.some(100, 99_999)),
        f"<h1>{make.line()}?</h1>{posts}",
        head=head, host=make.draw.choice(("forum", "community", "www")), kind="forum",
    )  # fmt: skip


def questions(make: Maker) -> MadePage:
    def entry(names: str) -> str:
        return (
            f"<div{make.name(names)}><div{make.name('votes', 'score')}>{make.some(0, 40)}</div>"
            f"<div><p>{make.text(make.some(1, 5))}</p></div><div{make.name('user', 'author')}>"
            f"<time>{make.day()}</time> {make.link(make.draw.choice(NAMES), 'users/7')}</div></div>"
        )

    answers = "".join(entry("answer") for _ in range(make.some(2, 8)))
    head = make.ld(**{"@type": "QAPage", "mainEntity": {"@type": "Question", "name": make.line(),
                      "suggestedAnswer": [{"@type": "Answer", "text": make.line()}]}})  # fmt: skip
    body = f"<h1>{make.line()}?</h1>{entry('question')}<h2>{make.some(2, 8)}</h2>{answers}"
    path = f"questions/{make.some(1_000, 999_999)}/{make.slug()}"
    return make.page(path, body, head=head, kind="forum")


def product(make: Maker) -> MadePage:
    currency = make.draw.choice("€$£")
    price = f"{currency}{make.some(3, 400)}.{make.some(10, 99)}"
    rows = "".join(f"<tr><th>{make.line(1, 2)}</th><td>{make.line(1, 4)}</td></tr>" for _ in "1234")
    others = "".join(
        f"<div{make.name('product', 'tile')}>{make.link(make.line(2, 4))} <b>{currency}{make.some(3, 90)}"
        "</b></div>"
        for _ in range(make.some(3, 8))
    )
    offer = {"@type": "Offer", "price": "19.90", "priceCurrency": "EUR"}
    head = '<meta property="og:type" content="product">' if make.draw.random() < 0.5 else ""
    head += make.ld(**{"@type": "Product", "name": make.line(2, 4), "offers": offer})
    body = f"""<div{make.name("product", "item")}><img src="/p.jpg"><h1>{make.line(2, 5)}</h1>
<p{make.name("price", "amount")} itemprop="price">{price}</p><form action="/cart">
<select><option>1</option></select><button{make.name("add-to-cart", "buy")}>{make.line(2, 3)}</button>
</form><p>{make.text(make.some(1, 4))}</p><table>{rows}</table></div>
<h2>{make.line(2, 3)}</h2>{others}"""
    path = make.draw.choice(("product/{}", "products/{}", "shop/{}/", "p/{}", "item/{}"))
    return make.page(path.format(make.slug()), body, head=head, kind="product")


def documentation(make: Maker) -> MadePage:
    parts = "".join(
        f"<h2 id='s{at}'>{make.line(1, 4)}<a href='#s{at}'>¶</a></h2><p>{make.text(make.some(1, 3))}</p>"
        f"<pre><code>{make.slug().replace('-', '_')}(x, {at})\nreturn {make.some(0, 9)}</code></pre>"
        f"<p>{make.text(1)} <code>{make.slug().replace('-', '.')}</code> {make.text(1)}</p>"
        for at in range(make.some(3, 8))
    )
    toc = "".join(f"<li><a href='#s{at}'>{make.line(1, 4)}</a></li>" for at in range(8))
    body = f"<div{make.name('toc', 'docs-sidebar')}><ul>{toc}</ul></div>"
    body += (
        f"<div{make.name('document', 'markdown', 'docs')}><h1>{make.line(1, 3)}</h1>{parts}</div>"
    )
    path = make.draw.choice(("docs/{}", "manual/{}.html", "en/latest/{}.html", "docs/api/{}"))
    host = make.draw.choice(("docs", "www"))
    return make.page(path.format(make.slug()), body, host=host, kind="documentation")


def article(make: Maker) -> MadePage:
    title, day = make.line(5, 10), make.day()
    head = (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
    )
    head += make.ld(**{"@type": "NewsArticle", "headline": title, "datePublished": day,
                       "author": {"@type": "Person", "name": NAMES[0]}})  # fmt: skip
    text = "".join(f"<p>{make.text(make.some(2, 4))}</p>" for _ in range(make.some(4, 14)))
    body = f"""<article><h1>{title}</h1><p{make.name("byline", "author")}>{NAMES[0]}</p>
<time datetime="{day}">{day}</time>{text}</article>
<section><h3>{make.line(1, 2)}</h3>{make.cards(2, 5)}</section>"""
    path = make.draw.choice(("{}/", "river/{}.html", "2026/04/12/{}/", "news/{}-4821734"))
    return make.page(path.format(make.slug()), body, title=title, head=head, kind="article")


def error_page(make: Maker) -> MadePage:
    said = NOT_FOUND[make.language]
    body = f"<h1>{said}</h1><p>{make.link(make.line(1, 3), 'home')}</p>"
    return make.page(make.slug(), body, title=said, kind="error_page")


def login_wall(make: Maker) -> MadePage:
    said = SIGN_IN[make.language]
    body = f"""<h1>{said}</h1><form method="post"><input type="email"><input type="password">
<button>{said}</button></form>"""
    return make.page("login", body, title=said, kind="login_wall")


def bot_check(make: Maker) -> MadePage:
    html = """<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>
<script>window._cf_chl_opt={cRay:"%x"};</script>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>"""
    ray = make.draw.randrange(16**12)
    return MadePage(html % ray, f"https://www.{make.site}.example/{make.slug()}", "bot_check")


def shell(make: Maker) -> MadePage:
    root = make.draw.choice(("root", "app", "__next"))
    html = f"""<!DOCTYPE html><html lang="{make.language}"><head><title>{make.site}</title></head>
<body><div id="{root}"></div><script src="/static/main.{make.some(100, 999)}.js"></script></body></html>"""
    return MadePage(html, f"https://www.{make.site}.example/{make.slug()}", "needs_javascript")


# How many of each are made, 300 in all.
MAKERS: dict[Callable[[Maker], MadePage], int] = {
    front_page: 50, section: 45, results: 15, thread: 40, questions: 20, product: 40,
    documentation: 20, article: 30, error_page: 10, login_wall: 10, bot_check: 10, shell: 10,
}  # fmt: skip


def made_pages() -> list[MadePage]:
    """Return 300 pages, the same each time."""
    return [
        making(Maker(1_000 * at + number))
        for at, (making, count) in enumerate(MAKERS.items())
        for number in range(count)
    ]
