"""Validates an unpacked bundle with the tools of the communities whose formats it carries.

    python tests/outside_tools/validate.py FOLDER       (needs tests/outside_tools/validators.txt)

FOLDER is what the zip of a release holds: a BagIt folder with `data/`. Each tool gets one line with its version and
its result, with what is wrong below it; the exit code is 1 if anything is. With `--no-bag` FOLDER itself holds the
corpus and its metadata, as in a checkout. No tool may reach the network: a connection is an error.
"""

import importlib.metadata
import json
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote

Problems = list[str]
SHOWN = 20  # problems of a tool that are printed


def main(arguments: list[str]) -> int:
    """Run every tool over the folder; 0 if all are content, 1 if one is not, 2 for wrong use."""
    folders = [argument for argument in arguments if not argument.startswith("-")]
    bagged = "--no-bag" not in arguments
    if len(folders) != 1 or set(arguments) - set(folders) - {"--no-bag"}:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(folders[0]).resolve()
    root = folder / "data" if bagged else folder
    failed = False
    with tempfile.TemporaryDirectory() as scratch:
        keep_to_ourselves(Path(scratch))
        failed |= bagged and not passes("bagit", bag, folder)
        for tool, examine in TOOLS:
            failed |= not passes(tool, examine, root)
    return int(failed)


