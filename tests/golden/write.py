"""Writes the golden files anew: `python tests/golden/write.py`. Read what has changed in each."""

import sys
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))

import newsextract  # noqa: E402
from fixtures_on_disk import FOLDER as FIXTURES  # noqa: E402
from fixtures_on_disk import load  # noqa: E402
from newsextract.render.text import to_text  # noqa: E402

PAGES = (
    "lists--nested-and-quotes",
    "live-blog--time-stamped-entries",
    "pictures--captions-credits-cards",
    "quotes--embedded-posts",
    "rtl--arabic-hashed-classes",
    "structure--headings-lists-small-table",
)


def golden_files() -> dict[Path, str]:
    """What each golden file has to hold."""
    files = {}
    for name in PAGES:
        fixture = load(FIXTURES / name)
        article = newsextract.extract(fixture.page, fixture.meta["url"])
        # The program names its version in the header, which is no reason to read all files.
        tei = article.to_tei().replace(f'version="{version("newsextract")}"', 'version="…"')
        files |= {
            FOLDER / f"{name}.txt": to_text(article) + "\n",
            FOLDER / f"{name}.md": article.to_markdown(front_matter=True),
            FOLDER / f"{name}.html": article.to_html(),
            FOLDER / f"{name}.tei.xml": tei,
        }
    return files


if __name__ == "__main__":
    for path, text in golden_files().items():
        path.write_text(text, encoding="utf-8")
