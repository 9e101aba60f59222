"""On a terminal: the card of a page, what wrong usage is told, what Tab gives."""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
import unicodedata
from pathlib import Path
from unittest import mock

import pytest
from rich.cells import cell_len

import newsextract
from commands import COMMAND, run_here
from fixtures_on_disk import FOLDER
from newsextract.render.text import to_text

STYLE = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*[39][0-7]")
RULE = "\n" + "─" * 20 + "\n"
EXAMPLE = FOLDER / "crumbs--home-arrow-title-four-times" / "page.html"
# Of what a shell or CI may have set nothing counts but what a test sets.
PLAIN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("COLORTERM", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR", "TTY_COMPATIBLE")
} | {"TERM": "xterm-256color"}

# Two boxes, of which no one can tell which is the story.
BOXES = (
    "<html><title>Tides</title><body><div><a href=/>Harbour Gazette</a></div><ul><li>Ferry, every "
    "hour from the quay</li><li>Bus, at noon and at six</li></ul><div class=teaser><h3><a href=/a>"
    "Harbour closed</a></h3><p>The harbour master has closed the slip for the winter, and nobody "
    "knows.</p></div><div class=teaser><h3><a href=/b>Market open</a></h3><p>The market hall is "
    "open on Saturdays from eight until noon again.</p></div></body></html>"
)
WALLED = """<!doctype html><html lang=en><head><title>Ferry</title><script type=application/ld+json>
{"@type":"NewsArticle","headline":"Ferry","isAccessibleForFree":false}</script></head><body>
<article><h1>The ferry stays in the harbour</h1>
<p>The ferry to Skarholm did not sail on Monday, since nobody could find the key to the engine room,
which the captain had last seen on the counter of the bakery.</p>
<p>Two hundred people waited on the quay until the evening. Some of them had brought a goat, which
was to be shown at the fair and was not shown at all.</p>
<pre>07:10   Skarholm
19:40   Harbour</pre>
<div class=paywall>Subscribe to continue reading. This story is for subscribers.</div>
</article></body></html>"""

