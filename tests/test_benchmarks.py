"""The measures on examples small enough to be worked out by hand."""

import importlib
import json
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

if not BENCHMARKS.is_dir():
    pytest.skip("no benchmarks here, as in a source distribution", allow_module_level=True)

sys.path.insert(0, str(BENCHMARKS))
corpus, extractors, measures, pictures, report, scores, structured, workers, wrong = map(
    importlib.import_module,
    (
        "corpus",
        "extractors",
        "measures",
        "pictures",
        "report",
        "scores",
        "structured",
        "workers",
        "wrong",
    ),
)


def test_words_are_lower_case_runs_of_letters_and_digits():
    text = "The Dam's 2 gates – opened."
    assert measures.words(text) == ["the", "dam", "s", "2", "gates", "opened"]


class TestShingles:
    def test_a_lost_last_word_loses_one_shingle_of_three(self):
        overlap = measures.shingle_overlap(list("abcdef"), list("abcde"))
        assert overlap == pytest.approx((2 / 3, 0, 1 / 3))
        assert (overlap.precision, overlap.recall) == pytest.approx((1, 2 / 3))
        assert overlap.f1 == pytest.approx(0.8)

    def test_a_word_in_between_breaks_every_shingle_across_it(self):
        # Gold abcd bcde; found abcd bcdX cdXe: one common, two extra, one lost.
        assert measures.shingle_overlap(list("abcde"), list("abcdXe")) == (0.25, 0.5, 0.25)

    def test_a_repeated_shingle_counts_as_often_as_it_stands_there(self):
        # Gold aaaa twice, found once.
        assert measures.shingle_overlap(list("aaaaa"), list("aaaa")) == (0.5, 0, 0.5)

    def test_fewer_than_four_words_are_one_shingle(self):
        assert measures.shingle_overlap(["a", "b"], ["a", "b"]) == (1, 0, 0)
        assert measures.shingle_overlap(["a", "b"], ["b", "a"]) == (0, 0.5, 0.5)

    def test_an_empty_body_has_no_precision(self):
        overlap = measures.shingle_overlap(list("abcd"), [])
        assert (overlap.precision, overlap.recall, overlap.f1) == (None, 0, 0)

    def test_two_empty_bodies_have_neither(self):
        overlap = measures.shingle_overlap([], [])
        assert (overlap.precision, overlap.recall) == (None, None)


def test_word_f1_forgets_the_order():
    # Two words in common, of three and of four: precision 2/4, recall 2/3.
    assert measures.word_f1(list("aab"), list("baxy")) == pytest.approx(4 / 7)
    assert measures.word_f1(list("abc"), list("cba")) == 1
    assert measures.word_f1(list("abc"), []) == 0


class TestRougeLSum:
    @staticmethod
    def score(gold: str, found: str) -> float:
        return measures.rouge_lsum(measures.lines_of_words(gold), measures.lines_of_words(found))

    def test_the_example_of_the_paper(self):
        # Lin 2004, 3.2: w1 w2 and w1 w3 w5 join to w1 w2 w3 w5; recall 4/5, here precision 4/10.
        gold = "w1 w2 w3 w4 w5"
        found = "w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5"
        assert self.score(gold, found) == pytest.approx(2 * 0.8 * 0.4 / 1.2)

    def test_where_the_lines_break_does_not_matter_for_what_stands_in_one(self):
        assert self.score("a b c\nd e", "a b c d e") == 1

    def test_lines_may_come_in_another_order(self):
        assert self.score("a b\nc d", "c d\na b") == 1

    def test_words_of_a_line_may_not(self):
        # A longest common subsequence of abcd and dabc is abc.
        assert self.score("a b c d", "d a b c") == pytest.approx(0.75)

    def test_a_word_is_no_more_often_a_hit_than_it_was_found(self):
        # Both gold lines match, but the found text has each word once: 2 hits of 4 and of 2.
        assert self.score("a b\na b", "a b") == pytest.approx(2 / 3)

    def test_nothing_found_or_nothing_in_common(self):
        assert self.score("a b", "") == 0
        assert self.score("a b", "c d") == 0

    def test_lines_longer_than_a_machine_word(self):
        long = " ".join(f"w{number}" for number in range(100))
        assert self.score(f"{long} end", f"start {long}") == pytest.approx(100 / 101)


