"""Analyses of a corpus part by part say what they say of the whole corpus, here and on a Dask cluster."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from neudorf import copy_neudorf
from parted_corpus import write_parted
from test_determinism import larger

import aussage
from aussage import discourse
from aussage.corpus import Corpus
from aussage.parts import Settings, build

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("certainty", {}),
    ("certainty", {"by": ["voice", "evidence"]}),
    ("certainty", {"by": ()}),
    ("certainty", {"by": "issue_id", "layer": "a"}),
    ("hedging", {}),
    ("hedging", {"per_document": True}),
    ("places", {}),
    ("places", {"by": ("role", "document_id")}),
    ("positions", {}),
    ("stance", {"level": "type"}),
    ("voices", {}),
    ("voices", {"level": "type"}),
    ("spoken_of", {}),
    ("attribution_chains", {}),
    ("article_positions", {"windows": 4}),
    ("course", {"windows": 3}),
    ("course", {"of": "certainty"}),
    ("contradictions", {}),
]
SHIPPED = Path(__file__).parents[2] / "dataset" / "corpus"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The shipped corpus, with a document a part."""
    folder = tmp_path_factory.mktemp("over-parts")
    documents = len(aussage.load(SHIPPED).documents)
    return aussage.load(write_parted(SHIPPED, folder / "corpus", [1] * documents))


def options_for(corpus: Corpus, options: dict[str, Any]) -> dict[str, Any]:
    """The options, with a layer that the corpus has."""
    return options | {"layer": corpus.layers[-1]} if "layer" in options else options


@pytest.mark.parametrize(("name", "options"), ASKED)
def test_the_whole_is_the_sum_of_its_parts(corpus: Corpus, name: str, options: dict[str, Any]) -> None:
    analysis, asked = getattr(discourse, name), options_for(corpus, options)
    whole = analysis(corpus, **asked)
    pd.testing.assert_frame_equal(discourse.over_parts(corpus, analysis, **asked), whole)


def test_some_documents(corpus: Corpus) -> None:
    some = corpus.documents_where(document_id=list(corpus.documents["document_id"][1:]))
    pd.testing.assert_frame_equal(discourse.over_parts(some, discourse.voices), discourse.voices(some))


def test_a_corpus_of_single_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.discourse.summing.DOCUMENTS", 1)
    corpus = aussage.load(SHIPPED)
    for name in ("voices", "certainty", "places", "stance"):
        analysis = getattr(discourse, name)
        pd.testing.assert_frame_equal(discourse.over_parts(corpus, analysis), analysis(corpus))


def test_parts_without_claims(tmp_path: Path) -> None:
    project = larger(copy_neudorf(tmp_path / "project"), 8)
    annotations = project / "dataset/annotations/all.jsonl"
    lines = annotations.read_text(encoding="utf-8").splitlines(keepends=True)
    annotations.write_text("".join(lines[1:-2]), encoding="utf-8")
    built = build(project, tmp_path / "corpus", Settings(usual=1))
    assert built.parts > 8
    corpus = aussage.load(tmp_path / "corpus")
    for name in ("voices", "certainty", "hedging", "places", "stance", "positions", "attribution_chains", "course"):
        analysis = getattr(discourse, name)
        pd.testing.assert_frame_equal(discourse.over_parts(corpus, analysis), analysis(corpus))


def test_what_cannot_be_added_up_is_refused_with_the_reason(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="paired"):
        discourse.over_parts(corpus, discourse.contradictions, across=True)
    with pytest.raises(ValueError, match="all articles together"):
        discourse.over_parts(corpus, discourse.course, per_document=False)
    with pytest.raises(ValueError, match="as a whole"):
        discourse.over_parts(corpus, discourse.network)
    with pytest.raises(ValueError, match="claims"):
        discourse.over_parts(corpus, discourse.voices, claims=corpus.claims)


def test_on_dask(corpus: Corpus) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        for name in ("voices", "places", "course"):
            analysis = getattr(discourse, name)
            pd.testing.assert_frame_equal(discourse.over_parts(corpus, analysis, client=client), analysis(corpus))
