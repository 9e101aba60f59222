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
corpus, extractors, measures, report, scores, workers = map(
    importlib.import_module, ("corpus", "extractors", "measures", "report", "scores", "workers")
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
        ("gold", "found", "same"),
        [
            ("2024-05-03T10:00:00+02:00", "2024-05-03T08:00:00Z", True),
            ("2024-05-03T10:00:00.250+02:00", "2024-05-03T10:00:00+02:00", True),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00Z", False),
            ("2024-05-03T10:00:00+02:00", "2024-05-03T10:00:00", True),
            ("2024-05-03T10:00:00+02:00", "2024-05-03", False),
            ("2024-05-03", "2024-05-03T10:00:00", None),
        ],
    )
    def test_instant(self, gold, found, same):
        assert measures.same_instant(gold, found) is same


def sample(**gold):
    return corpus.Sample(
        set="made_up",
        id="page",
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


def test_a_process_over_the_time_limit_is_replaced():
    worker = workers.Worker("newsextract")
    try:
        late = worker.run(PAGE.read_bytes(), None, limit=0)
        assert (late.record, late.error) == (extractors.Record(), "over the time limit")
        good = worker.run(PAGE.read_bytes(), None)
        assert (good.record.date, good.error) == ("2024-11-12", None)
        bad = worker.run(b"<p></p>", None)
        assert bad.error.startswith("EmptyPage")
    finally:
        worker.close()
