"""WARC files: every page of them byte for byte, behind any damage, and none that was not there."""

import datetime as dt
import random
import time
import tracemalloc
from pathlib import Path

import pytest
import zstandard

from hostile_server import in_time
from newsextract.batch.inputs import read_inputs
from newsextract.batch.items import Item
from newsextract.errors import FailureKind
from warc_writer import (
    PACK,
    PACKINGS,
    Written,
    address,
    answer,
    as_crawled,
    joined_parts,
    packed,
    page,
    response,
)


def items(folder: Path, data: bytes, name: str = "crawl.warc.gz", skip: int = 0) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    return list(read_inputs([path], skip=skip))


def name_of(packing: str) -> str:
    return {"plain": "a.warc", "zstd": "a.warc.zst", "one zstd": "a.warc.zst"}.get(
        packing, "a.warc.gz"
    )


def bodies(found: list[Item]) -> dict[str, bytes]:
    return {item.url: item.body for item in found if item.body is not None}


def failures(found: list[Item]) -> list[Item]:
    return [item for item in found if item.failure is not None]


def details(found: list[Item]) -> str:
    return " | ".join(item.failure.detail or "" for item in failures(found))


def originals(count: int, size: int = 4_000) -> dict[str, bytes]:
    return {address(number): page(number, size) for number in range(count)}


@pytest.mark.parametrize("packing", PACKINGS)
def test_each_page_comes_out_byte_for_byte_in_every_packing(tmp_path, packing):
    found = items(tmp_path, packed(as_crawled(30), packing))
    assert bodies(found) == originals(30)
    assert not failures(found)
    assert [item.url for item in found] == [address(number) for number in range(30)]
    assert len({item.place for item in found}) == 30
    assert {item.status for item in found} == {200}
    assert {item.fetched_at for item in found} == {dt.datetime(2025, 3, 4, 5, 6, 7, tzinfo=dt.UTC)}
    assert found[0].headers["content-type"] == "text/html; charset=utf-8"


def test_the_place_is_the_byte_at_which_the_record_begins(tmp_path):
    records = [record.to_bytes() for record in as_crawled(9)]
    for packing in ("plain", "gzip", "zstd"):
        parts = joined_parts(records, packing)
        starts = [sum(map(len, parts[:index])) for index in range(len(parts))]
        expected = [f"{tmp_path}/a.warc@{start}" for start in starts[2::3]]
        assert [item.place for item in items(tmp_path, b"".join(parts), "a.warc")] == expected
    within = [f"{tmp_path}/a.warc@0+{sum(map(len, records[:index]))}" for index in range(2, 28, 3)]
    found = items(tmp_path, b"".join(joined_parts(records, "one gzip")), "a.warc")
    assert [item.place for item in found] == within


@pytest.mark.parametrize("packing", PACKINGS)
def test_what_was_passed_over_is_what_would_have_come(tmp_path, packing):
    data = packed(as_crawled(12), packing)
    data += b"garbage" + packed([response(99)], packing) if packing != "plain" else b""
    everything = items(tmp_path, data)
    for skip in (0, 1, 5, len(everything), 1_000):
        assert items(tmp_path, data, skip=skip) == everything[skip:]


@pytest.mark.parametrize("coding", ["", *PACK])
@pytest.mark.parametrize("chunks", [False, True])
def test_codings_are_undone(tmp_path, coding, chunks):
    found = items(tmp_path, packed([response(1, coding=coding, chunks=chunks)], "gzip"))
    assert bodies(found) == {address(1): page(1)}


@pytest.mark.parametrize("headers", [
    "Content-Encoding: gzip\r\n",
    "Content-Encoding: br\r\n",
    "Content-Encoding: zstd\r\n",
    "Content-Encoding: deflate\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
    "X-Crawler-Content-Encoding: gzip\r\n",
])  # fmt: skip
def test_pages_that_are_stored_unpacked_with_the_headers_they_came_with(tmp_path, headers):
    found = items(tmp_path, packed([response(1, headers=headers)], "gzip"))
    assert bodies(found) == {address(1): page(1)}


