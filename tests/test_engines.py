"""Pages in Arrow tables, in a Ray cluster, and in other programs as docs/engines.md has it.

What runs in Ray, Spark, datatrove and Scrapy is tested where these are installed.
"""

import contextlib
import functools
import importlib.util
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

import newsextract
from commands import COMMAND
from hostile_server import slowness
from newsextract.batch import Batch, extract_table, row_schema, run_batch
from newsextract.batch.arrow import rows_of
from newsextract.errors import InvalidOption, MissingExtra
from newsextract.options import Options
from poisons import HEAD, KINDS
from servers import running_site
from test_batch import FIXTURES, STORY, batch, pages, rows_in

ROOT = Path(__file__).parent.parent
PAGE = STORY.format(number=5)
TITLE = "Bridge 5 opens"
# Else Ray makes one and keeps it in the home of whoever runs the tests.
TOKEN = uuid.uuid4().hex


def needs(*names: str, program: str | None = None) -> pytest.MarkDecorator:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if program is not None and shutil.which(program) is None:
        missing.append(program)
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} is not installed")


def column(kind: pyarrow.DataType, *values: str | None) -> pyarrow.Array:
    own = kind.value_type if pyarrow.types.is_dictionary(kind) else kind
    is_text = own in (pyarrow.string(), pyarrow.large_string(), pyarrow.string_view())
    cells = [value if is_text or value is None else value.encode() for value in values]
    array = pyarrow.array(cells, own)
    return array if own is kind else array.dictionary_encode().cast(kind)


COLUMNS = [
    pyarrow.string(), pyarrow.large_string(), pyarrow.string_view(), pyarrow.binary(),
    pyarrow.large_binary(), pyarrow.binary_view(), pyarrow.binary(len(PAGE)),
    pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    pyarrow.dictionary(pyarrow.int32(), pyarrow.large_binary()),
]  # fmt: skip


@pytest.mark.parametrize("kind", COLUMNS, ids=str)
def test_b10_any_column_of_text_or_bytes(kind):
    chunk = column(kind, None, PAGE, None)
    table = pyarrow.table(
        {
            "html": pyarrow.chunked_array([chunk, chunk.slice(1, 2), chunk.slice(2, 0)]),
            "url": pyarrow.chunked_array([["https://a.example/"] * 5]),
        }
    )
    made = extract_table(table)

    assert made.schema == row_schema()
    assert made["type"].to_pylist() == ["failure", "article", "failure", "article", "failure"]
    assert made["title"].to_pylist()[1::2] == [TITLE] * 2
    assert made["input"].to_pylist() == ["0", "1", "2", "3", "4"]
    # A slice of a table is in Arrow the same memory with another offset.
    sliced = extract_table(table.slice(1, 3))
    assert sliced["title"].to_pylist() == [TITLE, None, TITLE]
    assert extract_table(table.slice(5)).num_rows == 0


def test_b10_no_column_but_of_text_or_bytes():
    assert extract_table(pyarrow.table({"html": pyarrow.nulls(2)}))["kind"].to_pylist() == [
        "empty_page", "empty_page",
    ]  # fmt: skip
    for wrong in ([1], [[PAGE]], [{"html": PAGE}], [1.5]):
        with pytest.raises(InvalidOption, match="not text or bytes"):
            extract_table(pyarrow.table({"html": wrong}))
    table = pyarrow.table({"html": [PAGE], "number": [7]})
    with pytest.raises(InvalidOption, match="number holds int64"):
        extract_table(table, url_column="number")
    with pytest.raises(InvalidOption, match="no column where"):
        extract_table(table, url_column="where")
    with pytest.raises(InvalidOption, match="no column id"):
        extract_table(table, input_column="id")


def test_b10_places_addresses_and_options_are_taken():
    table = pyarrow.table(
        {"id": ["b", None], "raw": [PAGE, "<p></p>"], "from": ["https://a.example/1", None]}
    )
    work = functools.partial(
        extract_table, column="raw", url_column="from", input_column="id",
        options=Options(require_article=True),
    )  # fmt: skip
    made = pickle.loads(pickle.dumps(work))(table)

    assert made["input"].to_pylist() == ["b", "1"]
    assert made["url"].to_pylist() == ["https://a.example/1", None]


