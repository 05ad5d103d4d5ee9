"""Folders that a user names: a bundle's is proved as a bag first, a project's or a corpus's is read as it is."""

from __future__ import annotations

from pathlib import Path

from aussage.corpus.loading import MANIFEST, corpus_folder
from aussage.release.opening.proof import corpus_problems
from aussage.release.opening.refusal import Refused
from aussage.release.packing.bag import verify_bag
from aussage.release.packing.bag_problems import DECLARATION

INSIDE = Path("data") / "corpus"


def bag_around(folder: Path) -> Path | None:
    """The bundle folder (a bag) that is meant: `folder` itself, or the one whose `data` or `data/corpus` it is."""
    whole = folder.absolute()
    for place, inside in ((whole, ""), (whole.parent, "data"), (whole.parent.parent, INSIDE.as_posix())):
        if (place / DECLARATION).is_file() and (place / inside) == whole:
            return place
    return None


def folder_of_corpus(folder: Path) -> Path:
    """The corpus folder in a folder: a bundle's, after all of the bundle was proved; else a project's, or itself.

    Raises:
        Refused: the bundle is not whole; all that is wrong with it is told at once.
        CorpusError: there is no corpus.
    """
    bag = bag_around(folder)
    if bag is None:
        return corpus_folder(folder)
    corpus = bag / INSIDE
    problems = verify_bag(bag)
    if not (corpus / MANIFEST).is_file():
        problems.append(f"it holds no corpus: {INSIDE.as_posix()}/{MANIFEST} is missing")
    else:
        problems += corpus_problems(corpus)
    if problems:
        raise Refused(str(folder), problems)
    return corpus