def test_snippets_are_found_whatever_the_white_space():
    text = "One  story,\n\nin two\u00a0paragraphs. Read more"
    counts = measures.count_snippets(
        text, wanted=["story, in two paragraphs", "not there"], unwanted=["Read more", "Subscribe"]
    )
    assert counts == (1, 1, 1, 1)
    assert counts.true_positive == counts.false_negative == 1
    assert counts.false_positive == counts.true_negative == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Dam” opened", '"dam" Opened'),
        ("It’s here", "It's  here"),
        ("2019–2024 — all", "2019-2024 - all"),
        ("Soft\u00adhyphen", "softhyphen"),
        ("„So“, »so«", '"So", "so"'),
    ],
)
def test_titles_are_alike_but_for_case_space_quotes_and_dashes(one, other):
    assert measures.unified(one) == measures.unified(other)


def test_titles_differ_by_a_word():
    assert measures.unified("Dam opened - Valley News") != measures.unified("Dam opened")


class TestAuthors:
    def test_one_of_two_and_one_too_many(self):
        assert measures.author_f1(["Ana Sol", "Bo Lee"], ["ana sol", "Staff"]) == 0.5
        assert measures.has_spurious_author(["Ana Sol", "Bo Lee"], ["ana sol", "Staff"])

    def test_one_of_two(self):
        assert measures.author_f1(["Ana Sol", "Bo Lee"], ["Bo  Lee"]) == pytest.approx(2 / 3)
        assert not measures.has_spurious_author(["Ana Sol", "Bo Lee"], ["Bo  Lee"])

    def test_a_name_twice_is_one_name(self):
        assert measures.author_f1(["Ana Sol"], ["Ana Sol", "ANA SOL"]) == 1

    def test_none_found(self):
        assert measures.author_f1(["Ana Sol"], []) == 0
        assert not measures.has_spurious_author(["Ana Sol"], [])


class TestDates:
    @pytest.mark.parametrize(
        ("gold", "found", "day"),
        [
            ("2024-05-03", "2024-05-03", "right"),
            ("2024-05-03", "2024-05-03T23:59:00-08:00", "right"),
            ("2024-05-03", "2024-03-05", "wrong"),
            ("2024-05-03", "", "missing"),
            ("2024-05-03", "yesterday", "wrong"),
            ("2024-05-03T00:30:00+02:00", "2024-05-02T22:30:00Z", "right"),
            ("2024-05-03T00:30:00+02:00", "2024-05-02", "wrong"),
        ],
    )
    def test_day(self, gold, found, day):
        assert measures.judge_day(gold, found) == day

    def test_a_day_of_tolerance(self):
        assert measures.judge_day("2024-05-03", "2024-05-04", tolerance=1) == "right"
        assert measures.judge_day("2024-05-03", "2024-05-05", tolerance=1) == "wrong"

    @pytest.mark.parametrize(
        ("gold", "found", "time"),
        [
            ("2024-05-03T10:00:00+02:00", "2024-05-03T08:00:00Z", "right"),
            ("2024-05-03T10:00:42+02:00", "2024-05-03T10:00:00+02:00", "right"),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:01:00+02:00", "wrong"),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00Z", "wrong"),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00", "right"),
            ("2024-05-03T10:00:00", "2024-05-03T10:00:00-05:00", "right"),
            ("2024-05-03T10:00:00", "2024-05-03T08:00:00", "wrong"),
            ("2024-05-03T10:00:00", "2024-05-03T00:00:00", "wrong"),
            ("2024-05-03T10:00:00", "2024-05-03", "missing"),
            ("2024-05-03T10:00:00", "", "missing"),
            ("2024-05-03T10:00:00", "this morning", "wrong"),
            ("2024-05-03", "2024-05-03T10:00:00", None),
            # A day written as a moment.
            ("2024-05-03T00:00:00+02:00", "2024-05-03T10:00:00", None),
        ],
    )
    def test_time_of_day(self, gold, found, time):
        assert measures.judge_time(gold, found) == time

    @pytest.mark.parametrize(
        ("gold", "found", "instant"),
        [
            ("2024-05-03T10:00:00+02:00", "2024-05-03T08:00:00Z", "right"),
            ("2024-05-03T10:00:00.250+02:00", "2024-05-03T10:00:00+02:00", "right"),
            ("2024-05-03T10:00:42+02:00", "2024-05-03T10:00:00+02:00", "wrong"),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00Z", "wrong"),
            # A clock without an offset is no instant, and gold without one cannot judge any.
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00", "missing"),
            ("2024-05-03T10:00:00+02:00", "2024-05-03", "missing"),
            ("2024-05-03T10:00:00+02:00", "", "missing"),
            ("2024-05-03T10:00:00", "2024-05-03T10:00:00Z", None),
            ("2024-05-03T00:00:00Z", "2024-05-03T10:00:00Z", None),
            ("2024-05-03", "2024-05-03T10:00:00Z", None),
        ],
    )
    def test_instant(self, gold, found, instant):
        assert measures.judge_instant(gold, found) == instant


