"""The body of one answer, as it comes: a page, or the text of an error."""

import contextlib

from newsextract import contents
from newsextract.challenges import READ_BYTES
from newsextract.errors import FetchError, TooLarge, TruncatedBody
from newsextract.fetching.decoding import BodyDecoder, FileDecoder
from newsextract.fetching.library import httpx
from newsextract.options import Options

__all__ = ["Body", "ErrorBody"]

_MOST_UNPACKED = 4_000_000


class Body:
    """The body of a page or a list: unpacked and judged as it comes, within the size limit."""

    def __init__(
        self, headers: httpx.Headers, options: Options, accept: contents.Accepted = "page"
    ) -> None:
        # Of several, the last counts (WHATWG Fetch, "extract a MIME type").
        self._content_type = (headers.get_list("content-type") or [""])[-1]
        self._options = options
        self._accept = accept
        self._max_bytes = contents.most_bytes(accept, options.max_bytes)
        self._received = 0
        self._unpacked = bytearray()
        self._judged = False
        self.is_enough = False
        self.is_cut = False
        if accept == "page":
            contents.check_type(self._content_type)
        self._decoder = BodyDecoder(headers.get("content-encoding", ""), max_bytes=self._max_bytes)
        self._file = FileDecoder(max_bytes=self._max_bytes) if accept == "list" else None
        self._check_size(_announced_length(headers))

    def take(self, chunk: bytes) -> None:
        """Take the next part as it came from the network."""
        self._received += len(chunk)
        self._check_size(self._received)
        unpacked = self._decoder.decode(chunk)
        self._unpacked += unpacked if self._file is None else self._file.decode(unpacked)
        if not self._judged and len(self._unpacked) >= contents.SNIFFED_BYTES:
            self._judge()

    def cut(self, error: FetchError) -> None:
        """End here, where the answer did; raise the error unless a part will do."""
        if not (isinstance(error, TruncatedBody) and self._options.accept_truncated):
            raise error
        self.is_cut = True

    def whole(self) -> bytes:
        """Return the unpacked body, after making sure that all of it is there."""
        if not self.is_cut:
            try:
                self._decoder.finish()
                if self._file is not None:
                    self._unpacked += self._file.finish()
            except TruncatedBody as error:
                self.cut(error)
        self._judge()
        return bytes(self._unpacked)

    def _judge(self) -> None:
        beginning = bytes(self._unpacked[: contents.SNIFFED_BYTES])
        if self._accept == "page":
            contents.check_beginning(self._content_type, beginning)
        else:
            contents.check_list(self._content_type, beginning)
        self._judged = True

    def _check_size(self, size: int) -> None:
        if size > self._max_bytes:
            raise TooLarge(
                f"the page is larger than the limit of {self._max_bytes:,} bytes; raise "
                "max_bytes if it is a page you trust",
                detail=f"{size} bytes",
            )


class ErrorBody:
    """The beginning of the text that came with an error, which may tell who sent it."""

    def __init__(self, headers: httpx.Headers) -> None:
        self._unpacked = bytearray()
        self.is_enough = False
        self.is_cut = False
        self._decoder: BodyDecoder | None = None
        with contextlib.suppress(FetchError):
            self._decoder = BodyDecoder(
                headers.get("content-encoding", ""), max_bytes=_MOST_UNPACKED
            )

    def take(self, chunk: bytes) -> None:
        """Take the next part, unless that is enough."""
        for piece in self._decoder.pieces(chunk) if self._decoder is not None else ():
            self._unpacked += piece
            if len(self._unpacked) >= READ_BYTES:
                break
        self.is_enough = self._decoder is None or len(self._unpacked) >= READ_BYTES

    def cut(self, _: FetchError) -> None:
        """End here: the status has said it all."""
        self.is_cut = True

    def whole(self) -> bytes:
        """Return what there is."""
        return bytes(self._unpacked[:READ_BYTES])


def _announced_length(headers: httpx.Headers) -> int:
    length = headers.get("content-length", "")
    # A length that is not a number is refused by h11 and h2, unless the body comes in chunks.
    return int(length) if length.isdecimal() and len(length) <= 18 else 0