def keep_to_ourselves(scratch: Path) -> None:
    """No network, no telemetry, no caches outside `scratch`; before any of the tools is imported."""
    for name in ("HF_DATASETS_OFFLINE", "HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ[name] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    for name in ("HF_HOME", "HF_DATASETS_CACHE", "CROISSANT_CACHE", "XDG_CACHE_HOME"):
        os.environ[name] = str(scratch / name.lower())

    def refuse(*where: object, **_: object) -> NoReturn:
        raise OSError(f"a tool wants to reach the network: {where[-1]}")

    socket.socket.connect = refuse  # type: ignore[method-assign]
    socket.getaddrinfo = refuse


def passes(tool: str, examine: Callable[[Path], Problems], folder: Path) -> bool:
    """Run one tool, print its line and its problems, and say whether it found none."""
    try:
        version = importlib.metadata.version(tool)
        with warnings_of_loggers() as warned:
            problems = list(dict.fromkeys([*examine(folder), *warned]))
    except Exception as error:  # whatever a tool raises, it could not read what it was given
        version, problems = "", [f"{type(error).__name__}: {error}"]
    print(f"{tool} {version}: {examine.__doc__ or ''} {'FAILED' if problems else 'valid'}")
    for problem in problems[:SHOWN]:
        print(f"    {problem}")
    if len(problems) > SHOWN:
        print(f"    and {len(problems) - SHOWN} more")
    return not problems


@contextmanager
def warnings_of_loggers() -> Iterator[Problems]:
    """What is logged at level warning or above, by whichever tool."""
    warned: Problems = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warned.append(f"{record.levelname}: {record.getMessage()}")

    keeper = Keeper(logging.WARNING)
    logging.getLogger().addHandler(keeper)
    try:
        yield warned
    finally:
        logging.getLogger().removeHandler(keeper)


def tables_of(root: Path) -> dict[str, int]:
    """The rows of each table, as the manifest has them."""
    manifest = json.loads((root / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    return {name: table["rows"] for name, table in manifest["tables"].items()}


def differences(found: dict[str, int], expected: dict[str, int], what: str) -> Problems:
    """Where the numbers of rows are not those that are expected."""
    names = sorted(found.keys() | expected.keys())
    return [
        f"{what} {name}: {found.get(name, 'missing')}, expected {expected.get(name, 'none')}"
        for name in names
        if found.get(name) != expected.get(name)
    ]


def bag(folder: Path) -> Problems:
    """BagIt folder complete, checksums right:"""
    import bagit

    bagit.Bag(str(folder)).validate()
    return []


def croissant(root: Path) -> Problems:
    """croissant.json read without warnings, the records of every record set loaded:"""
    import mlcroissant

    dataset = mlcroissant.Dataset(root / "croissant.json")
    problems = sorted(map(str, dataset.metadata.ctx.issues.errors))
    expected = tables_of(root)
    found: dict[str, int] = {}
    for record_set in dataset.metadata.record_sets:
        names = {field.id for field in record_set.fields}
        records = list(dataset.records(record_set.id))
        found[record_set.id] = len(records)
        if record_set.data is not None:
            expected[record_set.id] = len(record_set.data)
        problems += [f"{record_set.id}: a record lacks {names - set(r)}" for r in records if names - set(r)][:1]
    return problems + differences(found, expected, "records of")


def data_package(root: Path) -> Problems:
    """datapackage.json and every table that it describes, keys and foreign keys too:"""
    import frictionless

    report = frictionless.Package(str(root / "datapackage.json")).validate()
    problems = [error.message for error in report.errors]
    problems += [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]
    problems += [f"{task.name}: {warning}" for task in report.tasks for warning in task.warnings]
    rows = tables_of(root)
    expected = rows | {f"{name}-csv": number for name, number in rows.items() if (root / "csv").is_dir()}
    return problems + differences(
        {task.name: task.stats.get("rows") or 0 for task in report.tasks}, expected, "rows of"
    )


def crate(root: Path) -> Problems:
    """ro-crate-metadata.json read back, every file an entity with its size:"""
    from rocrate.rocrate import ROCrate

    crate = ROCrate(str(root))
    entities = {unquote(entity.id): entity for entity in crate.get_by_type("File", exact=False)}
    parts = {unquote(part.id) for part in crate.root_dataset["hasPart"]}
    present = {path.relative_to(root).as_posix(): path.stat().st_size for path in files_below(root)}
    present.pop("ro-crate-metadata.json")
    problems = [f"{name} is no part of the crate" for name in sorted(present.keys() - parts)]
    sizes = {name: int(entity["contentSize"]) for name, entity in entities.items()}
    return problems + differences(sizes, present, "bytes of")


def files_below(root: Path) -> Iterable[Path]:
    """All files, in the order of their paths."""
    return sorted(path for path in root.rglob("*") if path.is_file())


def load_datasets(root: Path) -> Problems:
    """README.md makes load_dataset find every table that has rows:"""
    import datasets

    datasets.disable_progress_bars()
    expected = {name: rows for name, rows in tables_of(root).items() if rows}
    found: dict[str, int] = {}
    if not expected:  # it reads no table without rows, and so nothing of an empty corpus
        return []
    for name in datasets.get_dataset_config_names(str(root)):
        loaded = datasets.load_dataset(str(root), name)
        found[name] = sum(len(split) for split in loaded.values())
    return differences(found, expected, "rows of")


def three_lines(root: Path) -> Problems:
    """the lines of README.md load the data:"""
    import contextlib
    import io

    text = (root / "README.md").read_text(encoding="utf-8")
    code = text.partition("```python\n")[2].partition("```")[0]
    known: dict[str, Any] = {}
    with contextlib.chdir(root), contextlib.redirect_stdout(io.StringIO()):
        exec(code, known)
    return differences({"claims": len(known["claims"])}, {"claims": tables_of(root)["claims"]}, "rows of")


def datacite(root: Path) -> Problems:
    """datacite.json and datacite.xml fit their schemas and say the same:"""
    import datacite_files

    return [
        *datacite_files.datacite_json(root),
        *datacite_files.datacite_xml(root),
        *datacite_files.same_as_json(root),
    ]


def provenance(root: Path) -> Problems:
    """prov.json read and written again:"""
    import datacite_files

    return datacite_files.provenance(root)


TOOLS: tuple[tuple[str, Callable[[Path], Problems]], ...] = (
    ("pandas", three_lines),
    ("mlcroissant", croissant),
    ("frictionless", data_package),
    ("rocrate", crate),
    ("datasets", load_datasets),
    ("datacite", datacite),
    ("prov", provenance),
)

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