class TestPictures:
    @pytest.mark.parametrize(
        ("gold", "found"),
        [
            # Scheme, query, `www.`, percent-encoding.
            ("https://www.a.example/p/Dam%20gate.jpg?w=640", "http://a.example/p/Dam gate.jpg"),
            ("https://a.example/x/3500.jpg?width=700&s=none", "https://a.example/x/3500.jpg?s=fa8"),
            ("https://a.example/img?id=12&width=640", "https://a.example/img?width=90&id=12"),
            # Sizes at the end of a name.
            (
                "https://a.example/2024/dam-gates-open-1200x630.jpg",
                "https://b.example/dam-gates-open.webp",
            ),
            (
                "https://a.example/dam_2031_w948_r1.778.jpg",
                "https://a.example/small/dam_2031@2x.jpg",
            ),
            (
                "https://a.example/img_2031-scaled.jpg",
                "https://a.example/img_2031-e1715708581580.jpg",
            ),
            # A proxy with the address of the picture in its path or query.
            (
                "https://a.example/dam.jpg",
                "https://i.example/fit/90/https%3A%2F%2Fa.example%2Fdam.jpg",
            ),
            ("https://a.example/dam.jpg", "https://i.example/?url=https://a.example/dam.jpg&w=90"),
            # An identifier, whatever the server makes of the rest of the name.
            (
                "https://a.example/clip/f9575e06-762d-4717-89f9-4773a460beff_wide_75p.jpg",
                "https://a.example/clip/f9575e06-762d-4717-89f9-4773a460beff_social_default.jpg",
            ),
            (
                "https://a.example/get/id/195679/width/730/crop/1",
                "https://a.example/social/195679.jpg",
            ),
            (
                "https://a.example/450a2c7417d4d233f0b8=w700",
                "https://a.example/450a2c7417d4d233f0b8/2048/jpeg",
            ),
            ("https://a.example/p/dam.jpg", "/p/dam.jpg"),
        ],
    )
    def test_the_same(self, gold, found):
        assert pictures.judge_picture([gold], found, "https://a.example/story") == "right"
        assert pictures.judge_picture([found], gold, "https://a.example/story") == (
            "right" if found.startswith("http") else "wrong"
        )

    @pytest.mark.parametrize(
        ("gold", "found"),
        [
            ("https://a.example/img?id=12&width=640", "https://a.example/img?id=13&width=640"),
            # Names that are not told apart.
            ("https://a.example/1/original.jpg", "https://a.example/2/original.jpg"),
            ("https://a.example/1/1920x1080.jpg", "https://a.example/2/1920x1080.jpg"),
            ("https://a.example/img_2031.jpg", "https://a.example/img_2032.jpg"),
            # A date and a time in seconds are no identifiers, and a number among its like counts.
            ("https://a.example/20240503/gate.jpg", "https://a.example/20240503/dam.jpg"),
            ("https://a.example/410384_1762438625.jpg", "https://a.example/410390_1762438625.jpg"),
            (
                "https://a.example/cf987ccfaa6a53cdafbf_1.jpg",
                "https://a.example/cf987ccfaa6a53cdafbf_2.jpg",
            ),
            ("https://a.example/dam.jpg", "data:image/gif;base64,R0lGODlhAQABAAAAACw="),
        ],
    )
    def test_another(self, gold, found):
        assert pictures.judge_picture([gold], found) == "wrong"

    def test_any_version_is_right_and_none_is_missing(self):
        versions = ["https://a.example/wide/a.jpg", "https://a.example/square/b.jpg"]
        assert pictures.judge_picture(versions, "https://a.example/square/b.jpg") == "right"
        assert pictures.judge_picture(versions, " ") == "missing"


