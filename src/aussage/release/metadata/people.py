"""Creators and licences as archives want them: parts of a name, identifiers, affiliations, licence addresses."""

import re

from aussage.records.sources import Creator
from aussage.release.metadata.facts import MetadataFacts

ORCID_PREFIX = "https://orcid.org/"
CONTRIBUTOR = "DataCurator"
"""What a coder is among DataCite's types of contributors: one who reviews and enriches data."""
SPDX_LIST = "https://spdx.org/licenses/"
CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]{2,3}))?")
SINGLE_LICENCE = re.compile(r"[A-Za-z0-9.+-]+", re.ASCII)


def is_person(creator: Creator) -> bool:
    """Whether the creator is a person, not an organisation."""
    return creator.kind == "person"


def family_and_given(creator: Creator) -> tuple[str, str]:
    """Family name and given names of a person; the whole name and nothing where they are not told apart."""
    family, _, given = creator.name.partition(", ")
    return family.strip(), given.strip()


def shown_name(creator: Creator) -> str:
    """The name in the order of speech: given names first."""
    family, given = family_and_given(creator) if is_person(creator) else (creator.name, "")
    return f"{given} {family}".strip()


def orcid_address(creator: Creator) -> str | None:
    """The ORCID iD as an address, if there is one."""
    return f"{ORCID_PREFIX}{creator.orcid}" if creator.orcid else None


def licence_address(licence: str) -> str | None:
    """Where the licence of that SPDX id can be read; nothing for an expression or a licence of one's own."""
    if licence.startswith("LicenseRef-") or not SINGLE_LICENCE.fullmatch(licence):
        return None
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if commons := CREATIVE_COMMONS.fullmatch(licence):
        country = f"{commons[3].lower()}/" if commons[3] else ""
        return f"https://creativecommons.org/licenses/{commons[1].lower()}/{commons[2]}/{country}"
    return f"{SPDX_LIST}{licence}.html"


def person_coders(facts: MetadataFacts) -> list[str]:
    """The names of those coders who are people and not among the creators, in the order of their ids."""
    creators = {name for creator in facts.project.creators for name in (creator.name, shown_name(creator))}
    people = (coder for coder in sorted(facts.coders, key=lambda coder: coder.id) if coder.kind == "person")
    return [name for name in dict.fromkeys(coder.name for coder in people) if name not in creators]
