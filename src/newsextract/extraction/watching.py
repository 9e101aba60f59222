"""What may look on while a page is read: which stages are done, and what became of each block.

Extraction itself has no clock and keeps nothing; whoever explains a page does. It also sees what
was found on a page that ends in an exception.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from newsextract.extraction.blocks import Survey, TextBlock
from newsextract.extraction.body import Body
from newsextract.extraction.model import Model, Rows
from newsextract.records import Candidate

__all__ = ["Reading", "Watcher"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A page as read: its blocks, what the model knew of them, and what it made of that.

    `is_replaced` tells that the text of the record is from another source than these blocks.
    """

    found: Survey
    rows: Rows
    model: Model
    body: Body
    headline: TextBlock | None
    candidates: Sequence[Candidate]
    is_replaced: bool


class Watcher(Protocol):
    """Somebody who is told what happens."""

    def passed(self, stage: str) -> None:
        """Take note that a stage has come to its end."""

    def read(self, reading: Reading) -> None:
        """Take note of what the page was found to hold."""