def test_what_is_no_page_is_passed_over_in_silence(tmp_path):
    html = page(1)
    image = b"\x89PNG\r\n\x1a\n" + bytes(5_000)
    feed = b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>"
    blocks = [
        answer(html, status="404 Not Found"),
        answer(html, status="301 Moved", headers="Location: /there\r\n"),
        answer(html, status="503 Busy"),
        answer(image, content_type="image/png"),
        answer(image, content_type="text/html"),
        answer(image, content_type="", coding="gzip"),
        answer(feed, content_type="application/rss+xml"),
        answer(feed, content_type="text/xml", chunks=True),
        answer(b"User-agent: *\nDisallow:", content_type="text/plain"),
        answer(b"%PDF-1.7", content_type="application/pdf"),
        answer(b"{}", content_type="application/json"),
    ]
    records = [
        Written(url=address(100 + number), block=block) for number, block in enumerate(blocks)
    ]
    records += [
        Written(url=address(200), kind="revisit", block=answer(b"")),
        Written(url=address(201), kind="conversion", block=b"text", content_type="text/plain"),
        Written(url="dns:www.quayside-gazette.example", block=b"1.2.3.4", content_type="text/dns"),
        Written(url=address(202), kind="resource", block=image, content_type="image/png"),
        Written(url=address(1), kind="resource", block=html, content_type="text/html"),
        Written(url=address(2), block=answer(page(2), content_type="")),
        Written(url=address(3), block=answer(page(3), content_type="application/xhtml+xml")),
    ]
    found = items(tmp_path, packed(records, "gzip"))
    assert bodies(found) == {address(number): page(number) for number in (1, 2, 3)}
    assert not failures(found)


@pytest.mark.parametrize(("block", "fields", "cause"), [
    (answer(page(1))[:-500], {}, "cut off"),
    (answer(page(1), chunks=True)[:-5], {}, "chunks"),
    (answer(page(1), chunks=True)[:-900], {}, "chunks"),
    (answer(page(1), coding="gzip")[:-50], {}, "unpacked"),
    (answer(page(1), coding="br", chunks=True)[:-60], {}, "chunks"),
    (answer(page(1), coding="zstd")[:-1], {}, "unpacked"),
    (answer(page(1), status="206 Partial Content"), {}, "part"),
    (answer(page(1)), {"WARC-Truncated": "length"}, "WARC-Truncated: length"),
    (answer(page(1)), {"WARC-Segment-Number": "1"}, "several records"),
    (b"no answer at all", {}, "HTTP answer"),
    (b"HTTP/1.1 200 OK\r\nContent-Type: text/html", {}, "no end"),
    (answer(bytes(26_000_000), coding="gzip"), {}, "larger"),
])  # fmt: skip
def test_a_page_that_is_not_whole_is_a_failure(tmp_path, block, fields, cause):
    broken = Written(url=address(1), block=block, fields=fields)
    found = items(tmp_path, packed([broken, response(2)], "gzip"))
    assert bodies(found) == {address(2): page(2)}
    assert [item.failure.kind for item in failures(found)] == [FailureKind.UNREADABLE_RECORD]
    assert cause in details(found)
    assert found[0].url == found[0].failure.url == address(1)


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize(
    "length", ["", "many", "-5", "0", "7", "300", "5000", 99_999, 10**9, 10**17]
)
def test_a_content_length_that_is_wrong_costs_one_record(tmp_path, packing, length):
    records = as_crawled(20)
    records[3 * 7 + 2].length = length
    found = items(tmp_path, packed(records, packing))
    expected = originals(20)
    del expected[address(7)]
    assert bodies(found) == expected
    assert [item.url for item in failures(found)] == [address(7)]


def test_many_lengths_that_are_far_too_large(tmp_path):
    for packing in PACKINGS:
        records = as_crawled(200, size=1_000)
        for number in range(0, 200, 2):
            records[3 * number + 2].length = 10**12
        found = items(tmp_path, packed(records, packing))
        assert set(bodies(found)) == {address(number) for number in range(1, 200, 2)}
        assert len(failures(found)) == 100


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_file_that_is_cut_off_anywhere(tmp_path, packing):
    data = packed(as_crawled(12, digest=True), packing)
    expected = originals(12)
    draw = random.Random(packing)
    for _ in range(60):
        cut = draw.randrange(10, len(data))
        found = items(tmp_path, data[:cut])
        assert bodies(found).items() <= expected.items()
        assert len(failures(found)) <= 1
        if packing in {"plain", "gzip", "zstd"}:
            parts = joined_parts([r.to_bytes() for r in as_crawled(12, digest=True)], packing)
            whole, end = 0, 0
            for index, part in enumerate(parts):
                end += len(part)
                whole += end <= cut and index % 3 == 2
            assert len(bodies(found)) in {whole, whole + (packing == "plain")}


