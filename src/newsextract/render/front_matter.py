"""The fields of an article as YAML, to stand above its Markdown."""

import datetime as dt
import json
import re

from newsextract.records import Article

__all__ = ["front_matter_of"]

_FIELDS = (
    "title", "subtitle", "authors", "date", "date_modified", "url", "canonical_url", "site_name",
    "section", "tags", "language", "description", "image", "licence", "kind", "confidence",
)  # fmt: skip
# What JSON lets stand in a string and YAML does not, or takes for the end of a line.
# https://yaml.org/spec/1.2.2/#51-character-set, https://yaml.org/spec/1.1/#b-next-line
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def front_matter_of(article: Article) -> str:
    """Return the fields that have a value, between two lines of three hyphens.

    Texts are in double quotes, lists in brackets; a day and a point in time are timestamps of YAML,
    which its readers give as dates.
    """
    values = ((name, getattr(article, name)) for name in _FIELDS)
    lines = [f"{name}: {_yaml(value)}" for name, value in values if value not in (None, "", ())]
    return "\n".join(["---", *lines, "---", ""])


def _yaml(value: str | float | dt.date | tuple[str, ...]) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    # YAML has the numbers and the quoted strings of JSON (https://yaml.org/spec/1.2.2/#12-yaml-history)
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    # 1e-05 is text for those that read YAML 1.1 (https://yaml.org/type/float.html).
    return text if "." in text else text.replace("e", ".0e")
