"""What a batch reads: each kind of input, told by what it is, and what cannot be read."""

import contextlib
import csv
import gzip
import io
import json
import os
import random
import stat
import sys
import threading
import tracemalloc
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from newsextract import extract_page
from newsextract.batch.inputs import read_inputs
from newsextract.batch.items import Item
from newsextract.errors import FailureKind, InvalidOption, MissingExtra, UnreadableFile
from warc_writer import address, as_crawled, packed, page

FIRST = "https://www.mill-lane-post.example/a"
SECOND = "https://www.mill-lane-post.example/b?x=1"


def read(*inputs: object, **how: object) -> list[Item]:
    return list(read_inputs([str(name) for name in inputs], **how))


def summary(items: list[Item], folder: Path) -> list[tuple[str, object, object]]:
    """Return where each stands, its address, and what came of it."""
    return [
        (
            item.place.removeprefix(f"{folder}/"),
            item.url,
            item.failure.kind.value if item.failure else item.body,
        )
        for item in items
    ]


def test_addresses_themselves():
    assert read(FIRST, "HTTPS://www.mill-lane-post.example/") == [
        Item(place=FIRST, url=FIRST),
        Item(
            place="HTTPS://www.mill-lane-post.example/", url="HTTPS://www.mill-lane-post.example/"
        ),
    ]
    for text in ("ftp://files.example/a", "http://", "https://a b"):
        (item,) = read(text)
        assert item.failure.kind is FailureKind.INVALID_URL
        assert item.url is None


