"""Content codings: unpacked exactly, within the limit, and never believed when cut."""

import contextlib
import gzip
import itertools
import random
import time
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from newsextract.errors import TooLarge, TruncatedBody, UndecodableBody
from newsextract.fetching.decoding import MAX_MEMBERS, BodyDecoder

LIMIT = 5_000_000


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def quick_brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=5))


def streamed_zstd(data: bytes) -> bytes:
    """Return a frame that does not announce its size, as servers that pack on the fly send."""
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "bare deflate": ("deflate", bare_deflate),
    "brotli": ("br", quick_brotli),
    "zstd": ("zstd", zstandard.compress),
    "streamed zstd": ("zstd", streamed_zstd),
}
by_packer = pytest.mark.parametrize(("coding", "pack"), PACKERS.values(), ids=list(PACKERS))


def unpacked(coding: str, packed: bytes, *, step: int = 65_536, limit: int = LIMIT) -> bytes:
    decoder = BodyDecoder(coding, max_bytes=limit)
    parts = [decoder.decode(packed[start : start + step]) for start in range(0, len(packed), step)]
    decoder.finish()
    return b"".join(parts)


def page_of(size: int) -> bytes:
    """Return text that packs about as well as a page does."""
    words = [b"<p>", b"</p>", b"news ", b"of ", b"the ", b"day ", b"article "]
    picks = random.Random(1).choices(words, k=size // 3)
    return b"".join(picks)[:size]


@by_packer
@pytest.mark.parametrize("step", [1, 7, 65_536])
def test_unpacks_whatever_the_chunks(
    coding: str, pack: Callable[[bytes], bytes], step: int
) -> None:
    page = page_of(30_000)
    assert unpacked(coding, pack(page), step=step) == page


@by_packer
def test_unpacks_an_empty_body(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert unpacked(coding, pack(b"")) == b""


@by_packer
@given(data=st.binary(max_size=2_000), step=st.integers(1, 500))
def test_unpacks_any_bytes(
    coding: str, pack: Callable[[bytes], bytes], data: bytes, step: int
) -> None:
    assert unpacked(coding, pack(data), step=step) == data


@by_packer
def test_unpacks_sizes_around_the_inner_buffer(coding: str, pack: Callable[[bytes], bytes]) -> None:
    for size in (65_535, 65_536, 65_537, 131_072):
        assert unpacked(coding, pack(b"x" * size)) == b"x" * size


@by_packer
def test_every_cut_is_reported(coding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(page_of(50_000))
    cuts = random.Random(2).sample(range(len(packed)), 200)
    for cut in (0, 1, len(packed) - 1, *cuts):
        with pytest.raises(TruncatedBody):
            unpacked(coding, packed[:cut])


@by_packer
def test_a_bomb_is_refused_in_little_memory_and_time(
    coding: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(bytes(60_000_000))
    begin = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge, match="5,000,000"):
            unpacked(coding, bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20_000_000
    assert time.monotonic() - begin < 1


@by_packer
def test_the_limit_is_exact(coding: str, pack: Callable[[bytes], bytes]) -> None:
    assert len(unpacked(coding, pack(bytes(70_000)), limit=70_000)) == 70_000
    with pytest.raises(TooLarge):
        unpacked(coding, pack(bytes(70_001)), limit=70_000)


@by_packer
@given(junk=st.binary(min_size=20, max_size=200))
def test_junk_is_never_accepted_with_another_error(
    coding: str, pack: Callable[[bytes], bytes], junk: bytes
) -> None:
    packed = pack(page_of(3_000))
    middle = len(packed) // 2
    for broken in (junk, packed[:middle] + junk + packed[middle:]):
        with contextlib.suppress(UndecodableBody, TruncatedBody, TooLarge):
            unpacked(coding, broken)


def test_several_gzip_members_are_one_body() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two ") + gzip.compress(b"three")
    for step in (1, 3, 65_536):
        assert unpacked("gzip", packed, step=step) == b"one two three"


def test_a_cut_second_gzip_member_is_reported() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two ")
    with pytest.raises(TruncatedBody):
        unpacked("gzip", packed[:-3])


@pytest.mark.parametrize("padding", [b"\0" * 512, b"\x1f", b"junk"])
def test_padding_after_the_gzip_data_is_ignored(padding: bytes) -> None:
    assert unpacked("gzip", gzip.compress(b"page") + padding) == b"page"


def test_several_zstd_frames_are_one_body() -> None:
    packed = zstandard.compress(b"one ") + zstandard.compress(b"two")
    for step in (1, 3, 65_536):
        assert unpacked("zstd", packed, step=step) == b"one two"


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("zstd", zstandard.compress)]
)
def test_thousands_of_empty_members_are_refused(
    coding: str, pack: Callable[[bytes], bytes]
) -> None:
    begin = time.monotonic()
    with pytest.raises(UndecodableBody, match=f"{MAX_MEMBERS:,}"):
        unpacked(coding, pack(b"") * 10_000)
    assert time.monotonic() - begin < 1


def test_two_codings_are_undone_in_reverse() -> None:
    packed = brotli.compress(gzip.compress(b"page"))
    assert unpacked("gzip, br", packed) == b"page"


def test_the_step_between_two_codings_is_limited_too() -> None:
    # Empty stored blocks (RFC 1951, 3.2.4) unpack to nothing, and pack well themselves.
    nothing = b"\x00\x00\x00\xff\xff" * 4_000_000 + b"\x01\x00\x00\xff\xff"
    with pytest.raises(TooLarge):
        unpacked("deflate, gzip", gzip.compress(nothing, compresslevel=1))


@pytest.mark.parametrize("coding", ["", "identity", " IDENTITY ,", ","])
def test_no_coding_leaves_the_body_as_it_is(coding: str) -> None:
    assert unpacked(coding, b"page") == b"page"


def test_names_of_codings_ignore_case() -> None:
    assert unpacked("GZip", gzip.compress(b"page")) == b"page"


@pytest.mark.parametrize(
    "coding",
    ["compress", "utf-8", "gzip;q=1", "x" * 10_000, ", ".join(itertools.repeat("gzip", 100))],
)
def test_other_codings_are_refused(coding: str) -> None:
    with pytest.raises(UndecodableBody) as caught:
        BodyDecoder(coding, max_bytes=LIMIT)
    assert len(str(caught.value)) < 300


def test_a_page_that_is_not_packed_at_all_is_reported() -> None:
    for coding in ("gzip", "br", "zstd"):
        with pytest.raises(UndecodableBody, match=coding):
            unpacked(coding, b"<!doctype html><html><p>not packed</p></html>" * 10)


def test_a_zstd_window_over_that_of_browsers_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=24, write_content_size=False)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = packer.compress(page_of(20_000)) + packer.flush()
    with pytest.raises(UndecodableBody):
        unpacked("zstd", packed)