@pytest.mark.parametrize("packing", ["plain", "gzip", "zstd"])
@pytest.mark.parametrize("digest", [True, False])
def test_99_of_100_intact_records_come_out_whatever_is_damaged(tmp_path, packing, digest):
    if packing == "plain" and not digest:
        pytest.skip("nothing in such a file tells that a byte of a page was changed")
    count = 150
    parts = joined_parts(
        [record.to_bytes() for record in as_crawled(count, digest=digest)], packing
    )
    expected = originals(count)
    draw = random.Random(f"{packing}{digest}")
    intact = came = 0
    for _ in range(25):
        damaged = set()
        changed = list(parts)
        for index in draw.sample(range(len(parts)), 12):
            part = bytearray(parts[index])
            match draw.randrange(4):
                case 0:
                    for _ in range(draw.choice([1, 1, 3, 20])):
                        part[draw.randrange(len(part))] ^= 1 << draw.randrange(8)
                case 1:
                    del part[draw.randrange(len(part)) :]
                case 2:
                    at = draw.randrange(len(part))
                    part[at : at + 40] = draw.randbytes(40)
                case _:
                    # In front of it, so it stays as it is.
                    changed[index] = draw.randbytes(draw.randrange(1, 3_000)) + parts[index]
                    continue
            changed[index] = bytes(part)
            if index % 3 == 2:
                damaged.add(address(index // 3))
        found = items(tmp_path, b"".join(changed), name_of(packing))
        got = bodies(found)
        for url, body in got.items():
            # A change to the headers may leave the page whole.
            assert body == expected.get(url, body), url
            assert body in expected.values()
        whole = expected.keys() - damaged
        intact += len(whole)
        came += len(whole & got.keys())
        assert failures(found)
    assert came >= 0.99 * intact, (came, intact)


def test_damage_is_reported_with_its_place_and_cause(tmp_path):
    parts = joined_parts([response(number).to_bytes() for number in range(5)], "gzip")
    starts = [sum(map(len, parts[:index])) for index in range(6)]
    middle = bytearray(parts[2])
    middle[len(middle) // 2] ^= 255
    found = items(tmp_path, b"".join([*parts[:2], bytes(middle), b"garbage", *parts[3:]]))
    assert [item.failure is None for item in found] == [True, True, False, True, True]
    assert found[2].place == f"{tmp_path}/crawl.warc.gz@{starts[2]}"
    assert found[2].url == address(2)
    assert found[2].failure.detail.startswith(f"{starts[2]}: the gzip member cannot be unpacked")
    found = items(tmp_path, b"".join([*parts[:2], b"garbage", *parts[2:]]))
    assert details(found) == f"{starts[2]}: no gzip member begins here"
    assert bodies(found) == originals(5)


def test_an_address_that_has_run_into_the_next_field_is_damage(tmp_path):
    records = [response(number) for number in range(3)]
    records[1].url += "WARC-Date: 2025-03-04T05:06:07Z"
    found = items(tmp_path, packed(records, "gzip"))
    assert [item.failure is None for item in found] == [True, False, True]
    assert details(found).endswith(": its address has white space in it, as none has")


@pytest.mark.parametrize("packing", ["one gzip", "one zstd"])
@pytest.mark.parametrize("digest", [True, False])
@pytest.mark.parametrize("changed_bytes", [1, 40])
def test_of_one_damaged_stream_over_all_comes_only_what_is_right(
    tmp_path, packing, digest, changed_bytes
):
    data = packed(as_crawled(60, digest=digest), packing)
    expected = originals(60)
    draw = random.Random(f"{packing}{digest}{changed_bytes}")
    came = before = 0
    for _ in range(25):
        at = draw.randrange(20, len(data) - 50)
        changed = bytearray(data)
        changed[at : at + changed_bytes] = draw.randbytes(changed_bytes)
        if changed == data:
            continue
        found = items(tmp_path, bytes(changed), name_of(packing))
        assert bodies(found).items() <= expected.items()
        assert failures(found)
        came += len(bodies(found))
        before += 60 * at // len(data)
    # Without digests a page counts only where the first sign of the damage is far behind it.
    assert came >= 0.9 * before or not digest or packing == "one zstd"


def test_pages_without_a_digest_in_a_stream_that_is_found_damaged_far_behind(tmp_path):
    records = as_crawled(150, size=20_000)
    data = bytearray(packed(records, "one gzip"))
    del data[len(data) * 9 // 10 : len(data) * 9 // 10 + 60]
    got = bodies(items(tmp_path, bytes(data)))
    assert got.items() <= originals(150, 20_000).items()
    assert len(got) >= 120


@pytest.mark.parametrize("packing", PACKINGS)
def test_what_is_too_large_is_passed_over(tmp_path, packing):
    large = random.Random(1).randbytes(1_000) * 27_000
    records = [
        response(1),
        Written(url=address(50), block=answer(large, content_type="video/mp4"), kind="resource"),
        Written(url=address(51), block=large, kind="metadata"),
        response(2),
        Written(url=address(52), block=answer(page(1) + bytes(26_000_000))),
        response(3),
    ]
    tracemalloc.start()
    try:
        data = packed(records, packing)
        assert list(bodies(items(tmp_path, data))) == [address(1), address(2), address(3)]
        del data
        tracemalloc.reset_peak()
        (failed,) = failures(list(read_inputs([tmp_path / "crawl.warc.gz"])))
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
    assert failed.url == address(52)
    assert "larger" in failed.failure.detail


def test_a_file_that_is_gone_when_its_turn_comes(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(packed([response(1)], "gzip"))
    reading = read_inputs([path, "https://www.quayside-gazette.example/"])
    path.unlink()
    first, second = reading
    assert first.failure.kind is FailureKind.UNREADABLE_FILE
    assert second.url == "https://www.quayside-gazette.example/"


def test_a_page_that_shows_a_record_is_not_taken_for_one(tmp_path):
    shown = response(50).to_bytes().replace(b"\r\n", b"\n")
    quoting = answer(page(1) + b"<pre>\n" + shown + b"</pre>")
    records = [Written(url=address(1), block=quoting), response(2)]
    for packing in PACKINGS:
        assert list(bodies(items(tmp_path, packed(records, packing)))) == [address(1), address(2)]


def test_a_dictionary_in_front_of_zstd_frames(tmp_path):
    records = [record.to_bytes() for record in as_crawled(40)]
    dictionary = zstandard.train_dictionary(20_000, records * 5)
    packer = zstandard.ZstdCompressor(dict_data=dictionary, write_checksum=True)
    frames = b"".join(packer.compress(record) for record in records)
    for content in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        head = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
        assert bodies(items(tmp_path, head + frames, "a.warc.zst")) == originals(40)


def test_bare_line_feeds_folded_fields_and_names_in_any_case(tmp_path):
    block = answer(page(1))
    head = (
        f"WARC/1.1\nwarc-type: response\nWARC-TARGET-URI: <{address(1)}>\n"
        "WARC-Date: 2025-03-04T05:06:07.123456789Z\nX-Note: one\n two\n"
        f"content-length:{len(block)}\n\n"
    )
    found = items(tmp_path, head.encode() + block + b"\n\n" + packed([response(2)], "plain"))
    assert bodies(found) == {address(1): page(1), address(2): page(2)}
    assert found[0].fetched_at == dt.datetime(2025, 3, 4, 5, 6, 7, 123456, tzinfo=dt.UTC)


def test_hostile_files_end(tmp_path):
    draw = random.Random(7)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999\r\n\r\n"
    for data in (
        b"WARC/1.0\r\n" * 100_000,
        head * 8_000,
        b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000,
        b"\x1f\x8b\x08" * 100_000,
        b"\x28\xb5\x2f\xfd" * 50_000,
        b"".join(joined_parts([head], "gzip") * 3_000),
        b"".join(joined_parts([head * 5_000], "one gzip")),
        b"".join(joined_parts([bytes(30_000_000)], "one gzip")),
        b"WARC/1.0\r\n" + b"A: WARC/1.0\r\n" * 300_000,
        head + b"A: WARC/1.0\r\nWARC-Type: response\r\n" * 100_000,
        draw.randbytes(2_000_000),
        b"\x1f\x8b\x08\x00" + draw.randbytes(2_000_000),
        b"",
    ):
        start = time.perf_counter()
        path = tmp_path / "hostile.warc.gz"
        path.write_bytes(data)
        assert not any(item.body for item in read_inputs([path]))
        assert in_time(time.perf_counter() - start, 5)


@pytest.mark.parametrize("packing", ["gzip", "one gzip", "plain"])
def test_10_000_records_in_bounded_memory_and_time(tmp_path, packing):
    path = tmp_path / "large.warc.gz"
    records = [record.to_bytes() for record in as_crawled(40, size=30_000)]
    parts = joined_parts(records, packing)
    with path.open("wb") as file:
        if packing == "one gzip":
            parts = joined_parts([b"".join(records * 84)], packing)
            file.write(parts[0])
        else:
            for _ in range(84):
                file.write(b"".join(parts))
    del parts
    start = time.perf_counter()
    count = sum(item.body is not None for item in read_inputs([path]))
    took = time.perf_counter() - start
    assert count == 84 * 40
    assert in_time(took, 8)
    tracemalloc.start()
    try:
        for count, _ in enumerate(read_inputs([path]), 1):
            if count == 2_000:
                break
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
