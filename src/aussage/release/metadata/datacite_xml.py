"""`datacite.xml`: the DataCite record as XML, in the order of the elements in the schema 4.6."""

from collections.abc import Iterable, Mapping
from typing import Any
from xml.etree import ElementTree

from aussage.release.metadata.datacite import SCHEMA, datacite_record
from aussage.release.metadata.facts import MetadataFacts

LOCATION = f"{SCHEMA} https://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
NOT_YET = "(:tba)"
"""DataCite's standard value for what is to be assigned later: the schema wants an identifier, and none is made up."""

Element = ElementTree.Element


def datacite_xml(facts: MetadataFacts) -> bytes:
    """The DataCite record as XML."""
    root = Element("resource", {"xmlns": SCHEMA, "xmlns:xsi": INSTANCE, "xsi:schemaLocation": LOCATION})
    root.extend(_elements(datacite_record(facts)))
    ElementTree.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "unicode").encode() + b"\n"


def _elements(record: Mapping[str, Any]) -> Iterable[Element]:
    yield _leaf("identifier", record.get("doi", NOT_YET), identifierType="DOI")
    yield _list("creators", (_name("creator", creator) for creator in record["creators"]))
    yield _list("titles", (_leaf("title", title["title"]) for title in record["titles"]))
    yield _leaf("publisher", record["publisher"]["name"])
    if "publicationYear" in record:
        yield _leaf("publicationYear", record["publicationYear"])
    types = record["types"]
    yield _leaf("resourceType", types["resourceType"], resourceTypeGeneral=types["resourceTypeGeneral"])
    for name, make in _LISTS.items():
        if name in record:
            yield _list(name, map(make, record[name]))
        if name == "dates":
            yield _leaf("language", record["language"])
        elif name == "formats":
            yield _leaf("version", record["version"])


def _leaf(name: str, content: str, **attributes: str | None) -> Element:
    element = Element(name, {key: value for key, value in attributes.items() if value})
    element.text = content
    return element


def _list(name: str, elements: Iterable[Element]) -> Element:
    parent = Element(name)
    parent.extend(elements)
    return parent


def _name(kind: str, entry: Mapping[str, Any]) -> Element:
    """A creator or contributor."""
    type_ = entry.get("contributorType")
    element = Element(kind, {"contributorType": type_} if type_ else {})
    element.append(_leaf(f"{kind}Name", entry["name"], nameType=entry.get("nameType")))
    element.extend(_leaf(part, entry[part]) for part in ("givenName", "familyName") if entry.get(part))
    for one in entry.get("nameIdentifiers", ()):
        scheme, uri = one["nameIdentifierScheme"], one["schemeUri"]
        element.append(_leaf("nameIdentifier", one["nameIdentifier"], nameIdentifierScheme=scheme, schemeURI=uri))
    for one in entry.get("affiliation", ()):
        attributes = {name: one.get(name) for name in ("affiliationIdentifier", "affiliationIdentifierScheme")}
        element.append(_leaf("affiliation", one["name"], **attributes, schemeURI=one.get("schemeUri")))
    return element


def _alternate(entry: Mapping[str, str]) -> Element:
    kind = entry["alternateIdentifierType"]
    return _leaf("alternateIdentifier", entry["alternateIdentifier"], alternateIdentifierType=kind)


def _related(entry: Mapping[str, str]) -> Element:
    names = ("relatedIdentifierType", "relationType", "resourceTypeGeneral")
    return _leaf("relatedIdentifier", entry["relatedIdentifier"], **{name: entry.get(name) for name in names})


def _rights(entry: Mapping[str, str]) -> Element:
    attributes = {name: entry.get(name) for name in ("rightsIdentifier", "rightsIdentifierScheme")}
    uris = {"rightsURI": entry.get("rightsUri"), "schemeURI": entry.get("schemeUri")}
    return _leaf("rights", entry["rights"], **uris, **attributes)


def _funding(entry: Mapping[str, str]) -> Element:
    element = Element("fundingReference")
    element.append(_leaf("funderName", entry["funderName"]))
    if "funderIdentifier" in entry:
        kind = entry["funderIdentifierType"]
        element.append(_leaf("funderIdentifier", entry["funderIdentifier"], funderIdentifierType=kind))
    if "awardNumber" in entry:
        element.append(_leaf("awardNumber", entry["awardNumber"], awardURI=entry.get("awardUri")))
    if "awardTitle" in entry:
        element.append(_leaf("awardTitle", entry["awardTitle"]))
    return element


_LISTS = {
    "subjects": lambda entry: _leaf("subject", entry["subject"]),
    "contributors": lambda entry: _name("contributor", entry),
    "dates": lambda entry: _leaf(
        "date", entry["date"], dateType=entry["dateType"], dateInformation=entry.get("dateInformation")
    ),
    "alternateIdentifiers": _alternate,
    "relatedIdentifiers": _related,
    "sizes": lambda entry: _leaf("size", entry),
    "formats": lambda entry: _leaf("format", entry),
    "rightsList": _rights,
    "descriptions": lambda entry: _leaf("description", entry["description"], descriptionType=entry["descriptionType"]),
    "fundingReferences": _funding,
}
"""How one entry of each list becomes an element, in the order of the schema."""
