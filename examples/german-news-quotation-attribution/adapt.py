"""The German news quotation attribution corpus becomes an Aussage project: `python adapt.py DOWNLOADED NEW_PROJECT`."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from wikinews_counts import Built, Counted, Line, compare, read_built
from wikinews_format import Finding, SourceDocument, corpus_files
from wikinews_project import CODER, NOBODY, REPOSITORY, Converted, convert, document_id
from wikinews_reading import read_document
from wikinews_text import has_words

HERE = Path(__file__).resolve().parent
SHIPPED = HERE.parents[1] / "schema" / "codebook.yaml"
SET_ASIDE = "set-aside.jsonl"
Record = dict[str, Any]


@dataclass(slots=True)
class Adapted:
    """What was made of the files: what was given, what was set aside, and numbers for the report."""

    given: list[Counted] = field(default_factory=list)
    set_aside: list[Counted] = field(default_factory=list)
    aside_records: list[Record] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)


def main(arguments: list[str] | None = None) -> int:
    """Adapt, build, check, count. Exit code 0: nothing was lost; 1: a finding or a difference; 2: wrong use."""
    options = _options(arguments)
    if problem := _misuse(options):
        print(f"adapt.py: {problem}", file=sys.stderr)
        return 2
    files = corpus_files(options.downloaded)[: options.limit]
    documents, findings = _read(files)
    if findings or not documents:
        return _refuse(findings, files, options.json)
    beside = options.project.with_name(f".{options.project.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        adapted = write_project(documents, dict(files), beside, options.codebook)
        if options.project.exists():
            options.project.rmdir()
        beside.rename(options.project)
    except OSError as error:
        print(f"adapt.py: cannot write {options.project}: {error.strerror or error}", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    steps = {name: _aussage(name, options.project) for name in ("build", "check")}
    corpus = options.project / "dataset" / "corpus"
    built = read_built(corpus) if not steps["build"].returncode else Built(())
    lines = compare(adapted.given, built, adapted.set_aside)
    return _report(options, lines, adapted, built, steps)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="adapt.py", description=__doc__)
    parser.add_argument("downloaded", type=Path, help="the folder that was fetched, or its data/ or a part of that")
    parser.add_argument("project", type=Path, help="the project to make; it must not be there yet, or be empty")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N files, in the order of their names")
    parser.add_argument("--codebook", type=Path, default=SHIPPED, help="the codebook to start from [shipped one]")
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    return parser.parse_args(arguments)


def _misuse(options: argparse.Namespace) -> str:
    """What is wrong with the call; nothing if all is well."""
    project: Path = options.project
    if not options.downloaded.is_dir():
        return f"there is no folder {options.downloaded}; fetch {REPOSITORY} first"
    if project.exists() and (not project.is_dir() or any(project.iterdir())):
        return f"{project} is there already; name a new folder"
    if project.resolve().is_relative_to(options.downloaded.resolve()):
        return f"{project} lies in the downloaded folder; name one outside of it"
    if options.limit is not None and options.limit < 1:
        return "--limit is at least 1"
    if not options.codebook.is_file():
        return f"there is no codebook {options.codebook}; name one with --codebook"
    return "" if corpus_files(options.downloaded) else f"no file *.json in {options.downloaded}"


def _read(files: list[tuple[str, Path]]) -> tuple[list[SourceDocument], list[Finding]]:
    documents, findings = [], []
    for name, path in files:
        document, found = read_document(name, path)
        findings += found
        if document is not None:
            documents.append(document)
    return documents, findings


def _refuse(findings: list[Finding], files: list[tuple[str, Path]], as_json: bool) -> int:
    n_files = len({finding.file for finding in findings})
    if as_json:
        print(json.dumps({"findings": [asdict(finding) for finding in findings], "agrees": False}, indent=1))
    for finding in findings if not as_json else ():
        print(finding, file=sys.stderr)
    print(f"{len(findings)} findings in {n_files} of {len(files)} files; nothing was written", file=sys.stderr)
    return 1


def write_project(documents: list[SourceDocument], paths: dict[str, Path], project: Path, codebook: Path) -> Adapted:
    """Write the project's files; gives what was read, for counting.

    Documents without words, and quotes without words, cannot be compiled: they are kept in `set-aside.jsonl`.
    """
    for folder in ("schema", "seeds", "dataset/annotations", "dataset/registry"):
        (project / folder).mkdir(parents=True)
    text, version = derived_codebook(codebook)
    (project / "schema" / "codebook.yaml").write_text(text, encoding="utf-8", newline="\n")
    shutil.copyfile(HERE / "aussage.toml", project / "aussage.toml")
    adapted, taken = Adapted(), set[str]()
    seeds, annotations = project / "seeds" / "wikinews.jsonl", project / "dataset" / "annotations" / "wikinews.jsonl"
    registry = project / "dataset" / "registry"
    with (
        seeds.open("w", encoding="utf-8", newline="\n") as seeds_file,
        annotations.open("w", encoding="utf-8", newline="\n") as annotations_file,
        (registry / "actors.jsonl").open("w", encoding="utf-8", newline="\n") as actors_file,
    ):
        actors_file.write(_line(_nobody()))
        for given in documents:
            adapted.numbers.update({"tokens (the article is there, its division into tokens is not)": given.n_tokens})
            adapted.numbers[f"documents whose offsets count {given.unit}"] += 1
            adapted.numbers["roles whose words are not those of their spans (kept in notes)"] += given.n_words_differ
            if not has_words(given.text):
                _set_document_aside(given, paths[given.file], adapted)
                continue
            made = convert(given, document_id(given.name, taken), version)
            _count(given, made, paths[given.file], adapted)
            seeds_file.write(_line(made.document))
            annotations_file.write(_line(made.annotation))
            actors_file.writelines(_line(actor) for actor in made.actors)
    (registry / "coders.jsonl").write_text(_line(_coder()), encoding="utf-8")
    (registry / "locations.yaml").write_text("# The corpus has no places.\nlocations: []\n", encoding="utf-8")
    if adapted.aside_records:
        text = "".join(_line(record) for record in adapted.aside_records)
        (project / SET_ASIDE).write_text(text, encoding="utf-8")
    return adapted


def _set_document_aside(given: SourceDocument, path: Path, adapted: Adapted) -> None:
    counted = Counted(given.file, given.text, len(given.sentences or ()), given.quotes)
    adapted.given.append(counted)
    adapted.set_aside.append(counted)
    whole = json.loads(path.read_text(encoding="utf-8-sig"))
    adapted.aside_records.append({"file": given.file, "reason": "the article has no words", "given": whole})


def _count(given: SourceDocument, made: Converted, path: Path, adapted: Adapted) -> None:
    """Count a document that was converted; its quotes without words are set aside."""
    aside = [given.quotes[position] for position in made.set_aside]
    n_given = len(given.sentences) if given.sentences is not None else len(made.sentences.spans)
    adapted.given.append(Counted(given.file, given.text, n_given, given.quotes, made.over_several))
    if aside:
        adapted.numbers["quotes set aside because they mark no words"] += len(aside)
        adapted.set_aside.append(Counted(given.file, "", 0, tuple(aside), is_part=True))
        whole = json.loads(path.read_text(encoding="utf-8-sig"))["annotations"]
        adapted.aside_records += [
            {"file": given.file, "reason": "the quote marks no words", "position": n, "given": whole[n]}
            for n in made.set_aside
        ]
    sentences = made.sentences
    adapted.numbers.update(made.counts)
    adapted.numbers.update(
        {
            "documents whose text was changed to fit (changes in notes)": made.n_changes > 0,
            "documents without given sentences, split by Aussage": not sentences.is_given,
            "given sentences without words": sentences.n_empty,
            "given sentences cut where they overlap": sentences.n_cut,
            "sentences added for words that stand in none": sentences.n_added * sentences.is_given,
            "documents whose date the name does not say": made.document["date"]["status"] == "unknown",
        }
    )


def _nobody() -> Record:
    note = "Not one speaker but the lack of one: claimant of every quote for which the corpus marks no speaker."
    label = {"de": "kein Sprecher ausgezeichnet", "en": "no speaker marked"}
    return {"id": NOBODY, "type": "not-identified", "label": label, "note": note}


def _coder() -> Record:
    return {
        "id": CODER,
        "kind": "person",
        "name": "The annotators of the corpus of Petersen-Frey and Biemann (2024)",
        "saw": ["the article", "the annotation guideline of that corpus, not the codebook of this project"],
        "note": "Their curated annotation, converted by adapt.py; who they were is not in the files.",
    }


def _line(record: Record) -> str:
    """A record as a line of JSON; escaped where an escape and the sign behind it look like a decomposed letter."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    if not unicodedata.is_normalized("NFC", line):
        line = json.dumps(record, ensure_ascii=True, separators=(",", ":"))
    return line + "\n"


