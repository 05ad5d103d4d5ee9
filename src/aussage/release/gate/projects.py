"""The withheld texts of a corpus: which documents' texts must not be passed on."""

from __future__ import annotations

from pathlib import Path

from aussage.corpus.errors import CorpusError

_DOCUMENTS = "documents.parquet"


def withheld_texts(corpus: Path, every: bool = True) -> dict[str, str]:
    """The texts of a built corpus by document id.

    Args:
        corpus: The folder of a full corpus.
        every: All texts, as for an edition that has none; else only those whose rights are not cleared, or cleared
            but under an embargo (whether its day has come is not asked: an embargo that is over belongs removed).

    Raises:
        CorpusError: there is no corpus, it cannot be read, or it is an edition without texts.
    """
    import pyarrow as pa

    from aussage.tables.table_files import open_table

    path = corpus / _DOCUMENTS
    if not path.exists():
        raise CorpusError(f"there is no {_DOCUMENTS} in {corpus}; build the corpus first: aussage build")
    try:
        with open_table(path) as file:
            if "text" not in file.schema_arrow.names:
                raise CorpusError(f"{corpus} is an edition without texts; name the project or corpus that has them")
            table = file.read(columns=["document_id", "rights_status", "rights_embargo", "text"])
    except (pa.ArrowException, OSError) as error:
        raise CorpusError(f"{path} cannot be read: {error}; build the corpus anew: aussage build") from None
    rows = table.to_pylist()
    return {
        row["document_id"]: row["text"]
        for row in rows
        if every or row["rights_status"] != "cleared" or row["rights_embargo"]
    }
