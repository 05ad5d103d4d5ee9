"""Which coders are compared, and on which documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from aussage.agreement.errors import AgreementError

if TYPE_CHECKING:
    from aussage.corpus import Corpus

GOLD = "gold"
ADD_A_LAYER = (
    "add a second coder's file dataset/annotations/DOCUMENT/CODER.yaml and the coder in dataset/registry/coders.yaml, "
    "then run `aussage build`"
)


@dataclass(frozen=True)
class Frames:
    """The tables of a corpus with all layers, as `corpus.layer("all")` gives them.

    Columns used: documents (document_id, layers, text), sentences (sentence_id, document_id, position, char_start,
    char_end, text), claims and mentions (as the tables), coders (coder_id, kind, name). `adjudications` may be absent:
    adjudication_id, document_id, sentence_id, subject, ids, variable, coders, said, decision, ruling, codebook_change,
    reason.
    """

    documents: pd.DataFrame
    sentences: pd.DataFrame
    claims: pd.DataFrame
    mentions: pd.DataFrame
    coders: pd.DataFrame
    adjudications: pd.DataFrame | None = field(default=None)


def frames_of(corpus: Corpus) -> Frames:
    """The tables of a loaded corpus, of all layers.

    Raises:
        CorpusError: the texts, which show what the coders differ on, are not in this edition.
    """
    corpus.require_texts("the agreement of coders")
    whole = corpus.layer("all")
    adjudications = whole["adjudications"] if "adjudications" in whole.tables else None
    return Frames(whole.documents, whole.sentences, whole.claims, whole.mentions, whole.coders, adjudications)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The coders that are compared and, by document, those of them who coded it; one coder alone is left out."""

    coders: tuple[str, ...]
    documents: dict[str, tuple[str, ...]]
    left_out: dict[str, tuple[str, ...]]
    kinds: dict[str, str]

    @property
    def heading(self) -> str:
        """Between whom the agreement is: "Agreement between model coders: …"."""
        kinds = {self.kinds.get(coder, "") for coder in self.coders}
        between = {
            frozenset({"language-model"}): "model coders",
            frozenset({"person"}): "people",
            frozenset({"program"}): "programs",
        }.get(frozenset(kinds), "coders of different kinds" if len(kinds) > 1 else "coders")
        named = ", ".join(f"{name} ({_kind(self.kinds.get(name))})" for name in self.coders)
        return f"Agreement between {between}: {named}"


def choose(frames: Frames, wanted: Sequence[str] = ()) -> Chosen:
    """The coders to compare (all, or those wanted) and the documents that at least two of them coded.

    Raises:
        AgreementError: there are not two coders, a wanted one is unknown, or no document has two of them.
    """
    layers = {
        str(name): tuple(layer for layer in found if layer != GOLD)
        for name, found in zip(frames.documents["document_id"], frames.documents["layers"], strict=True)
    }
    known = sorted({layer for found in layers.values() for layer in found})
    coders = tuple(dict.fromkeys(wanted)) or tuple(known)
    _examine(coders, known)
    coded: dict[str, tuple[str, ...]] = {
        name: tuple(coder for coder in coders if coder in found) for name, found in layers.items()
    }
    documents: dict[str, tuple[str, ...]] = {name: found for name, found in coded.items() if len(found) > 1}
    if not documents:
        listed = "; ".join(f"{c}: {_few([name for name, found in coded.items() if c in found])}" for c in coders)
        raise AgreementError(
            f"the coders {', '.join(coders)} have no document in common, so there is no agreement to measure "
            f"({listed}); let two of them code the same document"
        )
    kinds = dict(zip(frames.coders["coder_id"].astype(str), frames.coders["kind"].astype(str), strict=True))
    left_out: dict[str, tuple[str, ...]] = {name: found for name, found in coded.items() if len(found) == 1}
    return Chosen(coders, documents, left_out, kinds)


def _examine(coders: Sequence[str], known: Sequence[str]) -> None:
    if GOLD in coders:
        raise AgreementError("gold is no coder: it is derived from the coders' layers, which it agrees with")
    for coder in coders:
        if coder not in known:
            from aussage.diagnostics import nearest

            near = nearest(coder, known)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known) or 'none'}"
            raise AgreementError(f"no document has a layer of a coder {coder!r}; {hint}")
    if not known:
        raise AgreementError(f"no document has a coder's layer, so there is nothing to compare; {ADD_A_LAYER}")
    if len(coders) < 2:
        raise AgreementError(f"there is only one coder, {coders[0]}, so there is nothing to compare; {ADD_A_LAYER}")


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "") or "none"


def _kind(kind: Any) -> str:
    return str(kind).replace("-", " ") if kind else "of unknown kind"
