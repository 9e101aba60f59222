"""Patterns that few pages need.

Compiling one takes as long as a page or two: a set of many thousand characters counts each of them,
a list of phrases each letter. Those here and there that most pages can do without wait until a page
asks for them.
"""

import functools
import re
from collections.abc import Callable
from typing import AnyStr

__all__ = ["when_needed"]


def when_needed(pattern: AnyStr) -> Callable[[], re.Pattern[AnyStr]]:
    """Return what returns this pattern, compiled when it is first asked for and once."""
    return functools.cache(functools.partial(re.compile, pattern))