def test_b10_text_that_is_no_text():
    # Nobody looks whether what is said to be UTF-8 in Arrow is: half of a character is not.
    bad = b"<title>\xed\xa0\x80\xff</title>" + PAGE.encode()
    offsets = pyarrow.py_buffer(b"".join(n.to_bytes(4, "little") for n in (0, len(bad))))
    html = pyarrow.Array.from_buffers(pyarrow.string(), 1, [None, offsets, pyarrow.py_buffer(bad)])
    made = extract_table(pyarrow.table({"html": html, "url": html, "id": html}), input_column="id")

    assert made["type"].to_pylist() == ["article"]
    made.validate(full=True)
    assert "�" in made["input"][0].as_py()


HOSTILE = {
    "deep": "<div>" * 100_000 + PAGE,
    "deep JSON": '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PAGE,
    "huge": PAGE + "<p>" + "word " * 6_000_000,
    "NUL": PAGE.replace("a", "\0"),
    "wide picture": PAGE.replace("<p>", f"<figure><img src=/a.jpg width={'9' * 400}></figure><p>"),
    "halves": PAGE.replace("Bridge", "&#xD800;&#xDFFF;"),
    "elements": PAGE + "<p>" * 300_000,
    "an address": "https://a.example/",
    "JSON": '{"a": 1}',
}


def test_b10_hostile_pages_are_records():
    binary = [os.urandom(10_000), b"%PDF-1.7", b"\xff\xfe" + PAGE.encode("utf-16-le"), b"\x1f\x8b"]
    texts = extract_table(pyarrow.table({"html": list(HOSTILE.values())}))
    others = extract_table(
        pyarrow.table({"html": binary, "url": ["\ufffe", "x" * 99_999, "", "/"]})
    )

    for made, count in ((texts, len(HOSTILE)), (others, len(binary))):
        assert made.num_rows == count
        assert made.schema == row_schema()
        made.validate(full=True)
    assert texts["kind"][list(HOSTILE).index("huge")].as_py() == "too_complex"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "out_of_memory"),
        (RecursionError("maximum recursion depth exceeded"), "too_complex"),
        (ValueError("a fault \ud800"), "worker_died"),
    ],
)
def test_b10_what_goes_wrong_within_a_page_is_its_failure(monkeypatch, error, kind):
    from newsextract.batch import reading

    def read(page, options):
        if page.body == b"wrong":
            raise error
        return newsextract.extract_article(page, options)

    monkeypatch.setattr(reading, "extract_article", read)
    urls = ["https://a.example/1", "https://a.example/2", None]
    made = extract_table(pyarrow.table({"html": [PAGE, "wrong", PAGE], "url": urls}))

    assert made["type"].to_pylist() == ["article", "failure", "article"]
    assert made["kind"][1].as_py() == kind
    assert made["url"].to_pylist() == urls


def test_b10_more_text_than_a_batch_has_room_for(monkeypatch):
    from newsextract.batch import arrow

    table = pyarrow.table({"html": [STORY.format(number=number) for number in range(7)]})
    whole = extract_table(table)
    monkeypatch.setattr(arrow, "_MOST_BYTES", 8_000)
    pieces = extract_table(table)

    assert 1 < pieces["title"].num_chunks <= 7
    assert pieces.equals(whole)


# Ray, in processes of its own, since it changes the one that it is in.

RUN = """
import sys
from pathlib import Path
from newsextract.batch import Batch, run_batch
from poisons import poisoned
if __name__ == "__main__":
    run_batch(
        Batch(
            inputs=(sys.argv[1],), output=Path(sys.argv[2]), workers=2, engine="ray",
            seconds=float(sys.argv[3]),
        ),
        work=poisoned,
    )
"""
CLUSTER = """
import sys
import ray
ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
print(ray.get_runtime_context().gcs_address, flush=True)
sys.stdin.read()
"""


def environment(**more: str) -> dict[str, str]:
    known = {
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN,
        "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    return {**os.environ, **known, **more}


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=environment(),
    )  # fmt: skip
    with process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait()


@needs("ray")
def test_ray_gives_the_rows_of_a_local_run(tmp_path):
    known = sorted(FIXTURES.glob("*/page.html"))
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(200):
        page = known[number % len(known)]
        (folder / f"{number:03}.html").write_bytes(page.read_bytes())
    addresses = tmp_path / "addresses.txt"
    with cluster() as address, running_site() as site:
        found = [site.page(f"/{n}", STORY.format(number=n).encode()) for n in range(4)]
        addresses.write_text("\n".join([*found, site.url("/none")]) + "\n")
        for name, inputs, count in (("pages", folder, 200), ("addresses", addresses, 5)):
            local, ray = tmp_path / f"{name}.local.jsonl", tmp_path / f"{name}.ray.jsonl"
            options = Options(allow_private=True, gap=0)
            run_batch(batch(inputs, local, options=options))
            done = subprocess.run(
                [COMMAND, "batch", inputs, "-o", ray, "--allow-private", "--gap", "0", "--json",
                 "--engine", "ray", "--ray-address", address, "--workers", "2"],
                capture_output=True, text=True, check=False, env=environment(),
            )  # fmt: skip
            assert done.returncode == 0, done.stderr[-2_000:]

            assert json.loads(done.stdout)["inputs"] == count
            assert ray.read_bytes() == local.read_bytes()


