"""Why a record is what it is, and how two readings of a page differ: library and command line."""

import json
import time
from itertools import combinations
from math import factorial

import numpy as np
import pytest

import newsextract
from commands import run, run_here
from fixtures_on_disk import FOLDER, all_fixtures
from hostile_server import in_time
from newsextract.explanation.comparison import Side, compare, read_page, saved
from newsextract.explanation.feature_words import words_for
from newsextract.explanation.reports import data_in_report
from newsextract.explanation.weights import block_weights
from newsextract.extraction.features import FEATURE_NAMES
from newsextract.extraction.model import shipped_model
from servers import running_site

DAM = FOLDER / "crumbs--home-arrow-title-four-times" / "page.html"
ADDRESS = "https://www.valley-bulletin.example/dam/"
PARAGRAPHS = [
    "The ferry to Ormsay will not sail on Sundays from March, its operator told islanders.",
    "It said that the crew of nine could not be found again after two retired in the autumn.",
    "Islanders asked for a smaller boat instead; a decision is due when the council meets.",
]


def outcome(html, url):
    try:
        return newsextract.extract(html, url)
    except newsextract.NewsextractError as error:
        return error.failure


def test_each_block_has_its_fate_and_the_record_its_blocks():
    explanation = newsextract.explain(DAM.read_bytes(), ADDRESS)

    article = newsextract.extract(DAM.read_bytes(), ADDRESS)
    assert explanation.article == article
    assert explanation.failure is None
    kept = [block for block in explanation.decisions if block.fate == "kept"]
    assert [block.text for block in kept] == [block.text for block in article.blocks]
    assert all(block.probability > 0.9 and block.weights for block in kept)
    used = [(block.text, block.reason) for block in explanation.decisions if block.fate == "used"]
    assert used == [(article.title, "the headline")]
    dropped = {block.text: block for block in explanation.decisions if block.fate == "dropped"}
    assert dropped["Advertisement"].reason == "advertisement"
    assert dropped["HOME»"].reason == "navigation"
    menu = next(block for block in explanation.decisions if block.text.startswith("Top Stories"))
    assert (menu.fate, menu.probability, menu.weights) == ("dropped", None, ())


# All kinds of pages; with all of them it takes a minute.
@pytest.mark.parametrize("fixture", all_fixtures()[::6], ids=lambda fixture: fixture.name)
def test_what_is_explained_is_what_happens(fixture):
    html, url = fixture.page, fixture.meta.get("url")
    explanation = newsextract.explain(html, url)

    article = outcome(html, url)
    assert (explanation.article or explanation.failure) == article
    if explanation.failure:
        return
    kept = [block.text for block in explanation.decisions if block.fate == "kept"]
    is_own = article.sources["body"].source == "blocks"
    assert kept == ([block.text for block in article.blocks] if is_own else [])
    chosen = {name: [] for name in ("title", "authors", "date")}
    for option in explanation.options:
        assert 0 <= option.probability <= 1
        assert option.given or option.field == "date"
        if option.is_chosen and option.field in chosen:
            chosen[option.field].append(option.value)
    assert chosen["title"] == ([article.title] if article.title else [])
    assert set(article.authors) <= set(chosen["authors"])
    assert chosen["date"] == ([article.date.isoformat()] if article.date else [])
    assert newsextract.Explanation.from_json(explanation.to_json()) == explanation


def test_a_page_without_an_article_is_explained_too():
    html = (FOLDER / "failure--front-page" / "page.html").read_bytes()

    explanation = newsextract.explain(html)

    assert explanation.article is None
    assert explanation.failure.kind == newsextract.FailureKind.NO_ARTICLE_TEXT
    assert len(explanation.decisions) > 5
    assert all(block.fate != "kept" for block in explanation.decisions)
    assert any(option.field == "title" for option in explanation.options)


@pytest.mark.parametrize("body", [b"%PDF-1.7 nothing to see", b"", b"<p>", b"\xff\xfe\x00"])
def test_bytes_of_all_kinds_have_an_explanation(body):
    explanation = newsextract.explain(body)

    assert explanation.article is None
    assert explanation.failure.message in explanation.to_text()
    assert data_in_report(explanation.to_html()) is not None


def test_an_address_is_not_html():
    with pytest.raises(newsextract.UrlInsteadOfHtml):
        newsextract.explain("https://news.example/")


def test_text_from_script_data_leaves_no_block_kept():
    html = (FOLDER / "nextjs--only-in-next-data" / "page.html").read_bytes()

    explanation = newsextract.explain(html)

    assert explanation.article.sources["body"].source.startswith("script:")
    assert all(block.fate != "kept" for block in explanation.decisions)


