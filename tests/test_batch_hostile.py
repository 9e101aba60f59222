"""Batches with inputs, outputs and settings that nobody should have, and many have."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from commands import COMMAND, run_here
from newsextract.batch import Batch, run_batch
from newsextract.batch.items import Item
from newsextract.batch.journal import Journal
from newsextract.batch.reading import Outcome, Story
from newsextract.errors import InvalidOption, OutputFailed, UnreadableFile
from poisons import make_row
from test_batch import LITTLE_ROOM, batch, pages, rows_in


def begun(folder: Path, output: Path) -> None:
    """Do the first part of a batch, so that the rest is left."""
    with pytest.raises(Exception, match="150"):
        run_batch(batch(folder, output, workers=1), work=refusing)


def refusing(item: Item | Story) -> Outcome:
    if Path(item.place).name == "00150.html":
        raise ValueError(f"{item.place} is number 150")
    return make_row(item)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_folder_with_everything_in_it_is_read_to_its_end(tmp_path):
    folder = pages(tmp_path / "pages", 2)
    os.mkfifo(folder / "pipe.html")
    (folder / "zero.html").symlink_to("/dev/zero")
    (folder / "loop.html").symlink_to("loop.html")
    (folder / "none.html").symlink_to("nowhere")
    (folder / "same").symlink_to(folder)
    shutil.copy(folder / "00000.html", folder / "two\nlines.html")
    shutil.copy(folder / "00000.html", os.fsencode(folder) + b"/no\xfftext.html")
    for inputs in (folder, folder / "*.html"):
        output = tmp_path / f"{inputs.name.strip('*.')}.jsonl"
        done = run_here("batch", inputs, "-o", output)
        assert done.returncode == 0, done.stderr

        kinds = {Path(row["input"]).name: row["type"] for row in rows_in(output)}
        assert [name for name in kinds if kinds[name] == "failure"] == [
            "loop.html", "none.html", "pipe.html", "zero.html",
        ]  # fmt: skip
        assert [name for name in kinds if kinds[name] == "article"] == [
            "00000.html", "00001.html", "no?text.html", "two\nlines.html",
        ]  # fmt: skip


def test_files_whose_names_are_no_text(tmp_path):
    names = {b"list\xff.txt": "ftp://files.example/", b"lines\xff.jsonl": '{"html": 5}'}
    for name, text in names.items():
        path = os.fsdecode(os.fsencode(tmp_path) + b"/" + name)
        Path(path).write_text(text)
        output = Path(path).with_suffix(".out.jsonl")
        done = run_here("batch", path, "-o", output)
        assert done.returncode == 0, done.stderr
        [row] = rows_in(output)
        assert Path(row["input"]).name == name.decode("utf-8", "replace").replace("�", "?") + ":1"


def test_settings_that_no_batch_can_have_are_told(tmp_path):
    for wrong in ({"concurrency": 0}, {"concurrency": -1}, {"seconds": float("nan")}):
        with pytest.raises(InvalidOption, match=f"{next(iter(wrong))} is .* has to be a number"):
            batch(tmp_path, tmp_path / "out", **wrong)
    assert batch(tmp_path, tmp_path / "out", seconds=float("inf")).seconds == float("inf")
    with pytest.raises(UnreadableFile, match="names no input"):
        run_batch(Batch(inputs=("",), output=tmp_path / "out"))
    (tmp_path / "file").touch()
    with pytest.raises(OutputFailed, match="is there and no folder"):
        run_batch(batch(tmp_path, tmp_path / "file"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_standard_input_may_be_closed_where_it_is_not_read(tmp_path):
    folder = pages(tmp_path / "pages", 1)
    for inputs, status in ((folder, 0), ("-", 1)):
        done = subprocess.run(
            ["sh", "-c", 'exec "$@" <&-', "sh", COMMAND, "batch", inputs, "-o",
             tmp_path / f"{status}.jsonl"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done.stderr
    assert "standard input is closed" in done.stderr


def test_inputs_that_are_others_by_now_are_told(tmp_path):
    folder, output = pages(tmp_path / "pages", 200), tmp_path / "out"
    begun(folder, output)
    written = rows_in(output)
    assert len(written) == 100

    (folder / "00042.html").rename(folder / "x.html")
    with pytest.raises(OutputFailed, match=r"number 100 was .*00099.html, and now it is .*00100"):
        run_batch(batch(folder, output))
    # What is not in a shard yet, but was noted, is looked at, too.
    (folder / "x.html").rename(folder / "00042.html")
    shutil.copy(folder / "00001.html", folder / "00120-more.html")
    with pytest.raises(OutputFailed, match=r"number 121 was .*00120.html, and now it is .*-more"):
        run_batch(batch(folder, output))
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(OutputFailed, match="and now there is none"):
        run_batch(batch(folder, output))
    assert rows_in(output) == written


def test_a_journal_that_is_damaged_is_believed_up_to_there(tmp_path):
    folder, output = pages(tmp_path / "pages", 200), tmp_path / "out"
    begun(folder, output)
    journal = output / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    assert len(lines) > 30
    # As a disk that was full leaves it: the last line is cut off.
    journal.write_bytes(b"".join(lines[:20]) + lines[20][:40])
    begun(folder, output)
    noted = Journal(journal).read(0)
    assert all(json.loads(own.row)["input"] == own.place for own in noted.values())
    assert len(noted) > 30
    # As a power cut does: blocks of nothing.
    journal.write_bytes(b"".join(lines[:10]) + bytes(4_096) + b"\n" + lines[11])

    summary = run_batch(batch(folder, output))
    assert summary.resumed == 110
    assert [Path(row["input"]).stem for row in rows_in(output)] == [f"{n:05}" for n in range(200)]


def test_files_about_a_job_that_are_damaged_are_named(tmp_path):
    folder = pages(tmp_path / "pages", 200)
    begun(folder, tmp_path / "begun")
    run_batch(batch(folder, tmp_path / "done.jsonl"))
    for name, output in (("begun/job.json", "begun"), ("done.jsonl.summary.json", "done.jsonl")):
        for damaged in ("", "{", "[]"):
            (tmp_path / name).write_text(damaged)
            with pytest.raises(OutputFailed, match=f"{name} is damaged"):
                run_batch(batch(folder, tmp_path / output))


@pytest.mark.skipif(sys.platform == "win32", reason="the room of a process is not limited there")
def test_a_disk_that_is_full_when_all_is_put_into_one_database(tmp_path):
    folder, output = pages(tmp_path / "pages", 300), tmp_path / "out.sqlite"
    program = tmp_path / "program.py"
    program.write_text(LITTLE_ROOM)
    stopped = subprocess.run(
        [sys.executable, program, folder, output, "400000"], capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert stopped.returncode == 1, stopped.stderr[-2_000:]
    assert f"{output} cannot be written: " in stopped.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.sqlite.parts", "pages", "program.py",
    ]  # fmt: skip

    assert run_batch(batch(folder, output)).resumed == 300
    with contextlib.closing(sqlite3.connect(output)) as database:
        assert database.execute("SELECT count(*) FROM records").fetchone() == (300,)