@needs("ray")
def test_a_worker_of_ray_that_dies_or_hangs_loses_nothing(tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    folder = pages(tmp_path / "pages", 150)
    for number, kind in enumerate((*KINDS, b"killed once", b"killed once")):
        poison = HEAD + kind + b" in " + str(notes).encode() + b" -->" + PAGE.encode()
        (folder / f"{number * 20:05}-{kind.decode()}.html").write_bytes(poison)
    program = tmp_path / "program.py"
    program.write_text(RUN)
    done = subprocess.run(
        [sys.executable, program, folder, tmp_path / "out.jsonl", "10"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2_000:]

    rows = rows_in(tmp_path / "out.jsonl")
    assert [row["input"] for row in rows] == [str(path) for path in sorted(folder.iterdir())]
    assert Counter(row["type"] for row in rows) == {"article": 152, "failure": 5}
    for row in rows:
        if row["type"] == "failure":
            name = Path(str(row["input"])).stem.partition("-")[2]
            assert row["kind"] == KINDS[name.encode()], row
    # Once where it was killed and once where it was read.
    assert len(list(notes.glob("*killed once*"))) == 4


@needs("ray")
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_run_with_ray_that_is_killed_goes_on_without(tmp_path):
    folder = pages(tmp_path / "pages", 1_500)
    output, alone = tmp_path / "out", tmp_path / "alone"
    program = tmp_path / "program.py"
    program.write_text(RUN)
    mark = f"OF_TEST={uuid.uuid4()}"
    running = subprocess.Popen(
        [sys.executable, program, folder, output, "10"], stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL, env=environment(OF_TEST=mark.partition("=")[2]),
    )  # fmt: skip
    while not list(output.glob("part-*1??.jsonl")) and running.poll() is None:
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.communicate()
    assert len(rows_in(output)) < 1_500
    deadline = time.monotonic() + 30 * slowness()
    while (left := workers_with(mark)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left

    summary = run_batch(batch(folder, output))
    run_batch(batch(folder, alone))
    assert summary.resumed >= 100
    assert rows_in(output) == rows_in(alone)


@needs("ray")
def test_b9_a_run_with_ray_stops_when_all_its_processes_are_told_to(tmp_path):
    folder, output = pages(tmp_path / "pages", 400), tmp_path / "out"
    running = subprocess.Popen(
        [COMMAND, "batch", folder, "-o", output, "--engine", "ray", "--workers", "2"],
        stderr=subprocess.DEVNULL, env=environment(), start_new_session=True,
    )  # fmt: skip
    while not list(output.glob("part-*.jsonl")) and running.poll() is None:
        time.sleep(0.01)
    begin = time.monotonic()
    # As `timeout` and service managers do; those of the cluster that it has started get it, too.
    os.killpg(running.pid, signal.SIGTERM)

    assert running.wait() == 143
    assert time.monotonic() - begin < 5 * slowness()
    assert run_batch(batch(folder, output)).resumed >= 100


def workers_with(setting: str) -> list[str]:
    # Ray's own agent needs a minute to see that all others are gone.
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            command = (path.parent / "cmdline").read_text()
            if "_Reading" in command and setting.encode() in path.read_bytes().split(b"\0"):
                found.append(command)
    return found


@needs("ray")
def test_a_cluster_that_is_not_there_is_told_at_once(tmp_path):
    folder = pages(tmp_path / "pages", 1)
    done = subprocess.run(
        [COMMAND, "batch", folder, "-o", tmp_path / "o.jsonl", "--engine", "ray",
         "--ray-address", "127.0.0.1:1"],
        capture_output=True, text=True, check=False, timeout=60, env=environment(),
    )  # fmt: skip

    assert done.returncode == 2
    assert "No Ray cluster answers at '127.0.0.1:1'" in done.stderr


def test_without_ray_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    folder = pages(tmp_path / "pages", 1)
    with pytest.raises(MissingExtra, match=r"newsextract\[ray\]"):
        run_batch(batch(folder, tmp_path / "o.jsonl", engine="ray"))

    # Nothing is lost: the job is done with the other engine.
    assert run_batch(batch(folder, tmp_path / "o.jsonl")).articles == 1


def test_engines_that_are_not_there_are_told(tmp_path):
    with pytest.raises(InvalidOption, match="no engine 'dask'"):
        Batch(inputs=("a",), output=tmp_path, engine="dask")
    with pytest.raises(InvalidOption, match="only to the engine ray"):
        Batch(inputs=("a",), output=tmp_path, ray_address="10.0.0.5:6379")


# The programs of docs/engines.md.


@pytest.fixture(scope="module")
def table() -> pyarrow.Table:
    rows = []
    for page in sorted(FIXTURES.glob("*/page.html"))[::4]:
        meta = json.loads(page.with_name("meta.json").read_text(encoding="utf-8"))
        rows.append({"id": page.parent.name, "url": meta["url"], "html": page.read_bytes()})
    return pyarrow.Table.from_pylist(rows)


def shown(name: str, folder: Path) -> Path:
    text = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    programs = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    path = folder / name
    path.write_text(next(own for own in programs if f" {name} " in own.splitlines()[0]))
    return path


def run_shown(name: str, table: pyarrow.Table, folder: Path) -> Path:
    (folder / "pages").mkdir()
    pyarrow.parquet.write_table(table, folder / "pages" / "pages.parquet")
    done = subprocess.run(
        [sys.executable, shown(name, folder), folder / "pages", folder / "records"],
        capture_output=True, text=True, check=False, env=environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3_000:]
    return folder / "records"


@needs("ray", "pandas")
def test_the_program_for_ray_data(tmp_path, table):
    records = run_shown("ray_data.py", table, tmp_path)

    made = pyarrow.parquet.read_table(records)
    expected = extract_table(table, input_column="id")
    assert [*rows_of(made.combine_chunks().to_batches()[0])] == [*rows_of(expected.to_batches()[0])]


@needs("pyspark", program="java")
def test_the_program_for_spark(tmp_path, table):
    records = run_shown("spark.py", table, tmp_path)

    made = pyarrow.parquet.read_table(records)
    expected = extract_table(table, input_column="id")
    assert made.column_names == expected.column_names
    assert by_input(made) == by_input(expected)


def by_input(table: pyarrow.Table) -> list[dict[str, object]]:
    return sorted(table.to_pylist(), key=lambda row: row["input"])


@needs("datatrove", "orjson")
def test_the_program_for_datatrove(tmp_path, table):
    records = run_shown("trove.py", table, tmp_path)

    made = {}
    for path in records.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            made[document["id"]] = document["metadata"]["record"]
            assert document["text"] == document["metadata"]["record"]["body"]
    expected = {}
    for row in table.to_pylist():
        with contextlib.suppress(newsextract.NewsextractError):
            expected[row["id"]] = newsextract.extract(row["html"], row["url"]).to_dict()
    assert made == expected
    assert len(made) > 20


@needs("scrapy")
def test_the_program_for_scrapy(tmp_path):
    latin = STORY.format(number=9).replace("Bridge", "Brücke").encode("latin-1")
    stories = {
        "/a": (PAGE.encode(), "text/html; charset=utf-8"),
        # Only the header tells the encoding.
        "/b": (latin, "text/html; charset=iso-8859-1"),
        "/none": (b"<p></p>", "text/html"),
    }
    with running_site() as site:
        links = "".join(f'<a href="{path}">A story</a>' for path in stories)
        start = site.page("/", links.encode())
        for path, (body, content_type) in stories.items():
            site.page(path, body, headers={"Content-Type": content_type})
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "runspider", shown("spider.py", tmp_path),
             "-a", f"start={start}", "-O", tmp_path / "records.jsonl"],
            capture_output=True, text=True, check=False, cwd=tmp_path, env=environment(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3_000:]
        made = {row["url"]: row for row in rows_in(tmp_path / "records.jsonl")}
        for path, (body, content_type) in stories.items():
            row = made.pop(site.url(path))
            if path == "/none":
                assert (row["type"], row["kind"], row["version"]) == ("failure", "empty_page", "1")
            else:
                expected = newsextract.extract(body, site.url(path), content_type=content_type)
                assert row == expected.to_dict()
    assert not made