# Sequences that colour, clear the screen, set the title of the window and write into the
# clipboard, in one and in two bytes, and the marks that rich reads in its own texts.
HOSTILE_TITLE = "[bold]Fox[/bold] and [link=https://evil.example]hen[/link] :smile:"
HOSTILE = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>Fox</title>
<meta name=author content="[red]Ann Lee[/red]\x1b[31m"></head><body><article>
<h1>{HOSTILE_TITLE}\x1b[31m\x1b]0;owned\x07&#27;[2J\u009b2J\u202e</h1>
<p>The fox came in at dawn\x1b]52;c;ZWNobyBvd25lZA==\x07 and took [red]three hens[/red], said the
farmer on the hill, who had heard nothing at all &#27;[8m of it in the night\x08\x08\x0d.</p>
<table><tr><th>[b]Day[/b]<th>Hens<tr><td>Monday\x1b[7m<td>3<tr><td>Tuesday<td>0</table>
<p>On Tuesday the [/] gate was mended, and since then the fox has been seen on the other side of
the valley, where people keep geese.</p></article></body></html>"""


def on_terminal(*arguments: object, columns: int = 80, **environment: str) -> str:
    """Return what the command writes on a terminal of that many columns."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    # Else an end of line comes back as two characters.
    settings = termios.tcgetattr(its)
    settings[1] &= ~termios.ONLCR
    termios.tcsetattr(its, termios.TCSANOW, settings)
    with subprocess.Popen(
        [COMMAND, *map(str, arguments)], stdin=its, stdout=its, stderr=its, env=PLAIN | environment
    ) as process:
        os.close(its)
        written = b""
        try:
            while piece := os.read(ours, 65_536):
                written += piece
        except OSError:
            # Linux tells so that the other side is closed.
            pass
    os.close(ours)
    assert process.returncode in (0, 1)
    return written.decode()


def piped(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    with mock.patch.dict(os.environ, PLAIN | environment, clear=True):
        return run_here(*arguments)


def page(name: str) -> Path:
    return FOLDER / name / "page.html"


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_card_has_the_whole_text_and_fits(columns):
    names = (
        "rtl--arabic",
        "rtl--hebrew-inline-ads",
        "cjk--japanese-news-app",
        "cjk--thai-no-spaces",
    )
    pages = list(map(page, names))
    shown = STYLE.sub("", on_terminal(*pages, columns=columns))

    cards = shown.split(RULE)
    assert len(cards) == len(pages)
    for path, card in zip(pages, cards, strict=True):
        article = newsextract.extract(path.read_bytes())
        assert squeezed(article.body) in squeezed(card)
        assert squeezed(article.title) in squeezed(card)
        for name in article.authors:
            assert squeezed(name) in squeezed(card)
        widths = [cell_len(line) for line in card.splitlines() if "://" not in line]
        assert max(widths) <= min(columns, 88)
        # Nor are the lines of text much shorter than they may be.
        assert max(widths) > min(columns, 88) - 8


def test_a_card_tells_what_is_known_and_where_from():
    lines = STYLE.sub("", on_terminal(EXAMPLE)).splitlines()

    facts = {line[:12].strip(): line[12:] for line in lines[2:10]}
    assert lines[0] == "Brindle Valley Dam Gates Opened For First Time In Nine Years"
    assert facts["by"] == "Hana Corwen"
    assert facts["date"] == "2024-11-12"
    assert facts["site"] == "Valley Bulletin"
    assert facts["text"] == "en · 276 words"
    assert facts["confidence"].startswith("high, 0.9")
    assert facts["found in"] == "title: dom:h1"
    # However narrow the terminal is, an address stays whole.
    address = newsextract.extract(EXAMPLE.read_bytes()).image
    assert address in on_terminal(EXAMPLE, columns=30)


def test_a_card_shows_headings_lists_quotes_tables_entries_and_corrections():
    names = (
        "lists--nested-and-quotes", "tables--election-results",
        "live-blog--entries-only-in-json-ld", "notes--correction-and-agency",
    )  # fmt: skip
    shown = on_terminal(*map(page, names), columns=60)
    plain = STYLE.sub("", shown)
    lists, tables, live, notes = plain.split(RULE)

    assert "\x1b[1;36mStep one: count what you have\x1b[0m" in shown
    assert "  • Steel poles put up after 1980, which can carry the new\n    heads" in lists
    assert "    1. tapped with a hammer by someone who knows what to\n       listen for,\n" in lists
    assert "│ A street lamp is the only piece of public property that\n│ every citizen" in lists
    assert re.search(r"\nCandidate +Party +Votes +Share +Change\n─+\nHester Quill +Ferry", tables)
    assert "changed 2024-09-17" in live
    assert "\n2024-09-17 19:04+01:00 · Dafydd Prosser\n\nThe meeting has begun." in live
    assert "\nCorrected\n\nCorrection: An earlier version" in notes


def test_a_wall_code_warnings_and_doubt_are_seen(tmp_path):
    walled = tmp_path / "walled.html"
    walled.write_text(WALLED)
    boxes = tmp_path / "boxes.html"
    boxes.write_text(BOXES)
    shown = on_terminal(walled, boxes, page("encoding--windows-1252-labelled-utf8"))
    cut_off, doubtful, warned = STYLE.sub("", shown).split(RULE)

    assert "Only a part of the text is here.\n" in cut_off
    assert cut_off.endswith("\n\nThe text is cut off here, by a paywall.\n")
    assert "    07:10   Skarholm\n    19:40   Harbour\n" in cut_off
    assert "\nconfidence  low, 0." in doubtful
    assert "\x1b[1;31mlow, 0." in shown
    assert "\nWarning: labelled utf-8, read as windows-1252\n" in warned


def test_no_page_controls_the_terminal_or_the_card(tmp_path):
    hostile = tmp_path / "hostile.html"
    hostile.write_text(HOSTILE)
    plain = STYLE.sub("", on_terminal(hostile))
    dumb = on_terminal(hostile, TERM="dumb")

    for text in (plain, dumb):
        controls = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
        assert controls == []
        assert squeezed(HOSTILE_TITLE) in squeezed(text)
        assert "[red]three hens[/red]" in text
        assert "the [/] gate" in text
        assert "[b]Day[/b]" in text


def test_the_environment_says_how_wide_and_how_coloured():
    without = on_terminal(EXAMPLE, NO_COLOR="1")
    dumb = on_terminal(EXAMPLE, TERM="dumb")
    narrow = on_terminal(EXAMPLE, COLUMNS="50")

    assert COLOUR.search(narrow)
    assert not COLOUR.search(without)
    assert "\x1b" not in dumb
    assert STYLE.sub("", without) == dumb
    lines = [line for line in STYLE.sub("", narrow).splitlines() if "://" not in line]
    assert 45 < max(map(len, lines)) <= 50


def test_what_is_not_a_terminal_gets_plain_text_unless_colour_is_forced():
    result = piped(EXAMPLE)
    forced = piped(EXAMPLE, FORCE_COLOR="1").stdout.decode()

    assert result.stdout.decode() == to_text(newsextract.extract(EXAMPLE.read_bytes())) + "\n"
    assert COLOUR.search(forced)
    assert "confidence" in forced
    assert "confidence" not in on_terminal("-f", "markdown", EXAMPLE)


def test_files_and_pipes_never_wait_for_what_only_terminals_need():
    program = (
        "import sys; from newsextract.cli import main; main(sys.argv[1:]); "
        "print([name for name in ('rich', 'argcomplete', 'difflib') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, EXAMPLE], capture_output=True, text=True, check=True,
        env=PLAIN,
    )  # fmt: skip

    assert result.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("--fromat json x", "newsextract: unrecognized arguments: --fromat; did you mean --form"),
        ("--tiemout=3 --gpa 1 x", "--tiemout=3 --gpa; did you mean --timeout and --gap?"),
        ("-format json x", "unrecognized arguments: -format; did you mean --format?"),
        ("--zzzz x", "newsextract: unrecognized arguments: --zzzz\n"),
        ("--form json x", "unrecognized arguments: --form; did you mean --format?"),
        ("-f jsno x", "argument -f/--format: there is no 'jsno'; did you mean json?"),
        ("-f 7 x", "there is no '7'; choose from text, json"),
        ("dicsover https://news.example/", "dicsover: no such file; did you mean the command disc"),
        ("batch list.txt --ouput x", "newsextract batch: unrecognized arguments: --ouput; did you "
         "mean --output?"),
        ("batch list.txt -o x.csv --fields titel", "no field 'titel'; did you mean title?"),
        ("discover --sicne 24h https://news.example/", "--sicne; did you mean --since?"),
        ("failures --kind timedout x", "there is no 'timedout'; did you mean timed_out?"),
        ("", "newsextract: nothing to read"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_on_a_line_with_what_is_nearest(line, told):
    result = piped(*line.split())

    first, second = result.stderr.decode().splitlines()
    assert told in f"{first}\n"
    assert re.fullmatch(r"See newsextract ?[a-z]* --help\.", second)
    assert result.returncode == 2
    assert result.stdout == b""


def test_a_file_with_a_name_near_to_a_command_is_read(tmp_path):
    (tmp_path / "batches").write_bytes(EXAMPLE.read_bytes())
    result = subprocess.run(
        [COMMAND, "batches"], cwd=tmp_path, capture_output=True, text=True, check=True, env=PLAIN
    )

    assert result.stdout.startswith("Brindle Valley Dam")


@pytest.mark.parametrize("command", ["", "batch", "compare", "discover", "explain", "failures"])
def test_help_is_readable_at_80_columns(command):
    text = piped(*command.split(), "--help", COLUMNS="80").stdout.decode()

    assert max(map(len, text.splitlines())) <= 80
    assert "examples:" in text


TYPED = {
    "newsextract --for": {"--format"},
    "newsextract ba": {"batch"},
    "newsextract batch --wor": {"--workers"},
    "newsextract -f ": {"text", "json", "jsonl", "csv", "markdown", "html", "tei"},
    "newsextract batch --engine r": {"ray"},
    "newsextract failures --kind timed": {"timed_out"},
    "newsextract sav": {"saved.html"},
    "newsextract saved.html sto": {"story.html"},
    "newsextract saved.html ba": set(),
    "newsextract batch sto": {"story.html"},
    "newsextract batch -o out.csv --dup": {"--duplicates"},
}
ASKS = {
    "bash": """
        ask() { COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9; COMPREPLY=()
                _python_argcomplete newsextract; printf '%s\\n' "${COMPREPLY[@]}"; }""",
    # Outside of its line editor zsh completes nothing: what _describe is given is looked at.
    "zsh": """
        _describe() { printf '%s\\n' "${completions[@]%%:*}" }
        ask() { BUFFER=$1 CURSOR=${#1} words=(${(z)1}); _python_argcomplete }""",
    "fish": """
        function ask; complete -C $argv[1] | string replace -r '\\t.*' ''; end""",
}  # fmt: skip


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_tab_gives_commands_options_choices_and_files(shell, tmp_path):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    for name in ("saved.html", "story.html"):
        (tmp_path / name).touch()
    load = {
        "bash": 'eval "$(newsextract --print-completion bash)"',
        "zsh": 'compdef() { : }; eval "$(newsextract --print-completion zsh)"',
        "fish": "newsextract --print-completion fish | source",
    }[shell]
    asked = "\n".join(f"echo '?{line}'; ask '{line}'" for line in TYPED)
    result = subprocess.run(
        [shell, {"bash": "--norc", "zsh": "-f", "fish": "--no-config"}[shell], "-c",
         f"{load}\n{ASKS[shell]}\n{asked}"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        env=PLAIN | {"PATH": f"{COMMAND.parent}:{PLAIN['PATH']}", "HOME": str(tmp_path)},
    )  # fmt: skip

    assert result.stderr == ""
    given = {}
    for answer in result.stdout.split("?")[1:]:
        line, *words = answer.split("\n")
        given[line] = {word.strip() for word in words} - {""}
    assert given == TYPED
