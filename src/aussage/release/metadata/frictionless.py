"""datapackage.json: the tables as a Frictionless Data Package (version 1), in Parquet and, where it ships, in CSV."""

import json
import re
from collections.abc import Iterable
from typing import Any

from aussage.records.sources import Creator
from aussage.release.metadata.facts import MetadataFacts, TableFacts
from aussage.release.metadata.frictionless_fields import CSV, PARQUET, resource_name, table_schema
from aussage.release.metadata.people import licence_address, orcid_address, shown_name
from aussage.release.metadata.rights import rights_in_texts
from aussage.release.metadata.shipped import PARQUET as PARQUET_TYPE

Json = dict[str, Any]
LICENCE_NAME = re.compile(r"[-A-Za-z0-9._]+")
CSV_FOLDER = "csv"
DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def datapackage(facts: MetadataFacts) -> bytes:
    """The corpus as a data package: a resource for each Parquet file, and one for each CSV file among the files.

    Source: Data Package, Data Resource, CSV Dialect and Table Schema, version 1 (Frictionless Data).
    """
    package = {"profile": "data-package", **_about(facts), "resources": list(_resources(facts))}
    return json.dumps(package, ensure_ascii=False, indent=1).encode() + b"\n"


def _about(facts: MetadataFacts) -> Json:
    project = facts.project
    about = {
        "name": project.name,
        "id": f"https://doi.org/{facts.doi}" if facts.doi else None,
        "title": project.title,
        "description": f"{facts.description} {rights_in_texts(facts)}",
        "homepage": project.url,
        "version": project.version,
        "licenses": [_licence(project.licences.annotations)],
        "contributors": [_contributor(creator) for creator in project.creators],
        "keywords": list(project.keywords) or None,
    }
    return {name: value for name, value in about.items() if value is not None}


def _licence(licence: str) -> Json:
    name = licence if LICENCE_NAME.fullmatch(licence) else "other"
    address = licence_address(licence)
    return {"name": name, "title": licence} | ({"path": address} if address else {})


def _contributor(creator: Creator) -> Json:
    contributor = {"title": shown_name(creator), "role": "author"}
    if address := orcid_address(creator) or creator.ror:
        contributor["path"] = address
    if creator.affiliations:
        contributor["organization"] = "; ".join(affiliation.name for affiliation in creator.affiliations)
    return contributor


def _resources(facts: MetadataFacts) -> Iterable[Json]:
    tables = {table.name: table for table in facts.tables}
    shipped = {file.path: file for file in facts.files}
    for table in facts.tables:
        paths = [file.path for file in table.shipped(facts.corpus_path)]
        yield {
            **_resource(table, tables, PARQUET),
            "path": paths if table.parts else paths[0],
            "mediatype": PARQUET_TYPE,
            **({} if table.parts else {"hash": f"sha256:{table.sha256}"}),
        }
    for table in facts.tables:
        if file := shipped.get(f"{CSV_FOLDER}/{table.name}.csv"):
            yield {
                **_resource(table, tables, CSV),
                "path": file.path,
                "mediatype": file.media_type,
                "encoding": "utf-8",
                "dialect": DIALECT,
                "bytes": file.bytes,
                "hash": f"sha256:{file.sha256}",
            }


def _resource(table: TableFacts, tables: dict[str, TableFacts], format_: str) -> Json:
    return {
        "profile": "tabular-data-resource" if format_ == CSV else "data-resource",
        "type": "table",
        "name": resource_name(table.name, format_),
        "title": table.name,
        "description": f"One row is {table.row}.",
        "format": format_,
        "schema": table_schema(table, tables, format_),
    }