class TestStructuredData:
    def test_json_ld_comes_before_microdata_and_open_graph(self):
        article = {
            "@graph": [
                {"@type": "WebSite", "headline": "Site"},
                {
                    "@type": ["NewsArticle"],
                    "headline": " Dam opened ",
                    "author": [{"@type": "Person", "name": "Ana Sol"}, "Bo Lee"],
                    "image": {"@type": "ImageObject", "url": ["https://a.example/1.jpg"]},
                },
            ]
        }
        item = {
            "type": "https://schema.org/Article",
            "properties": {"headline": "Other", "datePublished": "2024-05-03"},
        }
        graph = {"properties": [("og:title", "Third"), ("og:image", "https://a.example/2.jpg")]}
        data = {"json-ld": [article], "microdata": [item], "opengraph": [graph]}
        assert structured.fields_of(data) == {
            "title": "Dam opened",
            "authors": ("Ana Sol", "Bo Lee"),
            "date": "2024-05-03",
            "picture": "https://a.example/1.jpg",
        }

    def test_the_first_of_several_open_graph_pictures(self):
        properties = [
            ("og:image", "https://a.example/1.jpg"),
            ("og:image", "https://a.example/2.jpg"),
            ("article:author", "https://a.example/ana"),
        ]
        found = structured.fields_of({"opengraph": [{"properties": properties}]})
        assert found["picture"] == "https://a.example/1.jpg"
        assert found["authors"] == ()

    def test_nothing(self):
        nothing = {"title": "", "authors": (), "date": "", "picture": ""}
        assert structured.fields_of({}) == nothing


class TestCorpus:
    @staticmethod
    def gold(tmp_path, name, **gold):
        entry = {"id": "p", "url": None, "html": "p.gz", "page_type": "article", "lang": None}
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.jsonl").write_text(json.dumps(entry | {"gold": gold}))
        return next(corpus.read_set(tmp_path, name)).gold

    def test_pictures_and_fields_known_to_be_absent(self, tmp_path):
        gold = self.gold(
            tmp_path,
            "made_up",
            image="https://a.example/1.jpg",
            image_versions=["https://a.example/2.jpg"],
            known_absent=["date_published", "weather"],
        )
        assert gold.pictures == ("https://a.example/1.jpg", "https://a.example/2.jpg")
        assert gold.absent == {"date"}
        assert not gold.in_utc

    @pytest.mark.parametrize(
        ("told", "date"),
        [
            ("2024-05-02T15:00:00.000Z", "2024-05-02"),
            ("2024-05-02T15:30:00.000Z", "2024-05-02T15:30:00.000Z"),
        ],
    )
    def test_a_whole_hour_in_utc_is_a_day(self, tmp_path, told, date):
        gold = self.gold(tmp_path, "postlight", date_published=told)
        assert gold.date == date
        assert gold.in_utc


def sample(name="page", **gold):
    return corpus.Sample(
        set="made_up",
        id=name,
        url=None,
        path=Path("nowhere"),
        language="en",
        page_type="article",
        gold=corpus.Gold(**gold),
    )


