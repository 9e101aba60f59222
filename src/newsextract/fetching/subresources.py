"""What a page in a browser asks for, fetched over the guarded connections."""

import asyncio
import contextlib

from newsextract.errors import TimedOut, TooManyRedirects
from newsextract.fetching.accesses import add_access
from newsextract.fetching.addresses import checked_address, origin_of, redirect_target
from newsextract.fetching.decoding import BodyDecoder
from newsextract.fetching.foreign import translated_body, translated_head
from newsextract.fetching.library import httpx
from newsextract.fetching.rendering import Answer, Asked
from newsextract.fetching.statuses import is_redirect
from newsextract.options import Options

__all__ = ["Subresources"]

# Not sent on to another origin, as Fetch has it ("HTTP-redirect fetch", 13).
_SECRET = frozenset(("authorization", "cookie"))


class Subresources:
    """Answers the requests of a browser within the limits of `options`."""

    def __init__(self, client: httpx.AsyncClient, options: Options) -> None:
        self._client = client
        self._options = options

    async def answer(self, asked: Asked) -> Answer:
        """Return the answer at the end of all redirects; raises a `FetchError` or `InvalidUrl`."""
        url = checked_address(asked.url)
        method, body, headers = asked.method, asked.body, dict(asked.headers)
        try:
            async with asyncio.timeout(self._options.timeout):
                for _ in range(self._options.max_redirects + 1):
                    request = self._client.build_request(method, url, headers=headers, content=body)
                    add_access(request, self._options.access)
                    with translated_head():
                        response = await self._client.send(request, stream=True)
                    async with contextlib.aclosing(response):
                        if not is_redirect(response.status_code):
                            return await self._read(response)
                        target = redirect_target(url, response.headers.get_list("location"))
                    if origin_of(target) != origin_of(url):
                        headers = {
                            name: value for name, value in headers.items() if name not in _SECRET
                        }
                    if response.status_code == httpx.codes.SEE_OTHER:
                        method, body = "GET", None
                    url = target
        except TimeoutError as error:
            raise TimedOut("no whole answer came in time") from error
        raise TooManyRedirects("the redirects of something that the page asks for do not end")

    async def _read(self, response: httpx.Response) -> Answer:
        decoder = BodyDecoder(
            response.headers.get("content-encoding", ""), max_bytes=self._options.max_bytes
        )
        body = bytearray()
        with translated_body():
            async for chunk in response.aiter_raw():
                body += decoder.decode(chunk)
        headers = {name: response.headers[name] for name in response.headers}
        if cookies := response.headers.get_list("set-cookie"):
            # Playwright takes them apart at the ends of lines.
            headers["set-cookie"] = "\n".join(cookies)
        return Answer(response.status_code, headers, bytes(body))