@cache
def derived_codebook(shipped: Path) -> tuple[str, str]:
    """The shipped codebook with the values that the corpus needs, without rulings and issues; and its version."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt", pure=True)
    yaml.width, yaml.preserve_quotes = 120, True
    book = yaml.load(shipped.read_text(encoding="utf-8"))
    changes = yaml.load((HERE / "codebook-changes.yaml").read_text(encoding="utf-8"))
    for variable in book["variables"]:
        variable.get("values", []).extend(changes["values"].get(variable["name"], []))
    for key in ("name", "title", "version", "note"):
        book[key] = changes[key]
    book["rulings"], book["issues"] = [], []
    stream = io.StringIO()
    yaml.dump(book, stream)
    return stream.getvalue(), str(changes["version"])


def _aussage(command: str, project: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "aussage", command, str(project), "--json"]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False)


def _report(
    options: argparse.Namespace,
    lines: list[Line],
    adapted: Adapted,
    built: Built,
    steps: dict[str, subprocess.CompletedProcess[str]],
) -> int:
    failed = [name for name, step in steps.items() if step.returncode]
    agrees = all(line.agrees for line in lines) and not failed
    numbers = {name: number for name, number in sorted((adapted.numbers | built.more).items()) if number}
    if options.json:
        counts = [asdict(line) | {"agrees": line.agrees} for line in lines]
        exits = {name: step.returncode for name, step in steps.items()}
        print(json.dumps({"counts": counts, "limits": numbers, "exit_codes": exits, "agrees": agrees}, indent=1))
    else:
        _print(lines, numbers, bool(adapted.set_aside))
    for name in failed:
        print(f"aussage {name} {options.project} failed:\n{_tail(steps[name])}", file=sys.stderr)
    print("nothing was lost" if agrees else "NOT EVERYTHING CAME THROUGH", file=sys.stderr)
    return 0 if agrees else 1


def _tail(step: subprocess.CompletedProcess[str]) -> str:
    return (step.stderr or step.stdout)[-4000:]


def _print(lines: list[Line], numbers: dict[str, int], has_aside: bool) -> None:
    width = max(map(len, [*(line.name for line in lines), *numbers]))
    print(f"{'':{width}}  {'in the files':>12}  {'in the Parquet':>14}  {'set aside':>9}")
    for line in lines:
        mark = "" if line.agrees else "  DIFFERS"
        print(f"{line.name:{width}}  {line.given:>12,}  {line.built:>14,}  {line.set_aside:>9,}{mark}")
    print("\nWhat the corpus does not say, and what was done:" + (f" (set aside: {SET_ASIDE})" if has_aside else ""))
    for name, number in numbers.items():
        print(f"{name:{width}}  {number:>12,}")


if __name__ == "__main__":
    sys.exit(main())
