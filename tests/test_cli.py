"""The command line, on files, pipes and addresses: as a process, as a user would run it.

What only another argument or another message is about runs in this process.
"""

import json
import re
import subprocess
import sys
import time

import jsonschema
import pytest

import newsextract
from commands import COMMAND, run, run_here
from fixtures_on_disk import FOLDER, load
from newsextract.serialization import json_schema
from servers import running_site

EXAMPLE = FOLDER / "crumbs--home-arrow-title-four-times"


def test_a_saved_page_gives_its_record_as_text():
    result = run(EXAMPLE / "page.html")

    paragraphs = result.stdout.decode().strip().split("\n\n")
    expected = load(EXAMPLE).expected
    assert result.returncode == 0
    assert result.stderr == b""
    assert paragraphs[0] == expected["title"]
    assert paragraphs[-5:] == expected["body"]
    assert expected["date"] in paragraphs[1]


def test_the_package_runs_as_a_module_where_the_command_is_not_on_the_path():
    page = EXAMPLE / "page.html"

    result = subprocess.run(
        [sys.executable, "-m", "newsextract", page], capture_output=True, timeout=60, check=False
    )

    assert result.returncode == 0
    assert result.stdout == run(page).stdout
    refused = subprocess.run(
        [sys.executable, "-m", "newsextract", "--no-such"], capture_output=True, check=False
    )
    assert refused.returncode == 2
    assert refused.stderr.startswith(b"newsextract: ")


def test_json_is_the_record_of_the_library():
    result = run_here("-f", "json", "--url", "https://valley.example/dam", EXAMPLE / "page.html")

    page = (EXAMPLE / "page.html").read_bytes()
    assert (
        json.loads(result.stdout)
        == newsextract.extract(page, "https://valley.example/dam").to_dict()
    )


def test_several_inputs_as_json_are_a_list():
    result = run_here("-f", "json", EXAMPLE / "page.html", EXAMPLE / "page.html")

    assert [record["type"] for record in json.loads(result.stdout)] == ["article", "article"]


def test_standard_input_and_markdown():
    result = run("-f", "markdown", "-", stdin=(EXAMPLE / "page.html").read_bytes())

    assert result.returncode == 0
    assert result.stdout.decode().startswith("# Brindle Valley Dam Gates")


def test_a_folder_or_an_address_without_its_beginning_is_told_what_it_takes(tmp_path):
    folder = run_here(tmp_path)
    address = run_here("news.example/story")

    assert folder.returncode == address.returncode == 1
    assert f"newsextract batch {tmp_path} -o records.jsonl" in folder.stderr.decode()
    assert b"If it is an address, write https://news.example/story" in address.stderr


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


@pytest.mark.parametrize(
    "arguments",
    [(), ("--format", "xml", "-"), ("-", "-"), ("--timeout", "-3", "x"), ("--timeout", "nan", "x")],
)
def test_wrong_usage_ends_with_2_and_no_traceback(arguments):
    result = run_here(*arguments, stdin=b"")

    assert result.returncode == 2
    assert result.stdout == b""
    assert b"See newsextract --help." in result.stderr
    assert b"Traceback" not in result.stderr


def test_help_shows_examples_and_every_option():
    text = run_here("--help").stdout.decode()

    assert "examples:" in text
    for option in (
        "--format",
        "--front-matter",
        "--url",
        "--timeout",
        "--no-parts",
        "--schema",
        "--version",
    ):
        assert option in text


def test_version_and_schema():
    version = run_here("--version").stdout.decode()
    assert re.fullmatch(r"newsextract \d+\.\d+\.\d+\n", version)
    assert json.loads(run_here("--schema").stdout) == json_schema()


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
        missing = run_here("--allow-private", server.url("/other"))

    record = json.loads(found.stdout)
    assert found.returncode == 0
    assert record["title"] == load(EXAMPLE).expected["title"]
    assert record["url"] == server.url("/story")
    assert missing.returncode == 1
    assert missing.stdout == b""
    assert missing.stderr.decode().count("\n") == 1
    assert "404" in missing.stderr.decode()


def test_a_private_address_is_refused_with_the_way_out_and_reached_when_allowed():
    with running_site() as server:
        server.page("/story", (EXAMPLE / "page.html").read_bytes())
        refused = run_here(server.url("/story"))
        secure = run_here(f"https://127.0.0.1:{server.port}/story")
        assert server.requests == []
        allowed = run_here("--allow-private", server.url("/story"))

    for result in (refused, secure):
        assert result.returncode == 1
        assert b"--allow-private" in result.stderr
        assert b"loopback" in result.stderr
    assert allowed.returncode == 0
    assert allowed.stdout.decode().startswith("Brindle Valley Dam Gates")


def test_what_is_given_for_one_origin_is_sent_there():
    with running_site() as server:
        server.page("/story", (EXAMPLE / "page.html").read_bytes())
        origin = server.url("").rstrip("/")
        run_here(
            "--allow-private", "--header", origin, "X-Api-Key: abc", "--cookie", origin, "a=b",
            "--auth", origin, "ann:secret", "--user-agent", "reader/1", server.url("/story"),
        )  # fmt: skip
        headers = server.requests[0].headers

    assert headers["x-api-key"] == "abc"
    assert headers["cookie"] == "a=b"
    assert headers["authorization"] == "Basic YW5uOnNlY3JldA=="
    assert headers["user-agent"] == "reader/1"
    wrong = run("--header", "news.example", "A: b", "x")
    assert wrong.returncode == 2
    assert b"not an origin" in wrong.stderr


def test_several_addresses_ask_robots_and_one_does_not():
    with running_site() as server:
        html = (EXAMPLE / "page.html").read_bytes()
        server.page("/robots.txt", b"User-agent: *\nDisallow: /a\n")
        urls = [server.page("/a", html), server.page("/b", html)]
        alone = run_here("--allow-private", urls[0])
        assert "/robots.txt" not in server.paths()
        both = run_here("--allow-private", "--gap", "0.1", "-f", "jsonl", *urls)
        ignored = run_here("--allow-private", "--gap", "0", "--ignore-robots", "-f", "jsonl", *urls)

    assert alone.returncode == 0
    kinds = [json.loads(line).get("kind") for line in both.stdout.splitlines()]
    assert kinds[0] == "robots_disallowed"
    assert kinds[1] != "robots_disallowed"
    assert ignored.returncode == 0


def test_a_cache_is_kept_between_runs(tmp_path):
    with running_site() as server:
        html = (EXAMPLE / "page.html").read_bytes()
        url = server.page("/story", html, headers={"Cache-Control": "max-age=600"})
        command = ("--allow-private", "--cache", tmp_path / "c", "-f", "json", url)
        runs = [run_here(*command), run(*command)]

    assert runs[0].stdout == runs[1].stdout
    assert runs[1].returncode == 0
    assert server.paths() == ["/story"]


def test_a_saved_page_is_read_within_half_a_second():
    def seconds(command):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        return time.perf_counter() - start

    def is_quick():
        # On a slower or busier machine all that is imported takes longer, numpy the longest.
        limit = max(0.5, 6 * seconds([sys.executable, "-c", "import numpy"]))
        return seconds([COMMAND, FOLDER / "wordpress--block-theme" / "page.html"]) < limit

    # One after the other, so that a busy moment meets both; a few times, since it may meet one.
    assert any(is_quick() for _ in range(6))