class TestScores:
    def test_of_several_readings_the_best_counts(self):
        page = scores.score_page(
            "one",
            extractors.ALL_FIELDS,
            sample(readings=("a b c d", "a b c d e")),
            extractors.Record(body="A b c d – e"),
        )
        assert page.exact
        assert page.word_f1 == page.rouge_lsum == 1
        assert page.shingles == (1, 0, 0)
        assert page.title_exact is page.day is page.authors_f1 is page.snippets is None

    def test_a_field_that_a_library_does_not_give_is_not_judged(self):
        page = scores.score_page(
            "one", frozenset(("body",)), sample(title="T", readings=("a",)), extractors.Record()
        )
        assert page.title_exact is None
        assert page.exact is False

    def test_a_set(self):
        gold = sample(readings=("a b c d",), title="A dam", date="2024-05-03")
        good = extractors.Record(title="a dam", date="2024-05-03", body="a b c d e")
        pages = [
            scores.score_page("one", extractors.ALL_FIELDS, gold, good),
            scores.score_page(
                "one", extractors.ALL_FIELDS, gold, extractors.Record(), error="empty"
            ),
        ]
        whole = scores.summarize(pages)
        # abcd right and bcde extra on the first page; the second has no precision, recall 0.
        assert (whole.precision, whole.recall, whole.shingle_f1) == (0.5, 0.5, 0.5)
        assert (whole.exact, whole.title_exact, whole.day_right, whole.day_missing) == (
            0,
            0.5,
            0.5,
            0.5,
        )
        assert (whole.bodies, whole.failures, whole.bylines) == (2, 1, 0)
        assert whole.word_f1 == pytest.approx(2 * 0.8 / 1.8 / 2)

    def test_snippets_are_summed_over_pages(self):
        gold = sample(wanted=("yes", "also"), unwanted=("no",))
        pages = [
            scores.score_page("one", extractors.ALL_FIELDS, gold, extractors.Record(body=body))
            for body in ("yes also", "yes no")
        ]
        whole = scores.summarize(pages)
        assert whole.snippet_precision == whole.snippet_recall == whole.snippet_f1 == 0.75
        assert whole.snippet_accuracy == pytest.approx(4 / 6)

    def test_names_are_counted_over_all_pages(self):
        gold = sample(authors=("Ana Sol", "Bo Lee"))
        whole = scores.summarize(
            [
                scores.score_page(
                    "one", extractors.ALL_FIELDS, gold, extractors.Record(authors=authors)
                )
                for authors in (("Ana Sol", "ana sol", "Staff", "News"), ("Bo Lee",), ())
            ]
        )
        # Two of four names; the third page has none.
        assert whole.names_right == 0.5
        assert whole.authors_missing == whole.authors_spurious == pytest.approx(1 / 3)
        # 1 of 2 and of 3: 2/5; 1 of 2 and of 1: 2/3.
        assert whole.authors_f1 == pytest.approx((2 / 5 + 2 / 3) / 3)
        assert whole.authorless == 0

    def test_what_is_given_where_the_page_has_none(self):
        gold = sample(absent=frozenset(("authors", "date")))
        whole = scores.summarize(
            [
                scores.score_page("one", extractors.ALL_FIELDS, gold, record)
                for record in (extractors.Record(authors=("Staff",)), extractors.Record())
            ]
        )
        assert (whole.authors_invented, whole.authorless) == (1, 2)
        assert (whole.dates_invented, whole.dateless) == (0, 2)
        assert whole.bylines == whole.dates == 0

    def test_a_field_that_is_only_unknown_is_not_invented(self):
        page = scores.score_page(
            "one", extractors.ALL_FIELDS, sample(), extractors.Record(authors=("Ana Sol",))
        )
        assert page.authors_invented is page.date_invented is page.picture is None

    def test_times_and_pictures(self):
        gold = sample(date="2024-05-03T10:00:00+02:00", pictures=("https://a.example/dam.jpg",))
        records = (
            extractors.Record(date="2024-05-03T08:00:00Z", picture="http://a.example/dam.jpg"),
            extractors.Record(date="2024-05-03T10:00:00", picture="http://a.example/logo.jpg"),
            extractors.Record(date="2024-05-03T09:00:00+02:00"),
            extractors.Record(),
        )
        whole = scores.summarize(
            [scores.score_page("one", extractors.ALL_FIELDS, gold, each) for each in records]
        )
        assert (whole.day_right, whole.day_missing) == (0.75, 0.25)
        assert (whole.time_right, whole.time_wrong, whole.time_missing) == (0.5, 0.25, 0.25)
        assert (whole.instant_right, whole.instant_wrong) == (0.25, 0.25)
        assert (whole.picture_right, whole.picture_wrong, whole.picture_missing) == (
            0.25,
            0.25,
            0.5,
        )
        assert whole.times == whole.instants == whole.pictures == 4

    def test_the_clock_of_gold_in_utc_is_not_judged(self):
        gold = sample(date="2024-05-03T22:30:00Z", in_utc=True)
        record = extractors.Record(date="2024-05-04T07:30:00")
        page = scores.score_page("one", extractors.ALL_FIELDS, gold, record)
        assert (page.day, page.time, page.instant) == ("right", None, "missing")


