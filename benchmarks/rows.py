"""Extract pages that are one row of tags and texts over and over, and look for slow ones.

python benchmarks/rows.py
python benchmarks/rows.py --pages 10000 --seconds 600 --seed 7

What takes the square of a page's length shows where thousands of the same stand in one another or
beside each other, or fill one attribute, script or line, which mutated real pages hardly have.
Reports pages that took longer or more memory than their size allows, crashes, hangs and exceptions
outside `NewsextractError`; each is saved.
"""

import argparse
import random
import sys
import time
from pathlib import Path

from fuzz import Victim, new_folder

# So much time is allowed for each megabyte, and for any page.
SECONDS_PER_MEGABYTE, LEAST_SECONDS = 2.0, 1.0
# What a process may hold at most: it begins with some 80, and no page has a whole megabyte.
MOST_MEGABYTES = 400
SIZES = (100_000, 300_000, 600_000)
MOST_ROWS = 60_000
FINDS = frozenset(("crash", "hang", "foreign", "slow", "big"))
NAMES = (
    "a abbr address annotation-xml applet article aside b big blockquote body br button caption "
    "center code col colgroup dd desc details dialog div dl dt em fieldset figcaption figure font "
    "footer foreignObject form frame frameset h1 h2 head header hr html i iframe img input label "
    "li link main malignmark marquee math menu meta mglyph mi mtext nav nobr noscript object ol "
    "optgroup option p picture plaintext pre ruby rp rt s script section select small source span "
    "strike strong style sub summary svg table tbody td template textarea tfoot th thead time "
    "title tr tt u ul video x-y xmp"
).split()
ATTRIBUTES = (
    "class=c%d", "id=i%d", 'style="display:none"', 'style="color:red;display :none;x:%d"',
    "hidden", "aria-hidden=true", "itemprop=author", 'itemprop="headline"', "rel=author",
    'rel="tag"', "href=/author/x%d", 'href="http://news.example/%d"', "role=navigation",
    'property="article:tag" content=t%d', 'datetime="2024-01-%d"', 'class="byline author"',
    'class="comments c%d"', 'data-x="<p>%d"', "src=a%d.jpg", 'srcset="a%d.jpg 2x, b.jpg 1x"',
    'alt="Ann Corwen"', "colspan=%d", "x%d", "class=live-entry", "class=caption", "class=related",
    "itemprop=articleBody", "aria-controls=panel", "rel=next",
)  # fmt: skip
# What parts a name and its attributes, nearly always a space; a vertical tab does not.
SPACES = (*" " * 12, "\n", "\t", "\f", "\v", "/", " / ", ' ="', " =")
TEXTS = (
    "x", "Ann Corwen", "By Ann Corwen", "12 May 2024", "Updated 2 hours ago ", "Correction: ",
    "The ferry ran again on Monday after the storm had torn its ramp from the quay. ", "&amp;",
    "&#x%d;", "&notin", "<", "</", "<!", "<!--", "-->", "<!-- x -->", "<![CDATA[", "]]>", '"', "'",
    "(", ")", '"a",', "\u00a9 AFP/", "Foto: ", "Read more ", "| ", "\u00bb ", "\n", "  ", ".", "1",
    "%d ", "http://news.example/%d ", "@", "\u8a18\u8005 ", "\u0627\u0644\u0643\u0627\u062a\u0628 ",
    "{", "}", "/* ", " */", '{"a":', "[[", '"articleBody":"', ",", "\u200d", "\u0301", "<br>",
    "<br><br>", "\\", "\\u", "\u00a9", "www.", "10:30 ", "\u5e74", "&quot;", "Photo: ", "url(",
    "\u201cWe said so,\u201d she said.",
)  # fmt: skip
HEAD = "<html><head><title>Ferry returns to the islands</title>"
STORY = "<h1>Ferry returns to the islands</h1>" + "".join(
    f"<p>The ferry between Quillmouth and the islands ran again on Monday, week {number} after a "
    "winter storm had torn its ramp from the quay and left four villages without a market.</p>"
    for number in range(5)
)
# Where in a page the rows stand.
PLACES = (
    f"{HEAD}</head><body>%s{STORY}",
    f"{HEAD}</head><body>{STORY}%s",
    f"{HEAD}</head><body><article>{STORY}<div>%s</div>{STORY}</article>",
    f'{HEAD}</head><body><script type="application/ld+json">%s</script>{STORY}',
    f"{HEAD}%s</head><body>{STORY}",
    f'{HEAD}<script type="application/ld+json">{{"@type": "NewsArticle", "author": "%s"}}</script>'
    f"</head><body>{STORY}",
    f'{HEAD}<script id="__NEXT_DATA__" type="application/json">%s</script></head><body>{STORY}',
    f"{HEAD}<style>.x {{display: none}} %s</style></head><body>{STORY}",
    f'{HEAD}<meta name="description" content="%s"></head><body>{STORY}',
    f'{HEAD}<meta name="keywords" content="%s"><meta name="author" content="%s"></head>{STORY}',
    f"<html><head><title>%s</title></head><body>{STORY}",
    f"{HEAD}</head><body>{STORY}<p>%s</p>",
    f"{HEAD}</head><body>{STORY}<figure><img src=/p.jpg><figcaption>%s</figcaption></figure>",
    f"{HEAD}</head><body><div class=byline>%s</div>{STORY}<time>%s</time>",
    f'{HEAD}</head><body><div class="%s" style="%s">{STORY}</div>',
)


