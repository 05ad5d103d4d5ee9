"""A web page as an article: trafilatura finds its text and what the page says of itself."""

from __future__ import annotations

import re
from typing import Any

from aussage.diagnostics import Diagnostics, Place
from aussage.intake.markdown import LibraryMissing, day
from aussage.source import decode

DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
LAST_DAY = "2199-12-31"  # of a date that is believed; given, so that the result does not depend on the clock


def html_article(data: bytes, place: Place, diagnostics: Diagnostics) -> tuple[str, dict[str, str]] | None:
    """The text of a page and the facts it gives (title, date, url, author, publisher); nothing and findings if none.

    A first line that repeats the title then stands only there.

    Raises:
        LibraryMissing: trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError:
        raise LibraryMissing("HTML is read with trafilatura: pip install 'aussage[html]'") from None
    page = _decoded(data, place, diagnostics)
    if page is None:
        return None
    dates = {"extensive_search": False, "original_date": True, "max_date": LAST_DAY}
    read = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, deduplicate=False, date_extraction_params=dates
    )
    about: dict[str, Any] = {} if read is None else read if isinstance(read, dict) else read.as_dict()
    text = str(about.get("text") or "")
    if not text.strip():
        diagnostics.add("no-paragraphs", place, f"{place.file} has no text that can be told from the page around it")
        return None
    names = {"title": "title", "date": "date", "url": "url", "author": "author", "sitename": "publisher"}
    found = {ours: str(about[theirs]).strip() for theirs, ours in names.items() if about.get(theirs)}
    if "date" in found:
        found["date"] = day(found["date"])
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    if len(lines) > 1 and lines[0] == found.get("title"):
        del lines[0]
    return "\n\n".join(lines) + "\n", {name: value for name, value in found.items() if value}


def _decoded(data: bytes, place: Place, diagnostics: Diagnostics) -> str | None:
    """The page as text: UTF-8, else the encoding that the page itself declares."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = DECLARED.search(data[:4096])
        try:
            if declared:
                return data.decode(declared[1].decode())
        except (UnicodeDecodeError, LookupError):
            pass
        decode(data, place.file, diagnostics)
        return None
