"""Draws the pictures of reports in this folder, in an installed Chromium.

python docs/pictures/draw.py
"""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import newsextract
from newsextract.fetching.rendering import installed_browser

HERE = Path(__file__).parent
FIXTURE = HERE.parents[1] / "tests" / "fixtures" / "crumbs--home-arrow-title-four-times"
ADDRESS = "https://www.valley-bulletin.example/dam/"
# What is pressed before each picture is taken.
PICTURES = {"report": "2jj", "fields": "f"}


def main() -> None:
    """Draw each picture anew."""
    explanation = newsextract.explain((FIXTURE / "page.html").read_bytes(), ADDRESS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        report.write_text(explanation.to_html(), encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=installed_browser(), args=["--no-sandbox"]
        )
        for name, keys in PICTURES.items():
            page = browser.new_page(viewport={"width": 1_120, "height": 640})
            page.goto(report.as_uri())
            for key in keys:
                page.keyboard.press(key)
            if name == "report":
                page.keyboard.press("1")
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