class TestWrongPages:
    def test_gold_and_what_was_given_with_its_source(self):
        samples = [
            sample(
                "bad",
                title="Dam opened",
                authors=("Ana Sol",),
                date="2024-05-03T10:00:00Z",
                pictures=("https://a.example/dam.jpg",),
            ),
            sample("good", title="Dam opened"),
        ]
        records = {
            "made_up/bad": extractors.Record(
                title="Dam",
                date="2024-05-03",
                picture="https://a.example/logo.jpg",
                sources=(("title", "dom:h1"), ("picture", "meta:og:image")),
            ),
            "made_up/good": extractors.Record(title="Dam opened"),
        }
        pages = [
            scores.score_page("one", extractors.ALL_FIELDS, each, records[each.name])
            for each in samples
        ]
        lists = wrong.wrong_pages(samples, pages, records)
        assert list(lists) == ["title", "authors", "date", "picture"]
        assert lists["title"].splitlines() == [
            "# made_up: title wrong on 1 of 2 pages",
            "",
            "## bad (en, word F1 0.67)",
            "",
            "    told:  Dam opened",
            "    given: Dam   [dom:h1]",
        ]
        assert "## bad (en, missing)" in lists["authors"]
        assert "    given: (none)" in lists["authors"]
        assert "## bad (en, time missing)" in lists["date"]
        assert "    given: https://a.example/logo.jpg   [meta:og:image]" in lists["picture"]
        assert not any("good" in text for text in lists.values())

    def test_a_value_that_the_page_does_not_have(self):
        page = sample(absent=frozenset(("date",)))
        record = extractors.Record(date="2024-05-03")
        scored = scores.score_page("one", extractors.ALL_FIELDS, page, record)
        lists = wrong.wrong_pages([page], [scored], {page.name: record})
        assert "## page (en, invented)" in lists["date"]
        assert "    told:  (none)\n    given: 2024-05-03" in lists["date"]
        assert lists["authors"] == ""


class TestReport:
    def test_wrong_lines(self):
        body = "Home\nThe gates were opened after dawn on Monday."
        gold = "The gates were opened after dawn on Monday.\nNobody was hurt."
        kept, dropped = report.wrong_lines(sample(readings=(gold,)), body)
        assert (kept, dropped) == (["Home"], ["Nobody was hurt."])

    def test_a_line_that_is_only_broken_elsewhere_is_not_wrong(self):
        kept, dropped = report.wrong_lines(sample(readings=("a b c d e f",)), "a b c\nd e f")
        assert (kept, dropped) == ([], [])

    def test_tables_and_page_scores_are_written(self, tmp_path):
        page = scores.score_page(
            "one", extractors.ALL_FIELDS, sample(readings=("a b",)), extractors.Record(body="a b")
        )
        report.Report(pages=[page]).write(tmp_path)
        assert "| one | 1 | 1.000 | 1.000 | 1.0000 | 1.000 |" in (
            tmp_path / "quality.md"
        ).read_text(encoding="utf-8")
        assert json.loads((tmp_path / "pages.jsonl").read_text(encoding="utf-8"))["exact"] is True
        whole = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
        assert whole["sets"]["made_up"]["one"]["shingle_f1"] == 1


def test_gold_notes_give_reasons():
    assert all(reason.strip() for reason in corpus.bad_gold().values())


PAGE = Path(__file__).parent / "fixtures" / "crumbs--home-arrow-title-four-times" / "page.html"


def test_nested_names_are_made_one_list():
    assert list(extractors._flat(["Ana Sol", ["Bo Lee", ["Cy Orr"]], None])) == [
        "Ana Sol",
        "Bo Lee",
        "Cy Orr",
    ]


def test_a_process_over_the_time_limit_is_replaced():
    worker = workers.Worker("newsextract")
    try:
        late = worker.run(PAGE.read_bytes(), None, limit=0)
        assert (late.record, late.error) == (extractors.Record(), "over the time limit")
        good = worker.run(PAGE.read_bytes(), None)
        assert (good.record.date, good.error) == ("2024-11-12", None)
        assert dict(good.record.sources)["date"] == "dom:line"
        bad = worker.run(b"<p></p>", None)
        assert bad.error.startswith("EmptyPage")
    finally:
        worker.close()