def test_a_folder_gives_its_pages_sorted_and_nothing_else(tmp_path):
    for name, body in {
        "b.html": page(1),
        "a.HTM": page(2),
        "c.xhtml": page(3),
        "notes.txt": b"https://www.mill-lane-post.example/",
        "deep/er/z.html.gz": gzip.compress(page(4)),
        "deep/y.html.zst": zstandard.compress(page(5)),
        "deep/x.html": b"",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert summary(read(tmp_path), tmp_path) == [
        ("a.HTM", None, page(2)),
        ("b.html", None, page(1)),
        ("c.xhtml", None, page(3)),
        ("deep/x.html", None, b""),
        ("deep/y.html.zst", None, page(5)),
        ("deep/er/z.html.gz", None, page(4)),
    ]


def test_patterns(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.html", "a.html", "deep/c.html"):
        (tmp_path / name).write_bytes(page(1))
    (tmp_path / "one.warc.gz").write_bytes(packed(as_crawled(2), "gzip"))
    (tmp_path / "[odd].html").write_bytes(page(2))
    places = [place for place, _, _ in summary(read(tmp_path / "**/[abc].html"), tmp_path)]
    assert places == ["a.html", "b.html", "deep/c.html"]
    assert [item.url for item in read(tmp_path / "*.warc.*")] == [address(0), address(1)]
    # A file of that very name is no pattern.
    assert [item.body for item in read(tmp_path / "[odd].html")] == [page(2)]


@pytest.mark.parametrize(
    "name", ["missing.html", "missing-folder", "*.warc.gz", "news.example/a", "a\0b", "x" * 5_000]
)
def test_what_does_not_exist_is_said_before_anything_is_read(tmp_path, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableFile) as raised:
        read_inputs([FIRST, name])
    if name == "news.example/a":
        assert "https://news.example/a" in str(raised.value)


def test_a_single_page_whatever_its_name(tmp_path):
    for name, content in {
        "page.html": page(1),
        "page": page(1),
        "page.php": b"\xef\xbb\xbf  " + page(1),
        "page.html.gz": gzip.compress(page(1)),
        "page.gz": gzip.compress(page(1)),
        "unpacked.html.gz": page(1),
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert [item.body.strip(b"\xef\xbb\xbf ") for item in read(path)] == [page(1)]


def test_pages_that_cannot_be_read(tmp_path):
    (tmp_path / "large.html").write_bytes(b"<p>" + bytes(25_000_000))
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(bytes(30_000_000)))
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(page(1))[:-20])
    (tmp_path / "fine.html").write_bytes(page(1))
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    kinds = {
        item.place.rpartition("/")[2]: item.failure and item.failure.kind for item in read(tmp_path)
    }
    assert kinds.pop("fine.html") is None
    assert kinds == dict.fromkeys(
        ["bomb.html.gz", "cut.html.gz", "gone.html", "large.html"], FailureKind.UNREADABLE_FILE
    )
    (tmp_path / "what").write_bytes(b"neither this nor that")
    (item,) = read(tmp_path / "what")
    assert item.failure.kind is FailureKind.UNREADABLE_FILE


LIST = f"\ufeff# addresses\n{FIRST}\n\n  {SECOND}  \r\nwww.mill-lane-post.example\n".encode()


@pytest.mark.parametrize(("name", "pack"), [
    ("list.txt", bytes), ("list.txt.gz", gzip.compress), ("list.txt.zst", zstandard.compress),
    ("list", bytes), ("list.gz", gzip.compress), ("list.txt", gzip.compress),
])  # fmt: skip
def test_lists_of_addresses(tmp_path, name, pack):
    path = tmp_path / name
    path.write_bytes(pack(LIST))
    assert summary(read(path), tmp_path) == [
        (f"{name}:2", FIRST, None),
        (f"{name}:4", SECOND, None),
        (f"{name}:5", None, "invalid_url"),
    ]
    assert read(path, skip=1) == read(path)[1:]


def test_a_list_that_breaks_off_gives_what_there_is(tmp_path):
    path = tmp_path / "list.txt.gz"
    lines = "".join(f"{FIRST}/{number:x}\n" for number in range(20_000)).encode()
    path.write_bytes(gzip.compress(lines)[:-1_000])
    items = read(path)
    assert 10_000 < len(items) < 20_000
    assert [item.url for item in items[:-1]] == lines.decode().split("\n")[: len(items) - 1]
    assert items[-1].failure.kind is FailureKind.UNREADABLE_FILE


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_addresses(tmp_path, delimiter):
    path = write_csv(
        tmp_path / "list.csv",
        [["id", "URL", "note"], ["1", FIRST, "x, y\nz"], [], ["2", "nothing"], ["3"]],
        delimiter,
    )
    assert summary(read(path), tmp_path) == [
        ("list.csv:2", FIRST, None),
        ("list.csv:5", None, "invalid_url"),
        ("list.csv:6", None, "unreadable_record"),
    ]
    assert read(path, column="URL")[0].url == FIRST
    path = write_csv(tmp_path / "only.csv", [["seite"], [FIRST]])
    assert [item.url for item in read(path)] == [FIRST]
    path = write_csv(tmp_path / "no-names.csv", [["1", FIRST], ["2", SECOND]], delimiter)
    assert summary(read(path), tmp_path) == [
        ("no-names.csv:1", FIRST, None), ("no-names.csv:2", SECOND, None)
    ]  # fmt: skip


def test_csv_with_pages(tmp_path):
    text = page(1, 200_000).decode()
    path = write_csv(tmp_path / "pages.csv", [["html", "url"], [text, FIRST], ["", SECOND]])
    first, second = read(path)
    assert (first.place, first.url, first.body) == (f"{path}:2", FIRST, text.encode())
    assert second.failure.kind is FailureKind.UNREADABLE_RECORD
    assert second.place == f"{path}:{3 + text.count(chr(10))}"
    long_head = write_csv(tmp_path / "long.csv", [["x" * 200_000, "url"], ["", FIRST]])
    assert [item.url for item in read(long_head)] == [FIRST]
    path = write_csv(tmp_path / "other.csv", [["quelle", "text"], [FIRST, text]])
    (item,) = read(path, column="text", url_column="quelle")
    assert (item.url, item.body) == (FIRST, text.encode())


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet"])
def test_columns_that_are_not_there_are_said_at_once(tmp_path, name):
    path = tmp_path / name
    if name.endswith("csv"):
        write_csv(path, [["a", "b"], ["1", "2"]])
    elif name.endswith("jsonl"):
        path.write_text('{"a": "1", "b": "2"}\n')
    else:
        pyarrow.parquet.write_table(pyarrow.table({"a": ["1"], "b": ["2"]}), path)
    for how in ({}, {"column": "c"}, {"column": "a", "url_column": "c"}):
        for named in (path, tmp_path / "t.*"):
            with pytest.raises(InvalidOption, match="'a', 'b'"):
                read_inputs([named], **how)


def test_json_lines(tmp_path):
    rows = [
        json.dumps({"url": FIRST, "html": page(1).decode()}),
        "",
        json.dumps({"url": SECOND}),
        '{"url": "' + SECOND,
        "[1, 2]",
        json.dumps({"url": SECOND, "html": None}),
        json.dumps({"html": "<p>\ud800</p>", "url": 3}),
        "[" * 100_000,
    ]
    content = "\ufeff" + "\n".join(rows)
    expected = [
        (1, FIRST, page(1)),
        (3, SECOND, None),
        (4, None, "unreadable_record"),
        (5, None, "unreadable_record"),
        (6, SECOND, "unreadable_record"),
        (7, None, b"<p>?</p>"),
        (8, None, "unreadable_record"),
    ]
    for name, pack in (
        ("p.jsonl", bytes),
        ("p.ndjson.gz", gzip.compress),
        ("p.json.zst", zstandard.compress),
        ("p", bytes),
    ):
        path = tmp_path / name
        path.write_bytes(pack(content.encode()))
        assert summary(read(path), tmp_path) == [(f"{name}:{n}", *rest) for n, *rest in expected]
        assert read(path, skip=3) == read(path)[3:]
    stream = io.BytesIO(content.encode())
    assert summary(read("-", stdin=stream), tmp_path) == [
        (f"-:{n}", *rest) for n, *rest in expected
    ]


def test_json_lines_with_addresses_only(tmp_path):
    path = tmp_path / "p.jsonl"
    path.write_text(f'{{"link": "{FIRST}"}}\n{{"link": "{SECOND}"}}\n')
    assert [item.url for item in read(path)] == [FIRST, SECOND]
    path.write_text(f'{{"x": "{FIRST}", "y": 1}}\n{{"x": "<p>", "y": 1}}\n{{"x": "?"}}')
    assert [item.url or item.body or item.failure.kind for item in read(path, column="x")] == [
        FIRST, b"<p>", "invalid_url"
    ]  # fmt: skip


def test_text_of_a_table_is_read_as_what_it_is(tmp_path):
    html = '<meta charset="iso-8859-1"><title>t</title><p>' + "Zürich räumt Grünflächen. " * 20
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps({"html": html}))
    (item,) = read(path)
    assert any("Grünflächen" in block.text for block in extract_page(item.page()).blocks)


