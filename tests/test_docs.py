"""What the documentation shows is what happens, and it leaves nothing out."""

import dataclasses
import importlib.util
import os
import re
import socket
import subprocess
import sys
import warnings
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

import newsextract
import newsextract.batch
from examples import ROOT, blocks, parse_commands, run_command, run_session, sessions
from hostile_server import slowness
from newsextract import errors, options, records
from newsextract.cli import parsers
from newsextract.explanation import records as explanations
from servers import Site, running_site

DOCS = ROOT / "docs"
PAGES = {
    path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
    for path in DOCS.rglob("*.md")
}
STORY = ROOT / "tests" / "fixtures" / "dates--modified-differs" / "page.html"
OTHERS = ("goose3", "newspaper", "newsplease", "trafilatura")


def imported_by(block: str) -> list[str]:
    return re.findall(r"^(?:>>> )?(?:import|from) (\w+)", block, re.MULTILINE)


def missing(names: Iterable[str]) -> list[str]:
    return [name for name in names if importlib.util.find_spec(name) is None]


def library_of(block: str) -> str | None:
    return next((name for name in imported_by(block) if name in OTHERS), None)


@pytest.mark.parametrize("page", [name for name in PAGES if sessions(PAGES[name])])
def test_sessions(page, monkeypatch):
    monkeypatch.chdir(ROOT)
    ours = [block for block in sessions(PAGES[page]) if library_of(block) is None]

    assert run_session(ours, page) >= 5


@pytest.mark.parametrize(
    ("library", "block"),
    [
        pytest.param(library, block, id=library)
        for name, text in PAGES.items()
        for block in sessions(text)
        if (library := library_of(block))
    ],
)
def test_what_other_libraries_give(library, block, monkeypatch):
    if missing([library]):
        pytest.skip(f"{library} is not installed")
    monkeypatch.setattr(socket.socket, "connect", None)
    monkeypatch.chdir(ROOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run_session([block], library)


@pytest.mark.parametrize(
    "block", [block for text in PAGES.values() for block in blocks(text, "console")]
)
def test_commands_print_what_is_shown(block):
    run_command(block)


def test_commands_are_ones_that_the_program_takes():
    texts = [*PAGES.values(), (ROOT / "README.md").read_text(encoding="utf-8")]

    assert sum(parse_commands(block) for text in texts for block in blocks(text, "sh")) > 25


# Programs, all at once: most of their time is the pause between two pages of a site.

PROGRAMS = {
    f"{name}:{number}": block
    for name, text in PAGES.items()
    # tests/test_engines.py runs these.
    if name != "engines.md"
    for number, block in enumerate(blocks(text, "python"))
    if ">>>" not in block
}


def news(site: Site) -> None:
    """Answer as a proxy what is asked of news.example."""
    for path in ("story", "second"):
        site.page(f"http://news.example/{path}", STORY.read_bytes())
    site.page("http://news.example/none", status="404 Not Found")
    site.page("http://news.example/robots.txt", status="404 Not Found")
    feed = b"<rss><channel><item><link>http://news.example/story</link></item></channel></rss>"
    site.page("http://news.example/", feed, headers={"Content-Type": "application/rss+xml"})


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[dict[str, subprocess.Popen]]:
    folder = tmp_path_factory.mktemp("programs")
    (folder / "saved").mkdir()
    (folder / "saved" / "page.html").write_bytes(STORY.read_bytes())
    with running_site() as site:
        news(site)
        environment = {
            **{name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
            "http_proxy": site.url().rstrip("/"),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        processes = {}
        for number, (name, block) in enumerate(PROGRAMS.items()):
            program = folder / f"program{number}.py"
            program.write_text(block.replace("https://news.example", "http://news.example"))
            if not missing(imported_by(block)):
                processes[name] = subprocess.Popen(
                    [sys.executable, program], cwd=folder, env=environment, text=True,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )  # fmt: skip
        yield processes
        for process in processes.values():
            process.kill()
            process.communicate()


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_run(name, running):
    if absent := missing(imported_by(PROGRAMS[name])):
        pytest.skip(f"{', '.join(absent)} is not installed")
    output, trouble = running[name].communicate(timeout=60 * slowness())

    assert running[name].returncode == 0, trouble
    assert output or "print" not in PROGRAMS[name]


# The site that Sphinx builds.


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    if absent := missing(("furo", "myst_parser", "sphinx")):
        pytest.skip(f"{', '.join(absent)} is not installed")
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", DOCS, folder],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def inventory(site) -> set[str]:
    """The names that can be linked to: https://sphobjinv.readthedocs.io/en/stable/syntax.html."""
    packed = (site / "objects.inv").read_bytes().split(b"\n", 4)[4]
    lines = zlib.decompress(packed).decode().splitlines()
    return {" ".join(line.split(" ", 2)[:2]) for line in lines}


@pytest.fixture(scope="module")
def record_page(site) -> LexborHTMLParser:
    return LexborHTMLParser((site / "record.html").read_text(encoding="utf-8"))


def rows(page: LexborHTMLParser, section: str) -> list[list[str]]:
    table = page.css_first(f"section#{section} table tbody")
    assert isinstance(table, LexborNode), section
    return [[cell.text().strip() for cell in row.css("td")] for row in table.css("tr")]


def test_every_command_and_option_is_documented(inventory):
    for parser in parsers().values():
        program = parser.prog.replace(" ", "-")
        for action in parser._actions:
            for name in action.option_strings:
                assert action.dest == "help" or f"{program}.{name} std:cmdoption" in inventory


def test_every_public_name_is_documented(inventory):
    for module in (newsextract, newsextract.batch):
        for name in module.__all__:
            kinds = ("class", "exception", "function")
            assert any(f"{module.__name__}.{name} py:{kind}" in inventory for kind in kinds), name


def test_every_field_is_documented(record_page):
    found = [
        vars(home)[name]
        for home in (records, errors, options, explanations)
        for name in home.__all__
    ]
    described = [each for each in found if dataclasses.is_dataclass(each)]
    assert len(described) >= 24
    for record in described:
        shown = {row[0]: row[-1] for row in rows(record_page, record.__name__.lower())}
        # What makes `removed` when it is first read is nobody's to give.
        fields = {field.name for field in dataclasses.fields(record)} - {"list_removed"}
        assert set(shown) == fields, record
        assert all(shown.values()), record


def test_every_kind_of_failure_is_documented(record_page):
    shown = rows(record_page, "kinds-of-failure")

    assert {row[0] for row in shown} == set(newsextract.FailureKind)
    assert {row[1] for row in shown} == {
        name
        for name in errors.__all__
        if isinstance(own := vars(errors)[name], type)
        and issubclass(own, newsextract.NewsextractError)
        and "kind" in vars(own)
    }
    assert all(row[2] in errors.Stage.__args__ and row[3] for row in shown)


def test_the_site_needs_nothing_from_elsewhere(site):
    for path in site.rglob("*.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        for node in page.css("script[src], img[src], link[rel=stylesheet]"):
            address = node.attributes.get("src") or node.attributes.get("href")
            assert "//" not in address, (path.name, address)
