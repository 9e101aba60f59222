"""Whole batches: pages per second, memory, what a crash costs; beside other pipelines.

python benchmarks/batch.py CORPUS                      # a WARC of 5,000 records, 1 and 2 workers
python benchmarks/batch.py CORPUS --kills 20           # killed so often, resumed, compared
python benchmarks/batch.py CORPUS --soak 100000        # memory, files and threads of a long run

The single-core rate is that of `extract` called in a loop on the same pages, in the same run. Pages
are those of the corpus, over and over, each time with another address; nothing remembers pages.
Peers read the same WARC file, with one process for each worker: datatrove's reader and its
trafilatura step, news-please's extractor of CC-NEWS files. Other work on the machine shows as a
lower share.
"""

import argparse
import gzip
import hashlib
import io
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import ALL_SETS, read_set

REPORTS = Path(__file__).with_name("reports")
COMMAND = Path(sys.executable).with_name("newsextract")
MADE_AT = "2026-11-01T12:00:00Z"


def saved_pages(corpus: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many pages of the corpus with addresses, from the beginning again if need be."""
    pages = [
        (sample.url or f"https://saved.example/{sample.id}", sample.html())
        for name in ALL_SETS
        if (corpus / name).is_dir()
        for sample in read_set(corpus, name)
    ]
    random.Random(1).shuffle(pages)  # noqa: S311 - nothing secret
    for number in range(count):
        url, html = pages[number % len(pages)]
        again = number // len(pages)
        yield (f"{url}#{again}" if again else url), html


def write_warc(path: Path, pages: Iterator[tuple[str, bytes]]) -> None:
    """Write a WARC file as crawlers do: each record packed by itself."""
    with path.open("wb") as file:
        for number, (url, html) in enumerate(pages):
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"WARC-Date: {MADE_AT}\r\nWARC-Target-URI: {url}\r\n"
                f"Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            ).encode()
            member = io.BytesIO()
            with gzip.GzipFile("", "wb", 6, member, mtime=0) as packed:
                packed.write(head + block + b"\r\n\r\n")
            file.write(member.getvalue())


def single_core_rate(pages: Sequence[tuple[str, bytes]]) -> float:
    """Return pages per second of the library alone, warm, each page once, record to JSON."""
    program = (
        "import sys, time, pickle, newsextract\n"
        "pages = pickle.load(sys.stdin.buffer)\n"
        "def read(url, html):\n"
        "    try: newsextract.extract(html, url).to_json()\n"
        "    except newsextract.NewsextractError: pass\n"
        "for url, html in pages[:100]: read(url, html)\n"
        "begin = time.perf_counter()\n"
        "for url, html in pages: read(url, html)\n"
        "print(len(pages) / (time.perf_counter() - begin))\n"
    )
    import pickle

    done = subprocess.run(
        [sys.executable, "-c", program], input=pickle.dumps(pages), capture_output=True, check=True
    )
    return float(done.stdout)


def batch(warc: Path, output: Path, workers: int) -> tuple[float, dict[str, object], float]:
    """Return the seconds that the command takes, its summary, and the memory of all in MB."""
    begin = time.perf_counter()
    told = output.with_suffix(".told")
    with told.open("wb") as file:
        running = subprocess.Popen(
            [COMMAND, "batch", warc, "-o", output, "--workers", str(workers), "--json"],
            stdout=file,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        most = 0.0
        while running.poll() is None:
            most = max(most, megabytes_of_session(running.pid))
            time.sleep(0.2)
    return time.perf_counter() - begin, json.loads(told.read_bytes()), most


def megabytes_of_session(session: int) -> float:
    """Return the proportional memory of all processes of a session: shared pages count once."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) != session:
                continue
            rollup = stat.with_name("smaps_rollup").read_text()
        except (OSError, ValueError, IndexError):
            continue
        for line in rollup.splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1_000


def throughput(corpus: Path, count: int, folder: Path) -> Iterator[str]:
    """Yield the lines of the report on speed."""
    pages = list(saved_pages(corpus, count))
    warc = folder / "pages.warc.gz"
    write_warc(warc, iter(pages))
    yield f"{count:,} records, {warc.stat().st_size / 1e6:.0f} MB packed"
    sample = pages[: min(count, 1_000)]
    before = single_core_rate(sample)
    rates = {}
    for workers in (1, 2):
        seconds, summary, most = batch(warc, folder / f"{workers}.parquet", workers)
        rates[workers] = count / seconds
        yield (
            f"{workers} workers: {rates[workers]:.1f} pages/s ({seconds:.1f} s with the start), "
            f"{most:.0f} MB in all, {summary['articles']:,} articles"
        )
    alone = statistics.mean((before, single_core_rate(sample)))
    yield f"extract() in a loop on one core: {alone:.1f} pages/s"
    for workers, rate in rates.items():
        yield f"{workers} workers: {rate / (workers * alone):.1%} of workers x single-core rate"
    yield f"from 1 to 2 workers: {rates[2] / rates[1]:.2f} times as fast"
    for name, program in PEERS.items():
        yield from peer(name, program, warc, count, rates[1])


def peer(name: str, program: str, warc: Path, count: int, own: float) -> Iterator[str]:
    """Yield what another pipeline makes of the same file with one process."""
    most = min(count, 500)
    try:
        done = subprocess.run(
            [sys.executable, "-c", program, warc, str(most)],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield f"{name}: not done with {most} pages after 600 s"
        return
    if done.returncode:
        yield f"{name}: {done.stderr.strip().splitlines()[-1:] or 'failed'}"
        return
    read, rate = (float(word) for word in done.stdout.split()[-2:])
    yield f"{name}, one process, {read:.0f} pages: {rate:.1f} pages/s; ours {own / rate:.1f} x that"


# Each prints the pages a second that it reads from the file, the start not counted.
PEERS = {
    "datatrove, WarcReader and Trafilatura": """
import sys, time, logging
from datatrove.pipeline.readers import WarcReader
from datatrove.pipeline.extractors import Trafilatura
from pathlib import Path
logging.disable(logging.CRITICAL)
path, most = Path(sys.argv[1]), int(sys.argv[2])
reader = WarcReader(str(path.parent), glob_pattern=path.name, limit=most)
extractor = Trafilatura(favour_precision=True, timeout=10)
count, begin = 0, None
for document in extractor.run(reader.run()):
    if begin is None:
        begin = time.perf_counter()
    count += 1
print(most)
print(most / (time.perf_counter() - begin))
""",
    "news-please, NewsPlease.from_warc": """
import socket, sys, time, logging
logging.disable(logging.CRITICAL)
# It looks for the size of pictures; what it cannot have should at least cost it nothing.
def nobody(*args, **kwargs):
    raise socket.gaierror("no network")
socket.getaddrinfo = nobody
from newsplease import NewsPlease
from warcio.archiveiterator import ArchiveIterator
path, most = sys.argv[1], int(sys.argv[2])
count, begin = 0, time.perf_counter()
with open(path, "rb") as stream:
    for record in ArchiveIterator(stream):
        if record.rec_type == "response":
            try:
                NewsPlease.from_warc(record)
            except Exception:
                pass
            count += 1
            if count == most or time.perf_counter() - begin > 300:
                break
print(count)
print(count / (time.perf_counter() - begin))
""",
}


def kills(corpus: Path, count: int, times: int, folder: Path) -> Iterator[str]:
    """Yield the lines of the report on a batch that is killed so often and resumed."""
    warc = folder / "pages.warc.gz"
    write_warc(warc, saved_pages(corpus, count))
    batch(warc, folder / "whole.jsonl", 2)
    dice = random.Random(1)  # noqa: S311 - nothing secret
    output, killed, read = folder / "killed.jsonl", 0, 0
    journal = folder / "killed.jsonl.parts"
    while True:
        before = _done(journal)
        running = subprocess.Popen(
            [COMMAND, "batch", warc, "-o", output, "--workers", "2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        goal = before + dice.randrange(1, max(2, 2 * count // (3 * times)))
        while running.poll() is None and (killed == times or _done(journal) < goal):
            time.sleep(0.02)
        if running.poll() is not None:
            break
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        killed += 1
        # Nothing that was done is lost, but what each process was at.
        read += max(0, before - _done(journal))
    same = _digest(output) == _digest(folder / "whole.jsonl")
    yield f"killed {killed} times, {count:,} inputs: output {'identical' if same else 'DIFFERENT'}"
    yield f"{read} finished pages were lost; in each kill at most 4 were under way"


def soak(corpus: Path, count: int, folder: Path) -> Iterator[str]:
    """Yield what a long run has at each tenth of it: memory, open files and threads of all."""
    size = min(count, 2_000)
    warc = folder / "pages.warc.gz"
    write_warc(warc, saved_pages(corpus, size))
    output = folder / "out.jsonl.zst"
    running = subprocess.Popen(
        [COMMAND, "batch", *[warc] * (count // size), "-o", output, "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    tenths = 1
    while running.poll() is None:
        done = _done(Path(f"{output}.parts"))
        if done >= tenths * count / 10:
            files, threads = files_and_threads(running.pid)
            yield (
                f"{done:,} inputs: {megabytes_of_session(running.pid):.0f} MB, {files} open files, "
                f"{threads} threads"
            )
            tenths += 1
        time.sleep(1)


def files_and_threads(session: int) -> tuple[int, int]:
    """Return how many files and threads the processes of a session have."""
    files = threads = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) == session:
                files += sum(1 for _ in stat.with_name("fd").iterdir())
                threads += sum(1 for _ in stat.with_name("task").iterdir())
        except (OSError, ValueError, IndexError):
            continue
    return files, threads


def _done(parts: Path) -> int:
    """Return how many inputs have an outcome on disk."""
    done = 0
    try:
        for line in (parts / "manifest.jsonl").read_text().splitlines():
            done += json.loads(line)["count"]
        for line in (parts / "journal").read_bytes().split(b"\n")[:-1]:
            done = max(done, int(line.split(b" ", 1)[0]) + 1)
    except (OSError, ValueError):
        pass
    return done


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Measure what the command line asks for and save what came out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path, help="folder with a folder for each set")
    parser.add_argument("--pages", type=int, default=5_000, help="records in the WARC file")
    parser.add_argument("--kills", type=int, default=0, help="kill it so often instead")
    parser.add_argument("--soak", type=int, default=0, help="a run of so many pages instead")
    chosen = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.soak:
            report = soak(chosen.corpus, chosen.soak, folder)
        elif chosen.kills:
            report = kills(chosen.corpus, chosen.pages, chosen.kills, folder)
        else:
            report = throughput(chosen.corpus, chosen.pages, folder)
        for line in report:
            print(line, flush=True)
            lines.append(line)
    REPORTS.mkdir(exist_ok=True)
    stamp = time.strftime("%Y%m%d-%H%M%S")
    (REPORTS / f"batch-{stamp}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
