"""Is an answer a bot check? Judged by its status, its headers and how its body begins."""

from collections.abc import Mapping

from newsextract.challenges import READ_BYTES, Wall, challenge_in

__all__ = ["READ_BYTES", "Wall", "bot_check"]

# Sent with the challenge and with nothing else, whatever the status; `x-datadome`, `x-iinfo` and
# `cf-ray` come with every page of a guarded site.
# https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
# https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html
_HEADERS = {
    "cf-mitigated": ("Cloudflare", frozenset(("challenge",))),
    "x-amzn-waf-action": ("AWS WAF", frozenset(("challenge", "captcha"))),
    "x-dd-b": ("DataDome", frozenset(("1", "2"))),
    "x-vercel-mitigated": ("Vercel", frozenset(("challenge",))),
}
# A page that does not exist is no bot check, though its site has such scripts on every page.
_REFUSALS = frozenset((401, 403, 405, 406, 418, 428, 429, 503))
# Akamai's sensor; on a refusal it says who refused.
_SENSOR = "_abck="


def bot_check(status: int, headers: Mapping[str, str], beginning: bytes) -> Wall | None:
    """Return the bot check that an answer is, or `None`.

    `beginning` is as much of the unpacked body as was read, at most `READ_BYTES` of it matter;
    it may be empty, and is looked at only where the status is one of refusal.
    """
    known = {name.lower(): value.strip().lower() for name, value in headers.items()}
    for name, (vendor, values) in _HEADERS.items():
        if known.get(name) in values:
            return Wall(vendor, f"{name}: {known[name]}")
    if status not in _REFUSALS:
        return None
    wall = challenge_in(beginning)
    if wall is None and _SENSOR in known.get("set-cookie", ""):
        return Wall("Akamai", "cookie _abck")
    return wall