def test_stages_are_told_in_order_and_take_what_the_page_takes():
    begin = time.perf_counter()
    explanation = newsextract.explain(DAM.read_bytes(), ADDRESS)
    whole = 1_000 * (time.perf_counter() - begin)

    stages = [stage.stage for stage in explanation.stages]
    assert stages[:3] == ["decode", "parse", "walk"]
    assert stages[-1] == "normalization"
    assert all(stage.milliseconds >= 0 for stage in explanation.stages)
    assert 0 < sum(stage.milliseconds for stage in explanation.stages) < whole


def test_weights_are_shapley_values():
    trees = shipped_model().body
    rows = np.random.default_rng(7).normal(size=(len(FEATURE_NAMES), 9)).astype(np.float32)

    weighed = list(block_weights(trees, rows, len(FEATURE_NAMES)))

    # What they add up to is how far a block is from the page's other blocks.
    distances = trees.sums(rows) - [sum(weight for _, weight in each) for each in weighed]
    assert np.ptp(distances) < 1e-3
    expected = np.zeros(len(FEATURE_NAMES))
    answers = rows[trees.columns] > trees.limits[:, :, None]
    for tree in range(len(trees.columns)):
        np.add.at(expected, trees.columns[tree], _by_definition(trees.leaves[tree], answers[tree]))
    for row, weight in weighed[0]:
        assert weight == pytest.approx(expected[row], abs=1e-3)


def _by_definition(leaves, answers):
    """Return the Shapley value of each answer of the first block, by going through all sets."""
    depth = len(answers)
    own, yes = answers[:, 0], answers.mean(axis=1)
    bits = np.arange(len(leaves))[:, None] >> np.arange(depth) & 1

    def value(known):
        chances = np.where(bits, yes, 1 - yes)
        sure = [each in known for each in range(depth)]
        chances = np.where(sure, bits == own, chances)
        return float(chances.prod(axis=1) @ leaves)

    values = {known: value(known) for size in range(depth + 1)
              for known in combinations(range(depth), size)}  # fmt: skip
    shares = [factorial(size) * factorial(depth - size - 1) / factorial(depth)
              for size in range(depth)]  # fmt: skip
    return [
        sum(
            shares[len(known)] * (values[tuple(sorted((*known, answer)))] - each)
            for known, each in values.items()
            if answer not in known
        )
        for answer in range(depth)
    ]


def test_every_number_has_words():
    words = [words_for(name) for name in FEATURE_NAMES]

    assert all(words)
    assert len(set(words)) == len(words)


def test_a_large_page_is_explained_in_time():
    rows = "".join(f"<p>Line {number} of a long list of lines.</p>" for number in range(5_000))
    begin = time.perf_counter()
    explanation = newsextract.explain(f"<title>Lines</title><body>{rows}")

    assert len(explanation.decisions) == 5_000
    assert in_time(time.perf_counter() - begin, 10)


def test_explain_prints_lines():
    result = run("explain", DAM, "--url", ADDRESS)

    lines = result.stdout.decode().splitlines()
    assert (result.returncode, result.stderr) == (0, b"")
    assert lines[0].startswith(f"{ADDRESS} (newsextract ")
    assert any(line.startswith("+ ") and "Reservoir levels" in line for line in lines)
    assert any(line.startswith("- ") and "Advertisement" in line for line in lines)
    assert "title:" in lines


def test_explain_writes_a_page_or_json(tmp_path):
    for name in ("report.html", "report.json"):
        result = run_here("explain", DAM, "--url", ADDRESS, "-o", tmp_path / name)
        assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")

    page = (tmp_path / "report.html").read_text("utf-8")
    told = newsextract.Explanation.from_json((tmp_path / "report.json").read_bytes())
    again = newsextract.Explanation.from_json(data_in_report(page))
    assert told.article == again.article
    assert told.decisions == again.decisions
    # All that a report loads is itself.
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "src=" not in page.partition("<iframe")[0]


def test_explain_tells_of_failures_and_wrong_usage(tmp_path):
    front = FOLDER / "failure--front-page" / "page.html"
    result = run_here("explain", front, "-o", tmp_path / "front.html")
    assert result.returncode == 1
    assert b"no text that reads like an article" in result.stderr
    assert "no_article_text" in data_in_report((tmp_path / "front.html").read_text("utf-8"))

    result = run_here("explain", DAM, "-o", tmp_path / "report.pdf")
    assert result.returncode == 2
    assert b"has to end in .html or .json" in result.stderr
    result = run_here("explain", DAM, "-o", tmp_path / "nowhere" / "report.html")
    assert result.returncode == 1
    assert b"cannot be written" in result.stderr
    assert run_here("explain", tmp_path / "nothing.html").returncode == 1


def test_explain_reads_standard_input_and_addresses(tmp_path):
    assert b"Reservoir levels" in run_here("explain", "-", stdin=DAM.read_bytes()).stdout
    with running_site() as site:
        site.page("/dam", DAM.read_bytes())
        result = run_here("explain", "--allow-private", site.url("/dam"))
    assert result.returncode == 0
    assert result.stdout.decode().startswith(site.url("/dam"))


