"""What the server says when it will not do something, and how that is mended."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from aussage.release.deposit.errors import Rejected

LONGEST, MOST = 500, 20  # characters of a message, and messages, that are shown
MENDS = {
    400: "correct what is named in aussage.toml, release again, and deposit the new bundle",
    401: "make a new token on the server's page Applications, with the scopes deposit:write and deposit:actions",
    403: "the token needs the scopes deposit:write and deposit:actions, and its account must own the deposit",
    404: "see whether the deposit was deleted, and whether the token belongs to the account that owns it",
    409: "see on the server's page whether somebody else is working on this deposit",
    413: "the file is larger than the server takes: ask it for a larger quota (Zenodo: 50 GB a record by default)",
}


def rejected(response: httpx.Response, place: str, shown: Callable[[str], str]) -> Rejected:
    """The error for an answer of the 300s or 400s: status, what the server said, field by field, how to mend."""
    status = response.status_code
    if 300 <= status < 400:
        target = shown(response.headers.get("location", ""))[:LONGEST]
        return Rejected(status, f"{place} was redirected to »{target}«, which is not followed with a token")
    lines = [f"{place}: status {status}"]
    message, details = _said(response)
    if message:
        lines[0] += f": {_cut(shown(message))}"
    lines += [f"- {_cut(shown(detail))}" for detail in details[:MOST]]
    if len(details) > MOST:
        lines.append(f"- and {len(details) - MOST} more")
    if status in MENDS:
        lines.append(f"How to mend: {MENDS[status]}.")
    return Rejected(status, "\n".join(lines))


def _said(response: httpx.Response) -> tuple[str, list[str]]:
    """The attributes `message` and `errors` of an error, as documented; nothing if the body is something else."""
    try:
        body = json.loads(response.content)
    except (ValueError, RecursionError):
        return "", []
    if not isinstance(body, dict):
        return "", []
    errors = body.get("errors")
    return str(body.get("message") or ""), list(_details(errors)) if isinstance(errors, list) else []


def _details(errors: list[Any]) -> Iterator[str]:
    """The documentation has `message` for each error, InvenioRDM `messages`."""
    for error in errors:
        if not isinstance(error, dict):
            continue
        messages = error.get("messages")
        said = messages if isinstance(messages, list) else [error.get("message") or "is wrong"]
        text = "; ".join(map(str, said))
        yield f"{error['field']}: {text}" if error.get("field") else text


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