def parquet(
    path: Path, count: int, *, size: int = 4_000, group: int = 10, kind: object = None
) -> Path:
    pages = [page(number, size) for number in range(count)]
    table = pyarrow.table(
        {
            "id": list(range(count)),
            "html": pyarrow.array(
                [text if kind is None else text.decode() for text in pages], kind
            ),
            "url": [address(number) for number in range(count)],
        }
    )
    pyarrow.parquet.write_table(table, path, row_group_size=group, write_batch_size=8)
    return path


@pytest.mark.parametrize("kind", [None, pyarrow.string(), pyarrow.large_string()])
def test_parquet(tmp_path, kind):
    path = parquet(tmp_path / "pages.parquet", 34, kind=kind)
    items = read(path)
    assert summary(items, tmp_path) == [
        (f"pages.parquet#{number}", address(number), page(number)) for number in range(34)
    ]
    assert bool(items[0].headers) is (kind is not None)
    for skip in (1, 9, 10, 25, 33, 40):
        assert read(path, skip=skip) == items[skip:]
    assert [item.url for item in read(path, column="url")] == [address(n) for n in range(34)]
    path.rename(tmp_path / "nameless")
    assert len(read(tmp_path / "nameless")) == 34


def test_parquet_that_is_damaged(tmp_path):
    path = parquet(tmp_path / "pages.parquet", 40)
    data = bytearray(path.read_bytes())
    start = pyarrow.parquet.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    data[start : start + 30] = b"\xff" * 30
    path.write_bytes(data)
    items = read(path)
    assert len(items) == 40
    assert [item.failure is None for item in items] == [True] * 10 + [False] * 10 + [True] * 20
    assert read(path, skip=15) == items[15:]
    path.write_bytes(data[:-50])
    assert [item.failure.kind for item in read(path)] == [FailureKind.UNREADABLE_FILE]
    table = pyarrow.table({"html": [None, b"<p>x", b""]})
    pyarrow.parquet.write_table(table, path)
    assert [item.body for item in read(path)] == [None, b"<p>x", None]


def test_parquet_without_pyarrow(tmp_path, monkeypatch):
    path = parquet(tmp_path / "pages.parquet", 3)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"newsextract\[batch\]"):
        read_inputs([path])


