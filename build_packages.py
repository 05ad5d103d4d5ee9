"""Builds Aussage's own wheel and sdist for publication: without the texts of documents whose rights are not cleared.

`pip install .` from a clone carries the corpus as the clone has it; what is passed on to others is made here, in a
copy of the repository in which the corpus has its text-free edition, and every byte of it is read by the gate.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from aussage.generate import readme_file
from aussage.release.editions.masked import make_masked
from aussage.release.editions.text_free import make_text_free
from aussage.release.gate import WithheldText, judge, withheld_texts

ROOT = Path(__file__).resolve().parent
CORPUS = Path("dataset") / "corpus"
SHIPPED = (
    "src", "schema", "validation", "pyproject.toml", "hatch_build.py", "aussage.toml", "README.md", "CHANGELOG.md",
    "LICENSE", "LICENSE-DATA.md", "CITATION.cff",
)  # fmt: skip
"""What the sdist is made of, beside the corpus: seeds, annotations, notebooks and their tests quote the article."""
BUILT_AT = "1577836800"  # the time that all files in the packages bear: 2020-01-01


def is_cleared(corpus: Path) -> bool:
    """Whether the texts of all documents may be passed on: their rights are cleared, and they are under no embargo."""
    return not withheld_texts(corpus, every=False)


def stage(target: Path, corpus: Path, shown: Path) -> None:
    """Copy what ships into `target`, with `corpus` as its corpus; the example in the README is a row of `shown`."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--", *SHIPPED], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    for name in filter(None, names):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target / name)
    shutil.copytree(corpus, target / CORPUS)
    for path, data in readme_file(target, shown).items():
        path.write_bytes(data)


def build(staged: Path, out: Path) -> list[Path]:
    """Build wheel and sdist of what was staged."""
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": BUILT_AT}
    subprocess.run(command, cwd=staged, env=environment, check=True, stdout=subprocess.DEVNULL)
    return sorted(path for path in out.iterdir() if path.suffix in {".whl", ".gz"})


def main() -> int:
    """Build both packages into the folder that is named; 1 if withheld text is in them."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=ROOT / "dist")
    out: Path = arguments.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    full = ROOT / CORPUS
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        corpus = shown = full
        if not is_cleared(full):
            corpus, shown = work / "text-free", work / "masked"
            make_text_free(full, corpus)
            make_masked(full, shown)
        (work / "packages").mkdir()
        stage(work / "staged", corpus, shown)
        packages = build(work / "staged", work / "packages")
        findings = () if corpus is full else judge(packages, WithheldText(withheld_texts(full))).findings
        for finding in findings:
            sys.stderr.write(f"{finding.message}\n")
        for path in [] if findings else packages:
            shutil.move(path, out / path.name)
            sys.stdout.write(f"wrote {path.name}: {'with' if corpus is full else 'without'} texts\n")
    return bool(findings)


if __name__ == "__main__":
    sys.exit(main())