def piece(dice: random.Random) -> str:
    """Return a start tag, an end tag or a text."""
    kind = dice.random()
    if kind < 0.45:
        own = dice.choices(ATTRIBUTES, k=dice.choice((0, 0, 1, 4)))
        attributes = [dice.choice(SPACES) + attribute for attribute in own]
        end = dice.choice((">", ">", ">", ">", "/>", ""))
        return f"<{dice.choice(NAMES)}{''.join(attributes)}{end}"
    return f"</{dice.choice(NAMES)}>" if kind < 0.62 else dice.choice(TEXTS)


def crossed(dice: random.Random) -> str:
    """Return elements with their end tags in any order, of which some are missing."""
    names = dice.sample(NAMES, dice.randint(1, 3))
    ends = dice.sample(names, dice.randint(1, len(names)))
    return "".join([f"<{name}>" for name in names] + [f"</{name}>" for name in ends])


def nested(dice: random.Random, levels: int = 3) -> str:
    """Return an element with texts and other elements in it, nearly always with its end tag."""
    name = dice.choice(NAMES)
    attributes = "".join(f" {dice.choice(ATTRIBUTES)}" for _ in range(dice.choice((0, 1, 1, 2))))
    inside = "".join(
        nested(dice, levels - 1) if levels and dice.random() < 0.5 else dice.choice(TEXTS)
        for _ in range(dice.choice((1, 1, 2, 3)))
    )
    return f"<{name}{attributes}>{inside}" + f"</{name}>" * (dice.random() > 0.08)


def row_of(dice: random.Random) -> str:
    """Return a row of up to six pieces, some of them crossed or nested elements."""
    pieces = (crossed, nested, piece, piece)
    return "".join(dice.choice(pieces)(dice) for _ in range(dice.randint(1, 6)))


def page_of_rows(seed: int) -> tuple[bytes, str]:
    """Return a page, always the same for a seed, and the row or two that it is made of."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    before, after = ("".join(piece(dice) for _ in range(dice.randint(0, 3))) for _ in range(2))
    size, made = dice.choice(SIZES), dice.choice((1, 1, 2))
    rows = [row_of(dice) for _ in range(made)]
    repeated = "".join(
        row.replace("%d", str(number))
        for row in rows
        for number in range(min(MOST_ROWS, size // len(row)) // made)
    )
    page = dice.choice(PLACES).replace("%s", before + repeated + after)
    return page.encode("utf-8", "replace"), " | ".join(rows)


def main() -> int:
    """Extract the pages that the command line asks for; 1 where one took too long or failed."""
    options = _options()
    folder = new_folder("rows", options.seed)
    dice, deadline = random.Random(options.seed), time.monotonic() + options.seconds  # noqa: S311
    victim, count, finds, slowest = Victim(), 0, 0, 0.0
    try:
        while count < options.pages and time.monotonic() < deadline:
            seed = dice.randrange(2**48)
            page, row = page_of_rows(seed)
            kind, detail, seconds = outcome(victim, page)
            count, slowest = count + 1, max(slowest, seconds)
            if kind in FINDS:
                finds += 1
                name = f"{kind}-{seed:x}.html"
                (folder / name).write_bytes(page)
                print(f"{name}: {seconds:.2f} s, {len(page):,} bytes, {row!r} {detail}")
            if kind in ("crash", "hang", "big"):
                victim.close()
                victim = Victim()
    finally:
        victim.close()
    line = f"{count:,} pages, {finds} finds, the slowest took {slowest:.2f} s"
    print(line)
    (folder / "rows.txt").write_text(line + "\n", encoding="utf-8")
    return 1 if finds else 0


def outcome(victim: Victim, page: bytes) -> tuple[str, str, float]:
    """Return the kind of outcome, its detail and the seconds.

    It is `slow` where it took too long, `big` where it took too much memory.
    """
    kind, detail, seconds, _ = victim.outcome(page)
    allowed = max(LEAST_SECONDS, SECONDS_PER_MEGABYTE * len(page) / 1e6)
    if kind not in FINDS and seconds > allowed:
        # Once more: what else the machine does is not what is measured.
        seconds = min(seconds, victim.outcome(page)[2])
        kind = "slow" if seconds > allowed else kind
    if kind not in FINDS and (megabytes := peak_megabytes(victim.process.pid)) > MOST_MEGABYTES:
        kind, detail = "big", f"{megabytes:.0f} MB"
    return kind, detail, seconds


def peak_megabytes(process: int | None) -> float:
    """Return the most memory that a process has held so far; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peaks = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(peaks[0]) * 1024 / 1e6 if peaks else 0.0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=10_000, help="how many pages")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after these")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same pages")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