def test_parquet_is_not_held_in_memory(tmp_path):
    path = parquet(tmp_path / "pages.parquet", 2_000, size=50_000, group=500)
    before = pyarrow.total_allocated_bytes()
    most = 0
    for _ in read_inputs([path]):
        most = max(most, pyarrow.total_allocated_bytes() - before)
    assert most < 10_000_000


def test_standard_input_gives_each_line_as_it_comes():
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stdin, os.fdopen(writing, "wb", buffering=0) as pipe:
        came = threading.Event()
        got: list[Item] = []

        def take() -> None:
            for item in read_inputs(["-"], stdin=stdin):
                got.append(item)
                came.set()

        taker = threading.Thread(target=take)
        taker.start()
        pipe.write(b"# a list\n\n")
        for number, text in enumerate((FIRST, SECOND), 3):
            came.clear()
            pipe.write(f"{text}\n".encode())
            assert came.wait(5)
            assert got[-1] == Item(place=f"-:{number}", url=text)
        pipe.close()
        taker.join(5)
    assert len(got) == 2


def test_standard_input_of_other_kinds():
    assert read("-", stdin=io.BytesIO(page(1))) == [Item(place="-", body=page(1))]
    assert read("-", stdin=io.BytesIO(b"")) == []
    for data in (gzip.compress(b"x"), b"WARC/1.0\r\n", zstandard.compress(b"x"), b"PAR1"):
        (item,) = read("-", stdin=io.BytesIO(data))
        assert item.failure.kind is FailureKind.UNREADABLE_FILE


def test_a_pipe_with_a_name(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert stat.S_ISFIFO(path.stat().st_mode)
    writer = threading.Thread(target=path.write_text, args=(f"{FIRST}\n",))
    writer.start()
    assert [item.url for item in read(path)] == [FIRST]
    writer.join()


def test_what_is_passed_over_is_not_opened(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.html").write_bytes(page(number))
    items = read_inputs([tmp_path, FIRST], skip=3)
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(b"changed")
    assert [item.body for item in items] == [page(3), page(4), None]


def test_a_line_without_end_is_one_failure_in_bounded_memory(tmp_path):
    path = tmp_path / "list.txt.gz"
    with gzip.open(path, "wb", 1) as file:
        for _ in range(120):
            file.write(b"x" * 1_000_000)
        file.write(f"\n{FIRST}\n".encode())
    tracemalloc.start()
    try:
        items = read(path)
        assert tracemalloc.get_traced_memory()[1] < 170_000_000
    finally:
        tracemalloc.stop()
    assert [item.failure and item.failure.kind for item in items] == ["unreadable_record", None]
    assert items[1].place == f"{path}:2"


NAMES = (
    "a.html a.html.gz a.htm.zst a.txt a.txt.gz a.txt.zst a.csv a.csv.gz a.tsv a.jsonl a.jsonl.zst "
    "a.parquet a.warc a.warc.gz a.warc.zst a a.gz a.zst"
).split()


def test_whatever_bytes_a_file_has_it_gives_items_or_says_what_is_wrong(tmp_path):
    draw = random.Random(12)
    table = parquet(tmp_path / "t.parquet", 5).read_bytes()
    text = f'{{"url": "{FIRST}", "html": "<p>x</p>"}}\n'.encode() * 5
    rows = f"url,html\n{FIRST},<p>x</p>\n".encode() * 5
    kinds = [LIST, text, rows, page(1), table, b"", packed(as_crawled(2), "plain")]
    for number in range(600):
        data = bytearray(draw.choice(kinds))
        for _ in range(draw.choice([0, 1, 3, 30])):
            at = draw.randrange(len(data) + 1)
            data[at : at + draw.randrange(4)] = draw.randbytes(draw.randrange(4))
        pack = draw.choice([bytes, gzip.compress, zstandard.compress])
        path = tmp_path / draw.choice(NAMES)
        path.write_bytes(pack(bytes(data)) if number % 3 else draw.randbytes(number) + data)
        try:
            items = read(path)
        except InvalidOption:
            continue
        for item in items:
            assert item.url or item.failure or item.body is not None, path
            assert item.place.startswith(str(path))
        for skip in (1, 3):
            assert read(path, skip=skip) == items[skip:]
        with path.open("rb") as stdin, contextlib.suppress(InvalidOption):
            assert all(isinstance(item, Item) for item in read("-", stdin=stdin))
        path.unlink()
