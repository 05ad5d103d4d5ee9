"""Bundles of the made-up project, good and bad ones, and a server on a socket."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deposit_server import Server
from packed_neudorf import seal, without_texts

from aussage.release.packing import write_bag, write_zip

METADATA: dict[str, Any] = {
    "upload_type": "dataset",
    "title": "Neudorf: the bridge",
    "version": "0.1.0",
    "description": "<p>Who says what on the bridge.</p>",
    "creators": [{"name": "The Neudorf project"}],
    "license": "cc-by-4.0",
}


def with_rights(corpus: Path, folder: Path, status: str, embargo: str | None = None) -> Path:
    """The corpus with the same rights in all documents."""
    shutil.copytree(corpus, folder)
    rows = pq.read_table(folder / "documents.parquet")
    about = pq.read_metadata(folder / "documents.parquet").metadata
    about.pop(b"ARROW:schema", None)
    for name, value in (("rights_status", status), ("rights_embargo", embargo)):
        place = rows.schema.get_field_index(name)
        kind = rows.schema.field(place).type
        column = pa.array([value] * len(rows), pa.string())
        column = column.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else column.cast(kind)
        rows = rows.set_column(place, rows.schema.field(place), column)
    pq.write_table(rows.replace_schema_metadata(about), folder / "documents.parquet")
    seal(folder)
    return folder


def bundle(corpus: Path, folder: Path, metadata: Any = METADATA, edition: str = "text-free", drop: str = "") -> Path:
    """A bundle's zip of a corpus folder."""
    name = f"neudorf-0.1.0-{edition}"
    data = folder / "bag" / name / "data"
    data.mkdir(parents=True)
    shutil.copytree(corpus, data / "corpus")
    files = {"README.md": "# Neudorf\n", "CITATION.cff": "cff-version: 1.2.0\n", ".zenodo.json": json.dumps(metadata)}
    for file, text in files.items():
        if file != drop:
            (data / file).write_text(text, encoding="utf-8")
    write_bag(data.parent, {"External-Identifier": name})
    write_zip(data.parent.parent, folder / f"{name}.zip")
    return folder / f"{name}.zip"


def text_free(corpus: Path, folder: Path, **other: Any) -> Path:
    """A bundle of the text-free edition."""
    return bundle(without_texts(corpus, folder / "text-free"), folder, **other)


@contextmanager
def served(server: Server | None = None) -> Iterator[Server]:
    """The server on a socket of this computer."""
    server = server or Server("")
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with lock:
                answer = server.handle(self.command, server.base + self.path, headers, body)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.bytes)))
            self.end_headers()
            self.wfile.write(answer.bytes)

        do_GET = do_POST = do_PUT = do_DELETE = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.base = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
