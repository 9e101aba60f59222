"""Batches finish, go on where they were stopped, and account for every input: rows B1 to B10."""

import contextlib
import json
import os
import pickle
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pyarrow.parquet
import pytest

import newsextract
import newsextract.serialization
from commands import COMMAND, printed_by, run_here
from hostile_server import free_options, slowness
from newsextract.batch import Batch, extract_table, run_batch
from newsextract.batch.arrow import batch_of, row_schema, rows_of
from newsextract.batch.reading import Reader, row_of
from newsextract.batch.slices import size_of_slice
from newsextract.errors import InvalidOption, OutputFailed, UnreadableFile
from newsextract.many import scrape_many
from poisons import HEAD, KINDS, logged, poisoned, refusing_copies, telling_what_is_loaded
from servers import running_site
from test_parts import serve

FIXTURES = Path(__file__).parent / "fixtures"
STORY = (
    "<!doctype html><html lang=en><head><title>Bridge {number} opens</title></head><body><article>"
    "<h1>Bridge {number} opens</h1><p>Bridge number {number} opened on Tuesday after eleven months "
    "of work, the town said in the morning, and the first trams crossed the river at dawn.</p><p>"
    "Forty cables of bridge {number} were replaced, engineers said, and the whole of its deck."
    "</p></article></body></html>"
)


def pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        path = folder / f"{number:05}.html"
        path.write_text(STORY.format(number=number), encoding="utf-8")
    return folder


def rows_in(output: Path) -> list[dict[str, object]]:
    parts = sorted(output.glob("part-*.jsonl")) if output.is_dir() else [output]
    return [json.loads(line) for part in parts for line in part.read_bytes().splitlines()]


def batch(inputs: Path, output: Path, **settings: object) -> Batch:
    return Batch(inputs=(str(inputs),), output=output, **{"workers": 2, **settings})


