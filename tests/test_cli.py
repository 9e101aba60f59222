"""The command line, run as a user would: as a process, on files, pipes and addresses."""

import json
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

import newsextract
from fixtures_on_disk import FOLDER, load
from newsextract.serialization import json_schema
from servers import running_site

EXAMPLE = FOLDER / "crumbs--home-arrow-title-four-times"
COMMAND = Path(sys.executable).with_name("newsextract")


def run(*arguments, stdin=None):
    return subprocess.run(
        [COMMAND, *map(str, arguments)], input=stdin, capture_output=True, timeout=60, check=False
    )


def test_a_saved_page_gives_its_record_as_text():
    result = run(EXAMPLE / "page.html")

    paragraphs = result.stdout.decode().strip().split("\n\n")
    expected = load(EXAMPLE).expected
    assert result.returncode == 0
    assert result.stderr == b""
    assert paragraphs[0] == expected["title"]
    assert paragraphs[-5:] == expected["body"]
    assert expected["date"] in paragraphs[1]


def test_json_is_the_record_of_the_library():
    result = run("-f", "json", "--url", "https://valley.example/dam", EXAMPLE / "page.html")

    page = (EXAMPLE / "page.html").read_bytes()
    assert (
        json.loads(result.stdout)
        == newsextract.extract(page, "https://valley.example/dam").to_dict()
    )


def test_several_inputs_as_json_are_a_list():
    result = run("-f", "json", EXAMPLE / "page.html", EXAMPLE / "page.html")

    assert [record["type"] for record in json.loads(result.stdout)] == ["article", "article"]


def test_standard_input_and_markdown():
    result = run("-f", "markdown", "-", stdin=(EXAMPLE / "page.html").read_bytes())

    assert result.returncode == 0
    assert result.stdout.decode().startswith("# Brindle Valley Dam Gates")


def test_jsonl_has_a_line_for_each_input_failures_too(tmp_path):
    empty = tmp_path / "empty.html"
    empty.write_text("")
    result = run("-f", "jsonl", EXAMPLE / "page.html", empty, tmp_path / "missing.html")

    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["type"] for record in records] == ["article", "failure", "failure"]
    assert [record["kind"] for record in records[1:]] == ["empty_page", "unreadable_file"]
    assert records[1]["url"] == str(empty)
    assert result.returncode == 1
    for record in records:
        jsonschema.validate(record, json_schema())


def test_a_failed_input_gives_one_clear_line_and_the_others_their_records(tmp_path):
    result = run(tmp_path / "missing.html", EXAMPLE / "page.html")

    assert result.returncode == 1
    assert result.stdout.decode().startswith("Brindle Valley")
    lines = result.stderr.decode().splitlines()
    assert len(lines) == 1
    assert "missing.html" in lines[0]
    assert "No such file" in lines[0]


def test_an_address_without_its_scheme_is_named_with_the_way_out():
    result = run("news.example/story")

    assert result.returncode == 1
    assert b"https://news.example/story" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [(), ("--format", "xml", "-"), ("-", "-"), ("--timeout", "-3", "x"), ("--timeout", "nan", "x")],
)
def test_wrong_usage_ends_with_2_and_no_traceback(arguments):
    result = run(*arguments, stdin=b"")

    assert result.returncode == 2
    assert result.stdout == b""
    assert b"usage: newsextract" in result.stderr
    assert b"Traceback" not in result.stderr


def test_help_shows_examples_and_every_option():
    text = run("--help").stdout.decode()

    assert "examples:" in text
    for option in ("--format", "--url", "--timeout", "--no-parts", "--schema", "--version"):
        assert option in text


def test_version_and_schema():
    assert run("--version").stdout.decode().startswith("newsextract 0.")
    assert json.loads(run("--schema").stdout) == json_schema()


def test_a_closed_pipe_ends_quietly():
    result = subprocess.run(
        f"{COMMAND} {EXAMPLE / 'page.html'} {EXAMPLE / 'page.html'} | head -c 20",
        shell=True, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert len(result.stdout) == 20
    assert result.stderr == b""


def test_an_address_is_downloaded_and_its_failure_told_on_one_line():
    with running_site() as server:
        server.page("/story", (EXAMPLE / "page.html").read_bytes())
        found = run("--allow-private", "-f", "jsonl", server.url("/story"))
        missing = run("--allow-private", server.url("/other"))

    record = json.loads(found.stdout)
    assert found.returncode == 0
    assert record["title"] == load(EXAMPLE).expected["title"]
    assert record["url"] == server.url("/story")
    assert missing.returncode == 1
    assert missing.stdout == b""
    assert missing.stderr.decode().count("\n") == 1
    assert "404" in missing.stderr.decode()


def test_a_saved_page_is_read_within_half_a_second():
    def fastest(command):
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)

    # On a slower or busier machine all that is imported takes longer, numpy the longest.
    slowness = max(1.0, fastest([sys.executable, "-c", "import numpy"]) / 0.15)
    page = FOLDER / "wordpress--block-theme" / "page.html"
    assert fastest([COMMAND, page]) < 0.5 * slowness
