"""Explanations as pages of their own: nothing is loaded, and nothing of the explained page runs.

What a page says is handed on as JSON and put on the screen as text. All of it is shown in a frame
that belongs to no site (https://html.spec.whatwg.org/#attr-iframe-sandbox), under a policy that
allows the scripts and styles beside this module by their hashes and nothing else
(https://www.w3.org/TR/CSP3/), so that a mistake here would harm nobody either.
"""

import base64
import hashlib
import html
import re
from importlib.resources import files
from string import Template

from newsextract.explanation.records import Explanation

__all__ = ["data_in_report", "explanation_report", "report"]

_OUTER = Template("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>$title</title>
<style>$style</style>
<iframe class="whole" title="$title" sandbox="allow-scripts" srcdoc='$inner'></iframe>
<script>$focus</script>
</html>
""")
_INNER = Template("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="$policy">
<title>$title</title>
<style>$style</style>
<body>
<noscript>This report is drawn by its own script, which is switched off here.</noscript>
<script type="application/json" id="data">$data</script>
<script>$script</script>
</html>
""")
# Keys are for the frame without a click into it, once it is there.
_FOCUS = "const frame = document.querySelector('iframe'); frame.onload = () => frame.focus();"
_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
# What could end a script element or a line of script before its end.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def explanation_report(explanation: Explanation) -> str:
    """Return an explanation as a page."""
    article = explanation.article
    title = (article.title if article else None) or explanation.url or "a page"
    return report(f"newsextract: {title}", explanation.to_json(), "explanation.js")


def report(title: str, data: str, script: str) -> str:
    """Return a page that shows `data`, which is JSON, by the script of that name."""
    style = _asset("style.css")
    program = _asset("building.js") + _asset(script)
    policy = (
        f"default-src 'none'; script-src {_hash(program)} {_hash(_FOCUS)}; "
        f"style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    shared = {"policy": policy, "title": html.escape(title), "style": style}
    inner = _INNER.substitute(shared, data=data.translate(_ESCAPES), script=program)
    # Of the two quotes that may stand around an attribute JSON has the other one.
    quoted = inner.replace("&", "&amp;").replace("'", "&#39;")
    return _OUTER.substitute(shared, inner=quoted, focus=_FOCUS)


def data_in_report(text: str) -> str | None:
    """Return the JSON that a saved report shows; nothing where it is no report."""
    found = _DATA.search(text)
    return html.unescape(found[1]) if found else None


def _asset(name: str) -> str:
    return files("newsextract.explanation").joinpath("pages", name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