def test_the_command_turns_a_folder_into_a_file(tmp_path):
    folder = pages(tmp_path / "pages", 30)
    (folder / "none.html").write_text("<p></p>")
    result = subprocess.run(
        [COMMAND, "batch", folder, "-o", tmp_path / "out.jsonl"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    rows = rows_in(tmp_path / "out.jsonl")
    assert len(rows) == 31
    assert [row["title"] for row in rows[:30]] == [f"Bridge {n} opens" for n in range(30)]
    assert rows[0]["input"] == str(folder / "00000.html")
    assert rows[-1]["type"] == "failure"
    assert "31 inputs: 30 articles, 1 failures" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.jsonl", "out.jsonl.summary.json", "pages",
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv", "sqlite"])
def test_each_format_holds_every_input(tmp_path, suffix):
    folder, output = pages(tmp_path / "pages", 12), tmp_path / f"out.{suffix}"
    (folder / "none.html").write_text("<p></p>")
    summary = run_batch(batch(folder, output, fields=("title", "body")))

    assert (summary.inputs, summary.articles, summary.failures) == (13, 12, {"empty_page": 1})
    if suffix == "sqlite":
        with contextlib.closing(sqlite3.connect(output)) as database:
            query = "SELECT title FROM search WHERE search MATCH 'cables AND 7'"
            assert database.execute(query).fetchall() == [("Bridge 7 opens",)]
            assert database.execute("SELECT count(*) FROM records").fetchone() == (13,)
    elif suffix == "parquet":
        table = pyarrow.parquet.read_table(output)
        assert table.column_names[-2:] == ["title", "body"]
        assert table["title"].to_pylist()[:2] == ["Bridge 0 opens", "Bridge 1 opens"]
    elif suffix == "csv":
        lines = output.read_text(encoding="utf-8").splitlines()
        assert lines[0] == "input,type,url,stage,kind,message,detail,title,body"
        assert len([line for line in lines if ",article," in line]) == 12
    elif suffix == "jsonl":
        assert list(rows_in(output)[0]) == ["input", "type", "url", "title", "body", "kind"]


def test_a_folder_of_parquet_files(tmp_path):
    folder = pages(tmp_path / "pages", 130)
    run_batch(batch(folder, tmp_path / "out", format_name="parquet"))

    parts = sorted((tmp_path / "out").glob("part-*.parquet"))
    assert len(parts) == 2
    assert pyarrow.parquet.read_table(parts[0]).num_rows == size_of_slice(0)


def test_records_are_those_of_the_library(tmp_path):
    folder = pages(tmp_path / "pages", 3)
    run_batch(batch(folder, tmp_path / "out.jsonl"))

    for row, path in zip(rows_in(tmp_path / "out.jsonl"), sorted(folder.iterdir()), strict=True):
        assert row.pop("input") == str(path)
        assert row == newsextract.extract(path.read_bytes()).to_dict()


def test_what_is_done_is_not_done_again(tmp_path):
    folder, output = pages(tmp_path / "pages", 5), tmp_path / "out.jsonl"
    first = run_batch(batch(folder, output))
    before = output.stat()
    again = run_batch(batch(folder, output))

    assert (again.inputs, again.resumed, first.resumed) == (5, 5, 0)
    assert output.stat().st_mtime_ns == before.st_mtime_ns


def test_another_job_is_refused(tmp_path):
    folder = pages(tmp_path / "pages", 5)
    for output in (tmp_path / "out.jsonl", tmp_path / "out"):
        run_batch(batch(folder, output))
        with pytest.raises(OutputFailed, match="of another job: fields differ"):
            run_batch(batch(folder, output, fields=("title",)))
    (tmp_path / "mine.jsonl").write_text("precious\n")
    with pytest.raises(OutputFailed, match="not written by a batch"):
        run_batch(batch(folder, tmp_path / "mine.jsonl"))
    with pytest.raises(OutputFailed, match="not of a batch"):
        run_batch(batch(folder, folder))
    assert (tmp_path / "mine.jsonl").read_text() == "precious\n"
    assert len(list(folder.iterdir())) == 5


def test_wrong_settings_are_told(tmp_path):
    with pytest.raises(InvalidOption, match="did you mean title"):
        batch(tmp_path, tmp_path / "out", fields=("titel",))
    with pytest.raises(InvalidOption, match="workers"):
        batch(tmp_path, tmp_path / "out", workers=0)
    with pytest.raises(InvalidOption, match=r"out.docx tells no format .* \.jsonl, "):
        run_batch(batch(tmp_path, tmp_path / "out.docx"))
    with pytest.raises(UnreadableFile, match="no such file"):
        run_batch(batch(tmp_path / "none.txt", tmp_path / "out.jsonl"))
    assert not list(tmp_path.iterdir())
    with pytest.raises(InvalidOption, match="name a file"):
        run_batch(batch(tmp_path, tmp_path / "out", format_name="csv"))


RUN = """
import sys
from newsextract.batch import Batch, run_batch
from pathlib import Path
from poisons import logged
if __name__ == "__main__":
    run_batch(Batch(inputs=(sys.argv[1],), output=Path(sys.argv[2]), workers=2), work=logged)
"""


def started(program: Path, folder: Path, output: Path, log: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ, "READ_LOG": str(log), "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, program, folder, output], env=environment, start_new_session=True,
        stderr=subprocess.PIPE,
    )  # fmt: skip


# `benchmarks/batch.py --kills 20` does it twenty times.
KILLS = 3


def test_b1_killed_at_random_points_and_resumed(tmp_path):
    count = 400
    folder = pages(tmp_path / "pages", count)
    program = tmp_path / "program.py"
    program.write_text(RUN)
    dice = random.Random(7)
    (tmp_path / "whole").mkdir()
    log = tmp_path / "log"
    log.touch()
    kills = 0
    for _ in range(10 * KILLS):
        running = started(program, folder, tmp_path / "out.jsonl", log)
        done = len(log.read_bytes().splitlines())
        # Somewhere in the next part of the work, whatever the machine's speed.
        goal = done + dice.randrange(count // (KILLS + 2))
        while running.poll() is None and (
            kills == KILLS or len(log.read_bytes().splitlines()) <= goal
        ):
            time.sleep(0.01)
        if running.poll() is not None:
            break
        os.killpg(running.pid, signal.SIGKILL)
        running.communicate()
        kills += 1
    assert running.communicate()[1] == b""
    assert kills == KILLS

    alone = tmp_path / "alone.jsonl"
    run_batch(batch(folder, alone, workers=1))
    assert (tmp_path / "out.jsonl").read_bytes() == alone.read_bytes()
    assert len(rows_in(alone)) == count
    assert len(log.read_bytes().splitlines()) <= count + 8 * KILLS


def test_b2_a_second_run_is_refused(tmp_path):
    folder = pages(tmp_path / "pages", 300)
    program = tmp_path / "program.py"
    program.write_text(RUN)
    first = started(program, folder, tmp_path / "out", tmp_path / "log")
    while not (tmp_path / "out" / "job.json").exists():
        time.sleep(0.01)
    with pytest.raises(OutputFailed, match="Another run is writing"):
        run_batch(batch(folder, tmp_path / "out"))
    assert first.communicate()[1] == b""
    assert first.returncode == 0
    assert len(rows_in(tmp_path / "out")) == 300


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_b3_a_folder_that_cannot_be_written(tmp_path):
    folder = pages(tmp_path / "pages", 2)
    (tmp_path / "closed").mkdir(mode=0o555)
    with pytest.raises(OutputFailed, match="Permission denied"):
        run_batch(batch(folder, tmp_path / "closed" / "out"))


LITTLE_ROOM = """
import resource, sys
from newsextract.batch import Batch, run_batch
from newsextract.errors import OutputFailed
from pathlib import Path
if __name__ == "__main__":
    # A file that grows over its limit fails as one on a full disk does.
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
    try:
        run_batch(Batch(inputs=(sys.argv[1],), output=Path(sys.argv[2]), workers=2))
    except OutputFailed as error:
        print(error)
        sys.exit(1)
"""


@pytest.mark.parametrize("room", [100, 60_000])
def test_b3_a_full_disk_stops_it_and_the_rest_is_done_later(tmp_path, room):
    folder, output = pages(tmp_path / "pages", 150), tmp_path / "out"
    program = tmp_path / "program.py"
    program.write_text(LITTLE_ROOM)
    stopped = subprocess.run(
        [sys.executable, program, folder, output, str(room)], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert stopped.returncode == 1, stopped.stderr[-2_000:]
    assert "cannot be written: File too large" in stopped.stdout
    assert not list(output.glob("*.tmp"))
    for row in rows_in(output):
        assert row["type"] == "article"

    run_batch(batch(folder, output))
    run_batch(batch(folder, tmp_path / "alone"))
    assert rows_in(output) == rows_in(tmp_path / "alone")


def test_b3_a_file_that_is_damaged_on_disk_is_made_anew(tmp_path):
    folder, output = pages(tmp_path / "pages", 450), tmp_path / "out"
    run_batch(batch(folder, output))
    good = rows_in(output)
    parts = sorted(output.glob("part-*"))
    (output / "summary.json").unlink()
    parts[1].write_bytes(parts[1].read_bytes()[:-5])
    manifest = output / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-7])

    summary = run_batch(batch(folder, output))
    assert summary.resumed == size_of_slice(0)
    assert rows_in(output) == good


def test_b4_poison_pages_are_named_and_everything_else_is_read(tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    folder = pages(tmp_path / "pages", 980)
    for number, kind in enumerate(KINDS):
        for again in range(4):
            poison = HEAD + kind + b" in " + str(notes).encode() + b" -->"
            (folder / f"{(number * 4 + again) * 47:05}-{kind.decode()}.html").write_bytes(poison)
    lived: dict[int, float] = {}
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(0.02):
            for note in notes.iterdir():
                with contextlib.suppress(ValueError, OSError):
                    pid, begun = note.read_text().split()
                    if int(pid) not in lived and not Path(f"/proc/{pid}/cmdline").exists():
                        lived[int(pid)] = time.monotonic() - float(begun)

    watcher = threading.Thread(target=watch)
    watcher.start()
    limit = 2.0
    summary = run_batch(
        batch(folder, tmp_path / "out.jsonl", seconds=limit, megabytes=1_000), work=poisoned
    )
    time.sleep(0.2)
    is_over.set()
    watcher.join()

    rows = rows_in(tmp_path / "out.jsonl")
    assert summary.articles == 980
    assert Counter(row["type"] for row in rows) == {"article": 980, "failure": 20}
    for row in rows:
        if row["type"] == "failure":
            name = Path(str(row["input"])).stem.partition("-")[2]
            assert row["kind"] == KINDS[name.encode()], row
    assert len(lived) >= 20
    # What else the machine does may hold up one or two of twenty, but not for long.
    *rest, _, longest = sorted(lived.values())
    assert max(rest) < limit + 1 * slowness()
    assert longest < limit + 3 * slowness()
    assert not zombies()


def zombies() -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            name, _, rest = stat.read_text().rpartition(")")
            state, parent = rest.split()[:2]
            if state == "Z" and int(parent) == os.getpid():
                found.append(name)
    return found


def test_processes_that_cannot_start_end_the_batch(tmp_path):
    folder = pages(tmp_path / "pages", 2)
    program = tmp_path / "program.py"
    program.write_text(RUN.replace('if __name__ == "__main__":', "if True:"))
    running = started(program, folder, tmp_path / "out", tmp_path / "log")
    errors = running.communicate(timeout=60)[1]

    assert running.returncode == 1
    assert b"__main__" in errors


def test_what_work_raises_is_raised(tmp_path):
    folder = pages(tmp_path / "pages", 2)
    with pytest.raises(KeyError, match="READ_LOG"):
        run_batch(batch(folder, tmp_path / "out"), work=logged)


def test_b6_a_list_without_end_is_read_as_it_is_needed(tmp_path):
    read = 0

    class Endless:
        def __iter__(self):
            return self

    def lines():
        nonlocal read
        while True:
            read += 1
            yield b'{"html": "' + STORY.format(number=read).encode() + b'"}\n'

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    stop = threading.Event()

    def write() -> None:
        with contextlib.suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            for line in lines():
                file.write(line)
                if stop.is_set():
                    return

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    with pipe.open("rb") as stdin:
        summary = run_batch(
            Batch(inputs=("-",), output=tmp_path / "out.jsonl", workers=1, limit=50),
            stdin=stdin,
        )
    stop.set()
    assert summary.inputs == 50
    # What stands in the buffers of pipe and file, and what waits for a process.
    assert read < 50 + 400


def test_b8_any_number_of_processes_gives_the_same(tmp_path):
    outputs = set()
    for workers in (1, 2, 8):
        output = tmp_path / f"{workers}.parquet"
        run_batch(batch(FIXTURES, output, workers=workers))
        outputs.add(output.read_bytes())

    assert len(outputs) == 1


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_b9_it_stops_when_it_is_told_to(tmp_path, number, status):
    folder = pages(tmp_path / "pages", 400)
    output = tmp_path / "out.jsonl"
    running = subprocess.Popen(
        [COMMAND, "batch", folder, "-o", output, "--workers", "2"], stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    journal = tmp_path / "out.jsonl.parts" / "journal"
    while not journal.exists() or not journal.stat().st_size:
        time.sleep(0.01)
    begin = time.monotonic()
    os.killpg(running.pid, number)
    _, errors = running.communicate()

    assert time.monotonic() - begin < 5
    assert running.returncode == status
    assert errors.decode().splitlines()[-1].endswith("goes on from what is written.")
    assert b"Traceback" not in errors
    summary = run_batch(batch(folder, output, limit=None))
    assert summary.inputs == 400
    assert summary.resumed > 0


def test_b10_the_function_for_engines_pickles_and_gives_the_same_records(tmp_path):
    folder = pages(tmp_path / "pages", 4)
    bodies = [path.read_bytes() for path in sorted(folder.iterdir())]
    urls = [f"https://www.larkholm-echo.example/{n}" for n in range(4)]
    table = pyarrow.table({"html": [*bodies, b"", None], "url": [*urls, None, None]})
    made = pickle.loads(pickle.dumps(extract_table))(table)

    assert made.schema == row_schema()
    assert made["type"].to_pylist() == ["article"] * 4 + ["failure"] * 2
    for row, body, url in zip(made.to_pylist(), bodies, urls, strict=False):
        expected = newsextract.extract(body, url)
        assert row["body"] == expected.body
        assert row["date"] == expected.to_dict()["date"]
        assert row["sources"] == list(expected.to_dict()["sources"].items())


def test_rows_survive_arrow():
    read = Reader()
    rows = []
    for page in sorted(FIXTURES.glob("*/page.html")):
        item = newsextract.batch.Item(place=page.parent.name, body=page.read_bytes())
        rows.append(row_of(item.place, read.page(item)).row)

    assert list(rows_of(batch_of(rows))) == rows


def test_engines_are_told_of_a_column_that_is_not_there():
    with pytest.raises(InvalidOption, match="no column html or content"):
        extract_table(pyarrow.table({"text": ["<p>x</p>"]}))


SISTER = STORY.replace("the town said in the morning", "the town said on its radio in the morning")
LONG = "".join(
    f"<p>Sentence number {n} of this long report says that the river rose by {n} metres.</p>"
    for n in range(40)
)


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_the_same_story_on_several_pages_is_marked(tmp_path, suffix):
    folder = pages(tmp_path / "pages", 3)
    page = (folder / "00001.html").read_text().replace("<article>", f"<article>{LONG}")
    (folder / "a-first.html").write_text(page)
    (folder / "b-same.html").write_text(page.replace("<article>", "<main><article class=x>"))
    (folder / "c-nearly.html").write_text(page.replace("Sentence number 7 of", "Line 7 of"))
    output = tmp_path / f"out.{suffix}"
    summary = run_batch(batch(folder, output, duplicates="mark", fields=("title",)))

    is_lines = suffix == "jsonl"
    rows = rows_in(output) if is_lines else pyarrow.parquet.read_table(output).to_pylist()
    originals = [row.get("duplicate_of") for row in rows]
    assert originals == [None] * 4 + [str(folder / "a-first.html")] * 2
    assert summary.duplicates == 2
    assert summary.articles == 6


def test_duplicates_can_be_dropped_and_are_found_across_runs(tmp_path):
    folder = pages(tmp_path / "pages", 250)
    for number in range(10):
        shutil.copy(folder / f"{number:05}.html", folder / f"x-{number:05}.html")
    whole = tmp_path / "whole"
    summary = run_batch(batch(folder, whole, duplicates="drop"))
    written = rows_in(whole)
    assert summary.inputs == 260
    # The stories are so alike that a few of them are taken for each other, too.
    assert 10 <= summary.duplicates < 25
    assert len(written) == 260 - summary.duplicates
    assert not [row for row in written if "x-" in str(row["input"])]

    cut = tmp_path / "cut"
    with pytest.raises(ValueError, match="a copy"):
        run_batch(batch(folder, cut, duplicates="drop", workers=1), work=refusing_copies)
    again = run_batch(batch(folder, cut, duplicates="drop", workers=1))
    assert again.resumed >= 200
    assert rows_in(cut) == written


def test_no_page_pays_for_loading_the_library_that_finds_duplicates(tmp_path):
    folder, output = pages(tmp_path / "pages", 4), tmp_path / "out"
    marking = batch(folder, output, duplicates="mark", workers=1)
    run_batch(marking, work=telling_what_is_loaded)

    assert [row["is_loaded"] for row in rows_in(output)] == [True] * 4


def test_failures_are_listed_and_tried_once_more(tmp_path):
    folder, output = pages(tmp_path / "pages", 6), tmp_path / "out.parquet"
    for number in (1, 3):
        (folder / f"{number:05}.html").write_text("<p></p>")
    run_batch(batch(folder, output))

    def listed(*arguments: object) -> str:
        return printed_by("failures", output, *arguments).decode()

    assert listed().split() == ["2", "empty_page"]
    places = [str(folder / f"{number:05}.html") for number in (1, 3)]
    assert listed("-f", "text").splitlines() == places
    assert listed("--kind", "timed_out", "-f", "text") == ""
    assert listed("--kind", "timed_out") == "No failures.\n"
    rows = [json.loads(line) for line in listed("-f", "jsonl").splitlines()]
    assert [row["input"] for row in rows] == places

    (folder / "00003.html").write_text(STORY.format(number=3))
    assert "2 inputs: 1 articles, 1 failures" in listed("--retry", tmp_path / "again.jsonl")
    again = rows_in(tmp_path / "again.jsonl")
    assert [row["input"] for row in again] == places
    assert [row["type"] for row in again] == ["failure", "article"]


def test_failures_of_nothing_are_told(tmp_path):
    told = run_here("failures", tmp_path / "none")
    assert told.returncode == 1
    assert b"was not written by a batch" in told.stderr


def test_addresses_are_fetched_and_give_the_records_of_scrape_many(tmp_path):
    with running_site() as site:
        first = serve(site, 4)
        urls = [site.page(f"/{n}", STORY.format(number=n).encode()) for n in range(60)]
        urls = [first, *urls, site.url("/gone"), urls[3], "ftp://files.example/x"]
        listed = tmp_path / "addresses.txt"
        listed.write_text("\n".join(["# a list", *urls]))
        options = free_options()
        summary = run_batch(batch(listed, tmp_path / "out.jsonl", options=options))
        expected = {one.requested_url if one.type == "article" else one.url: one
                    for one in scrape_many(urls, options=options)}  # fmt: skip

    rows = rows_in(tmp_path / "out.jsonl")
    assert [row["input"] for row in rows] == [f"{listed}:{n}" for n in range(2, len(urls) + 2)]
    assert (summary.articles, summary.failures) == (62, {"not_found": 1, "invalid_url": 1})
    assert len(rows[0]["parts"]) == 4
    for url, row in zip(urls[:-1], rows[:-1], strict=True):
        assert row.pop("input")
        known = json.loads(newsextract.serialization.to_json(expected[url]))
        if row["type"] == "article":
            assert row == known
        else:
            assert row["kind"] == known["kind"]


def test_pages_in_hand_go_on_while_a_site_is_slow(tmp_path):
    folder = pages(tmp_path / "pages", 40)
    with running_site() as site:
        site.handle("/slow", lambda _: time.sleep(1.5))
        summary = run_batch(
            Batch(
                inputs=(site.url("/slow"), str(folder)), output=tmp_path / "out.jsonl", workers=1,
                options=free_options(timeout=1, attempts=1, ignore_robots=True),
            )
        )  # fmt: skip

    assert summary.failures == {"timed_out": 1}
    assert summary.articles == 40
    assert rows_in(tmp_path / "out.jsonl")[0]["type"] == "failure"
