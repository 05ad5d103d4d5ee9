"""Whether metadata are fit for Zenodo's deposit API, as far as the documentation tells (»Deposit metadata«)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPES = "publication poster presentation dataset image video software lesson physicalobject other".split()
ACCESS = "open embargoed restricted closed".split()
TEXTS = "title description version license notes method language publication_date access_conditions".split()
LISTS = "creators contributors keywords related_identifiers references communities grants subjects".split()
REST = (
    "upload_type publication_type image_type access_right embargo_date locations dates journal_title journal_volume "
    "journal_issue journal_pages conference_title conference_acronym conference_dates conference_place conference_url "
    "conference_session conference_session_part imprint_publisher imprint_isbn imprint_place partof_title partof_pages "
    "thesis_supervisors thesis_university"
).split()
REQUIRED = ("upload_type", "title", "creators", "description", "version")


def metadata_problems(record: Any, version: str) -> Iterator[str]:
    """What is wrong with the metadata of a deposit of that version, one sentence each."""
    if not isinstance(record, dict):
        yield "it is no object"
        return
    yield from (f"{name} is missing" for name in REQUIRED if not record.get(name))
    yield from (f"{name} is no text" for name in TEXTS if not isinstance(record.get(name, ""), str))
    yield from (f"{name} is no list" for name in LISTS if not isinstance(record.get(name, []), list))
    yield from (
        f"{name} is assigned by Zenodo, and must not stand in it"
        for name in ("doi", "prereserve_doi")
        if name in record
    )
    known = {*TEXTS, *LISTS, *REST, "doi", "prereserve_doi"}
    yield from (f"{name} is no field that Zenodo documents" for name in sorted(record.keys() - known))
    if record.get("upload_type") and record["upload_type"] not in TYPES:
        yield f"upload_type is {record['upload_type']!r}; expected one of {', '.join(TYPES)}"
    if record.get("access_right", "open") not in ACCESS:
        yield f"access_right is {record['access_right']!r}; expected one of {', '.join(ACCESS)}"
    if record.get("version") and record["version"] != version:
        yield f"version is {record['version']!r}, and the corpus is version {version}"
    creators = record.get("creators")
    if isinstance(creators, list) and not all(_is_named(creator) for creator in creators):
        yield "a creator has no name"


def _is_named(creator: Any) -> bool:
    return isinstance(creator, dict) and isinstance(creator.get("name"), str) and bool(creator["name"].strip())
