"""What the numbers of a page's blocks are: told by position, the same on every machine."""

import numpy as np

from newsextract.extraction.blocks import survey
from newsextract.extraction.context import context_of
from newsextract.extraction.dom import parse
from newsextract.extraction.features import FEATURE_NAMES, describe
from newsextract.extraction.lexicon import Lexicon, word_tokens
from newsextract.extraction.metadata import metadata_candidates
from newsextract.extraction.surroundings import Surroundings

PAGE = """
<html><head><title>Ferry to Marle Island runs again</title></head><body>
<main class="content"><article class="story">
<h1>Ferry to Marle Island runs again</h1>
<p class="t">The ferry between Osten and Marle Island took up its service again on Monday, at
six in the morning.</p>
<p class="t">Nearly three hundred passengers waited at the pier, some of them since midnight.</p>
</article>
<div class="cards">
<div class="card"><h3><a href="/a">Bridge closed</a></h3><p>Drivers take the tunnel.</p></div>
<div class="card"><h3><a href="/b">School opens</a></h3><p>The first pupils came on foot.</p></div>
<div class="card"><h3><a href="/c">Rain ahead</a></h3><p>Farmers welcome the wet week.</p></div>
</div></main></body></html>
"""


def read(html):
    found = survey(parse(html))
    return found, context_of(found, [], metadata_candidates(found, []))


def number(rows, name, block):
    return float(rows[FEATURE_NAMES.index(name), block])


def test_each_block_is_a_column_and_each_question_a_row():
    found, context = read(PAGE)
    rows = describe(found, context, Lexicon())

    assert rows.shape == (len(FEATURE_NAMES), len(found.blocks))
    assert number(rows, "is_headline", 0) == 1.0
    assert number(rows, "depth", 1) == found.blocks[1].container.depth
    # One of two blocks of the story that have the same parent, one of three cards that have not.
    assert number(rows, "path_parents_share", 1) == 0.5
    assert number(rows, "path_parents_share", 4) == 1.0
    assert np.isclose(number(rows, "cards", 4), np.log(3))
    assert number(rows, "cards", 1) == 0.0
    # The words of the headline are in the story, not among the cards.
    assert number(rows, "title_words:1", 1) > number(rows, "title_words:1", 4)


def test_neighbours_are_the_same_questions_one_block_on():
    found, context = read(PAGE)
    rows = describe(found, context, Lexicon())

    length = rows[FEATURE_NAMES.index("length")]
    assert rows[FEATURE_NAMES.index("length@-1"), 1:].tolist() == length[:-1].tolist()
    assert rows[FEATURE_NAMES.index("length@+2"), :-2].tolist() == length[2:].tolist()
    assert rows[FEATURE_NAMES.index("length@-1"), 0] == -1.0


def test_chains_are_told_as_walking_up_tells_them():
    found, context = read(PAGE.replace("<p class", "<div><div><div><section><p class"))
    lexicon = Lexicon({"<p>": 1.5, "<div>": -0.5, "story": 2.0, "card": -3.0})
    around = Surroundings(found.containers, context, lexicon)

    depth, _, articles, _, mean, _, low, total, *_ = around.rows
    for container in found.containers:
        chain = container.ancestors()
        assert depth[container.index] == len(chain) - 1
        assert articles[container.index] == sum(above.tag == "article" for above in chain)
        assert np.isclose(total[container.index], sum(mean[above.index] for above in chain))
        assert low[container.index] == min(
            lexicon.name_score(above.tag, above.name)[1] for above in chain
        )
    paths = {tuple((a.tag, a.classes) for a in c.ancestors()) for c in found.containers}
    assert len(paths) == len(set(around.path.tolist()))


def test_a_page_without_blocks_has_no_columns():
    found, context = read("<p></p>")

    assert describe(found, context, Lexicon()).shape == (len(FEATURE_NAMES), 0)


def test_a_paragraph_is_known_by_how_it_begins_and_a_line_by_all_its_words():
    assert word_tokens("Read more here") == ["read", "more", "here", "^read", "^read more", "here$"]
    assert word_tokens("The ferry " + "sailed " * 60) == ["^the", "^the ferry"]
    assert word_tokens("…") == []