def test_compare_shows_what_another_program_makes_of_a_page(tmp_path):
    result = run("compare", "newsextract", "trafilatura", DAM, "--url", ADDRESS)

    told = result.stdout.decode()
    assert result.returncode == 1
    assert told.splitlines()[0].startswith("- newsextract ")
    assert told.splitlines()[1].startswith("+ trafilatura ")
    assert "100.0% of the text in common" in told
    assert "authors:\n- Hana Corwen" in told
    assert "title:" not in told


def test_compare_reads_what_was_saved(tmp_path):
    before, after = tmp_path / "before.json", tmp_path / "after.html"
    run_here("explain", DAM, "-o", before)
    changed = DAM.read_text("utf-8").replace("heavy machinery", "light machinery")
    changed = changed.replace("94 percent", "96 percent")
    (tmp_path / "changed.html").write_text(changed, "utf-8")
    run_here("explain", tmp_path / "changed.html", "--url", str(DAM), "-o", after)

    result = run_here("compare", before, after)
    assert result.returncode == 1
    assert "- Reservoir levels had climbed to [94] percent" in result.stdout.decode()
    assert "+ Reservoir levels had climbed to {96} percent" in result.stdout.decode()
    assert run_here("compare", before, before).returncode == 0
    result = run_here("compare", before, after, "-o", tmp_path / "report.html")
    assert (result.returncode, result.stderr) == (1, b"")
    data = json.loads(data_in_report((tmp_path / "report.html").read_text("utf-8")))
    assert [pair["kind"] for pair in data["text"]].count("changed") == 1

    record = tmp_path / "record.json"
    record.write_bytes(run_here("-f", "json", DAM).stdout)
    assert run_here("compare", record, before).returncode == 0


def test_compare_takes_records_of_other_programs(tmp_path):
    other = tmp_path / "other.json"
    other.write_text(json.dumps({
        "title": "Ferry to stay in harbour on Sundays", "author": ["Una Flett"],
        "date_publish": "2024-02-03", "maintext": "\n".join(PARAGRAPHS),
    }))  # fmt: skip

    side = saved(other)

    assert side.paragraphs == tuple(PARAGRAPHS)
    assert side.fields == {
        "title": "Ferry to stay in harbour on Sundays", "authors": "Una Flett",
        "date": "2024-02-03",
    }  # fmt: skip


def test_compare_says_what_cannot_be_compared(tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("no JSON")
    result = run_here("compare", text, "newsextract", DAM)
    assert result.returncode == 1
    assert b"neither a report" in result.stderr
    (tmp_path / "list.json").write_text("[1]")
    assert b"the JSON is no object" in run_here("compare", tmp_path / "list.json", text).stderr
    result = run_here("compare", "newsextrakt", "trafilatura", DAM)
    assert b"are only newsextract and trafilatura" in result.stderr
    result = run_here("compare", "newsextract", "trafilatura")
    assert result.returncode == 2
    assert b"needs a page to read" in result.stderr
    result = run_here("compare", text, text, DAM)
    assert result.returncode == 2
    assert b"leave it out" in result.stderr


def side(*paragraphs, **fields):
    return Side(name="a program", fields=fields, paragraphs=paragraphs)


def test_paragraphs_stand_beside_those_they_are_most_like():
    first, second, third = PARAGRAPHS
    shorter = second.replace(" again after two retired in the autumn", "")

    found = compare(side(first, second, third), side("Advertisement", first, shorter))

    assert [pair.kind for pair in found.text] == ["right", "same", "changed", "left"]
    left = [piece.text for piece in found.text[2].left if not piece.is_shared]
    assert left == [" again after two retired in the autumn"]
    assert 0.5 < found.shared < 0.9
    assert compare(side(first), side(first)).shared == 1.0
    assert not compare(side(first), side(first)).differs


def test_a_page_that_gives_nothing_is_a_side_too():
    page = newsextract.Page(body=b"<p>")

    left, right = (read_page(name, page) for name in ("newsextract", "trafilatura"))

    assert left.fields["failure"].startswith("empty_page: ")
    assert right.fields["failure"].startswith("nothing: ")
    assert compare(left, right).text == ()


def test_comparing_long_and_repetitive_texts_takes_no_time():
    one = [f"word {number % 7} " * 40 for number in range(3_000)]
    other = [f"word {number % 5} " * 41 for number in range(3_000)]
    begin = time.perf_counter()
    found = compare(side(*one), side(*other))
    compare(side("a b " * 100_000), side("b a " * 100_000))

    assert found.cut == 2_000
    assert in_time(time.perf_counter() - begin, 4)
