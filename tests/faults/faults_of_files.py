"""Faults of the files: the manifest, missing, foreign, damaged and exchanged files, digests and counts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from faults.draft import read_draft, write_draft
from faults.fault import FILES, Register
from faults.parquet import flip, manifest_of, middle_of_a_page, read, renew, rewrite, write_manifest

register = Register(acts_on=FILES)
CLAIMS, CODEBOOK, MANIFEST = "claims.parquet", "codebook.json", "manifest.json"
Damage = Callable[[bytes], bytes]


def _damaged(code: str, what: str, file: str, rules: str, damage: Damage, *, is_vouched: bool = False) -> None:
    """Change the bytes of a file; if `is_vouched`, the manifest is made to fit them."""
    if is_vouched:
        code, what = f"{code}-vouched", f"{what}, and the manifest vouches for it"

    @register.fault(code, what, file.removesuffix(".parquet"), "", rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        path = folder / file
        path.write_bytes(damage(path.read_bytes()))
        if is_vouched:
            renew(folder)
        return [file]


for _code, _what, _damage in (
    ("manifest-empty", "The manifest is empty", lambda data: b""),
    ("manifest-no-json", "The manifest is no JSON", lambda data: b"PAR1 " + data),
    ("manifest-cut-off", "The manifest is cut off", lambda data: data[: len(data) // 2]),
    ("manifest-list", "The manifest is a list", lambda data: b"[" + data + b"]"),
    ("manifest-deep", "The manifest is nested 100,000 deep", lambda data: b"[" * 100_000),
    ("manifest-no-utf8", "The manifest is not UTF-8", lambda data: data.replace(b'"name"', b'"n\xffme"', 1)),
):
    _damaged(_code, _what, MANIFEST, "manifest-broken", _damage)

_MANIFEST: dict[str, tuple[str, str, Callable[[dict[str, Any]], Any]]] = {
    "manifest-without-hash": ("The manifest has no content hash", "manifest-broken",
                              lambda record: record.pop("content_hash")),
    "manifest-without-table": ("The manifest lacks a table", "manifest-broken",
                               lambda record: record["tables"].pop("flat")),
    "manifest-with-more-tables": ("The manifest has a table that there is not", "manifest-broken",
                                  lambda record: record["tables"].update(rumours=record["tables"]["flat"])),
    "manifest-of-elsewhere": ("The manifest names a file outside the folder", "manifest-broken",
                              lambda record: record["files"].update({"../x": {"bytes": 1, "sha256": ""}})),
    "manifest-negative-text": ("The manifest gives a number as text", "manifest-broken",
                               lambda record: record["tables"]["claims"].update(bytes="many")),
    "manifest-without-codebook": ("The manifest does not name the codebook", "manifest-broken",
                                  lambda record: record["files"].pop(CODEBOOK)),
    "manifest-of-the-future": ("The manifest is of a later format", "manifest-format",
                               lambda record: record.update(format_version=99)),
    "manifest-of-another-program": ("The manifest is another program's", "manifest-format",
                                    lambda record: record.update(format="another")),
}  # fmt: skip


def _in_manifest(
    code: str, what: str, rules: str, change: Callable[[dict[str, Any]], Any], table: str, id_: str
) -> None:
    @register.fault(code, what, table, "", rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        record = manifest_of(folder)
        change(record)
        write_manifest(folder, record)
        return [id_]


for _code, (_what, _rules, _change) in _MANIFEST.items():
    _in_manifest(_code, _what, _rules, _change, "manifest.json", MANIFEST)
_in_manifest("hash-of-other-rows", "The manifest gives the content hash of other rows", "content-hash",
             lambda record: record.update(content_hash="0" * 64), "manifest.json", MANIFEST)  # fmt: skip
_in_manifest("rows-one-more", "The manifest gives one row more", "row-count",
             lambda record: record["tables"]["claims"].update(rows=record["tables"]["claims"]["rows"] + 1),
             "claims", CLAIMS)  # fmt: skip
_in_manifest("rows-without-end", "The manifest gives more rows than any file can hold", "row-count",
             lambda record: record["tables"]["claims"].update(rows=10**15), "claims", CLAIMS)  # fmt: skip
_in_manifest("rows-negative", "The manifest gives fewer than no rows", "row-count",
             lambda record: record["tables"]["claims"].update(rows=-1), "claims", CLAIMS)  # fmt: skip
_in_manifest("digest-of-another-file", "The manifest gives another SHA-256", "file-changed",
             lambda record: record["tables"]["claims"].update(sha256="0" * 64), "claims", CLAIMS)  # fmt: skip
_in_manifest("bytes-of-another-file", "The manifest gives one byte less", "file-changed",
             lambda record: record["files"][CODEBOOK].update(bytes=record["files"][CODEBOOK]["bytes"] - 1),
             "codebook.json", CODEBOOK)  # fmt: skip
_in_manifest("codebook-of-another-version", "The manifest names another version of the codebook", "codebook-manifest",
             lambda record: record["codebook"].update(version="99.0.0"), "codebook.json", CODEBOOK)  # fmt: skip
_in_manifest("codebook-of-another-name", "The manifest names another codebook", "codebook-manifest",
             lambda record: record["codebook"].update(name="another"), "codebook.json", CODEBOOK)  # fmt: skip


@register.fault("manifest-lost", "There is no manifest", "manifest.json", "", "manifest-missing", needs="nothing")
def manifest_lost(folder: Path) -> list[str]:
    (folder / MANIFEST).unlink()
    return [MANIFEST]


@register.fault(
    "manifest-of-another-corpus", "The manifest is that of another corpus", "manifest.json", "", "file-changed",
    needs="nothing",
)  # fmt: skip
def manifest_of_another_corpus(folder: Path) -> list[str]:
    draft = read_draft(folder)
    draft.about |= {"version": "99.0.0"}
    other = write_draft(draft, folder.parent / f"{folder.name}-other")
    (folder / MANIFEST).write_bytes((other / MANIFEST).read_bytes())
    return sorted(path.name for path in folder.glob("*.parquet"))


for _code, _what, _damage in (
    ("bit-flipped-in-the-middle", "One bit in the middle of a file is flipped", flip(0.5)),
    ("bit-flipped-at-the-start", "One bit of the magic number is flipped", flip(0.0)),
    ("bit-flipped-in-the-footer", "One bit in the footer of a file is flipped", flip(0.98)),
    ("file-cut-off", "A file is cut off", lambda data: data[:-20]),
    ("file-empty", "A file is empty", lambda data: b""),
    ("file-grown", "A file has a byte more", lambda data: data + b"\0"),
    ("file-of-text", "A text bears the name of a table", lambda data: b"claim_id,document_id\n" * 100),
    ("file-with-wrong-magic", "A file does not begin and end with PAR1",
     lambda data: b"PARE" + data[4:-4] + b"PARE"),
    ("file-of-zeros", "A file has the right size and only zeros", lambda data: bytes(len(data))),
):  # fmt: skip
    _damaged(_code, _what, CLAIMS, "file-changed", _damage)
    if _code not in {"bit-flipped-in-the-middle", "bit-flipped-in-the-footer", "bit-flipped-at-the-start"}:
        _damaged(_code, _what, CLAIMS, "file-unreadable", _damage, is_vouched=True)
_damaged("codebook-changed", "The codebook has another letter", CODEBOOK, "file-changed",
         lambda data: data.replace(b"e", b"a", 1))  # fmt: skip
for _code, _what, _damage in (
    ("codebook-empty", "The codebook is empty", lambda data: b""),
    ("codebook-no-json", "The codebook is no JSON", lambda data: data[:-2]),
    ("codebook-without-variables", "The codebook has no variables",
     lambda data: json.dumps(json.loads(data) | {"variables": []}).encode()),
    ("codebook-deep", "The codebook is nested 100,000 deep", lambda data: b'{"a":' * 100_000),
):  # fmt: skip
    _damaged(_code, _what, CODEBOOK, "codebook-broken", _damage, is_vouched=True)


@register.fault(
    "page-damaged", "One bit of a page is flipped, and the manifest vouches for it", "sentences", "text",
    "file-unreadable", needs="a table with rows",
)  # fmt: skip
def page_damaged(folder: Path) -> list[str]:
    path = folder / "sentences.parquet"
    data = bytearray(path.read_bytes())
    data[middle_of_a_page(path, "text")] ^= 1
    path.write_bytes(bytes(data))
    renew(folder)
    return [path.name]


def _replaced(code: str, what: str, rules: str, put: Callable[[Path], Any], file: str = CLAIMS) -> None:
    @register.fault(code, what, file.removesuffix(".parquet"), "", rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        path = folder / file
        kept = path.rename(folder.parent / f"{folder.name}-{file}")
        put(path)
        del kept
        return [file]


_replaced("file-lost", "A file is gone", "file-missing", lambda path: None)
_replaced("codebook-lost", "The codebook is gone", "file-missing", lambda path: None, CODEBOOK)
_replaced("folder-for-a-file", "A folder bears the name of a file", "file-missing", lambda path: path.mkdir())
_replaced("pipe-for-a-file", "A pipe bears the name of a file", "file-missing", lambda path: os.mkfifo(path))
_replaced("link-for-a-file", "A file is a link to itself outside the folder", "file-missing",
          lambda path: path.symlink_to(path.parent.parent / f"{path.parent.name}-{path.name}"))  # fmt: skip
_replaced("link-to-nothing", "A file is a link to nothing", "file-missing",
          lambda path: path.symlink_to(path.parent / "nothing"))  # fmt: skip


def _foreign(code: str, what: str, name: str, put: Callable[[Path], Any]) -> None:
    @register.fault(code, what, "", "", "file-foreign", needs="nothing")
    def spoil(folder: Path) -> list[str]:
        put(folder / name)
        return [name]


_foreign("text-beside", "A text stands beside the tables", "notes.txt", lambda path: path.write_text("mine"))
_foreign("table-beside", "A thirteenth table stands beside the others", "rumours.parquet",
         lambda path: pq.write_table(pa.table({"rumour": ["x"]}), path))  # fmt: skip
_foreign("hidden-file", "A hidden file stands beside the tables", ".hidden", lambda path: path.write_text("mine"))
_foreign("folder-beside", "A folder stands beside the tables", "more", lambda path: path.mkdir())


@register.fault("tables-exchanged", "Two tables have each other's names", "claims", "", "file-changed", needs="nothing")
def tables_exchanged(folder: Path) -> list[str]:
    one, other = folder / CLAIMS, folder / "mentions.parquet"
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)
    return [CLAIMS, other.name]


@register.fault(
    "cell-changed-in-the-file", "A cell is changed in the file, whose digest is renewed", "coders", "name",
    "content-hash", needs="a coder",
)  # fmt: skip
def cell_changed_in_the_file(folder: Path) -> list[str]:
    table = read(folder, "coders")
    names = pa.array(["Somebody else"] * len(table))
    rewrite(folder, "coders", table.set_column(2, table.schema.field("name"), names))
    return [MANIFEST]


@register.fault(
    "row-taken-from-the-file", "The last row of a file is gone, and its digest is renewed", "mentions", "",
    "row-count", needs="a mention",
)  # fmt: skip
def row_taken_from_the_file(folder: Path) -> list[str]:
    table = read(folder, "mentions")
    rewrite(folder, "mentions", table.slice(0, len(table) - 1), counts=False)
    return ["mentions.parquet"]
