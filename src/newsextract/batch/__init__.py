"""Many pages in, an article or a failure out for each, in bounded time and memory."""
