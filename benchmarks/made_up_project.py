"""Writes a project of made-up articles as JSON Lines: one coder, about two claims a sentence, any number of shards."""

from __future__ import annotations

import argparse
import gzip
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
from made_up_articles import SENTENCES, Author, Written, made_up_document
from made_up_registry import CODERS, Named, made_up_registry

from aussage.codebook import Codebook, load_codebook
from aussage.diagnostics import Diagnostics
from aussage.records.annotation import Annotation, Claim
from aussage.records.fields import Quotation
from aussage.records.sources import FrozenSentence
from aussage.source import Project

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = 400  # articles that are written; the others are these under other ids and with other numbers
ID, NUMBER = "d00000000", "000000000"
PROJECT = """[corpus]
name = "made-up"
title = "Made-up articles"
version = "1.0.0"
languages = ["de"]
licences = {{ code = "MIT", annotations = "CC0-1.0", texts = "CC0-1.0" }}
creators = [{{ name = "A random generator", kind = "organisation" }}]
description = "{sentences} sentences, made up to be measured."
"""


class TwoVoices(Author):
    """Writes sentences that hold two claims or more."""

    def sentences(self) -> list[Written]:
        """One sentence, put together from two that hold a claim each."""
        kinds = (self.plain, self.said, self.quoted, self.split, self.double)
        while True:
            one, other = (self.chance.choices(kinds, (40, 22, 16, 12, 10))[0]()[0] for _ in range(2))
            text, claims = f"{one.text[:-1]}; {other.text}", one.claims + other.claims
            if all(text.count(words) == 1 for claim in claims for words in _words(claim)):
                return [Written(text, claims, one.actors + other.actors, one.locations + other.locations)]


def _words(claim: dict) -> list[str]:
    """The words of a claim that must stand in its sentence only once."""
    content = claim["content"]
    pieces = content if isinstance(content, list) else [content]
    return [*pieces, *claim.get("figures", []), *([claim["condition"]] if "condition" in claim else [])]


def made_up_project(folder: Path, sentences: int, shards: int = 4, seed: int = 0, ending: str = ".jsonl") -> int:
    """Write a project with about so many sentences into a new folder; gives the number of documents."""
    chance = random.Random(seed)
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "schema", folder / "schema")
    (folder / "aussage.toml").write_text(PROJECT.format(sentences=sentences), encoding="utf-8")
    codebook = load_codebook(Project(folder), Diagnostics())
    assert codebook is not None
    registry = made_up_registry(chance)
    for table in ("actors", "locations", "coders"):
        path = folder / "dataset" / "registry" / f"{table}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = getattr(registry, table).values()
        path.write_bytes(b"".join(msgspec.json.encode(entry.record) + b"\n" for entry in entries))
    documents = max(sentences // SENTENCES, 1)
    templates = list(_templates(chance, codebook, registry))
    with ExitStack() as stack:
        files = [
            tuple(stack.enter_context(_opened(folder / place / f"shard-{n:03}{ending}")) for place in PLACES)
            for n in range(shards)
        ]
        for number in range(documents):
            for file, line in zip(files[number * shards // documents], templates[number % TEMPLATES], strict=True):
                named = line.replace(ID.encode(), f"d{number:08}".encode())
                file.write(named.replace(NUMBER.encode(), f"{number:09}".encode()) + b"\n")
    return documents


PLACES = ("seeds", "dataset/annotations")


def _opened(path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        return gzip.open(path, "wb", compresslevel=1)
    if path.suffix == ".zst":
        import pyarrow as pa

        return pa.output_stream(str(path), compression="zstd")
    return path.open("wb")


def _templates(chance: random.Random, codebook: Codebook, registry) -> Iterator[tuple[bytes, bytes]]:
    """The lines of documents: the record with its text, and the annotation of one coder."""
    actors = [Named(id_, entry.record.label["de"]) for id_, entry in registry.actors.items()]
    locations = [Named(id_, entry.record.label["de"]) for id_, entry in registry.locations.items()]
    author = TwoVoices(chance, codebook, chance.sample(actors, len(actors)), chance.sample(locations, len(locations)))
    for _ in range(TEMPLATES):
        given, layers, _ = made_up_document(author, ID, int(NUMBER))
        article = given.article
        frozen = [FrozenSentence(id=id_, start=span.start, end=span.end) for id_, span in article.sentences.items()]
        record = msgspec.structs.replace(given.record, text=article.text, sentences=frozen)
        annotation: Annotation = layers.coders[CODERS[0]].record
        for sentence in annotation.sentences:
            sentence.claims = [_of_one_shape(claim) for claim in sentence.claims]
        yield msgspec.json.encode(record), msgspec.json.encode(annotation)


def _of_one_shape(claim: Claim) -> Claim:
    """The claim with the same type of JSON in a field of every claim, because pyarrow reads no other JSON."""
    content, claimant = claim.content, claim.claimant
    quotations = {
        name: Quotation(text=words) if isinstance(words := getattr(claim, name), str) else words
        for name in ("source", "cue", "condition")
    }
    return msgspec.structs.replace(
        claim,
        content=content if isinstance(content, list) else [content],
        claimant=claimant if isinstance(claimant, list) or claimant is None else [claimant],
        **quotations,
    )


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ending", choices=(".jsonl", ".jsonl.gz", ".jsonl.zst"), default=".jsonl")
    given = parser.parse_args(arguments)
    documents = made_up_project(given.folder, given.sentences, given.shards, given.seed, given.ending)
    sys.stdout.write(f"{documents:,} documents in {given.folder}\n")


if __name__ == "__main__":
    main()
