"""In which order files are tested."""

import pytest

# These take longest, most of it in processes of their own. They come first: else one of the two
# that test would still be at one of them when the other has long been done.
LONG = (
    "test_batch.py", "test_rendering.py", "test_batch_warc.py", "test_engines.py",
    "test_terminal.py", "test_cli.py", "test_batch_hostile.py", "test_fetch_promises.py",
    "test_explain.py", "test_page_promises.py", "test_reports.py", "test_docs.py",
    "test_manners.py",
)  # fmt: skip
ORDER = {name: place for place, name in enumerate(LONG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: ORDER.get(item.path.name, len(LONG)))
