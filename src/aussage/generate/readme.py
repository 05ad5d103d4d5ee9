"""The parts of a project's README.md that are computed: a real row of its corpus, and how to cite it."""

import re
from pathlib import Path

ROW = (
    "sentence_id",
    "text",
    "voice",
    "claimant_label",
    "claim_type",
    "modality",
    "stance",
    "issue_label",
    "main_location_label",
    "main_location_role",
    "n_claims",
)


def readme_file(root: Path, corpus_folder: Path) -> dict[Path, bytes]:
    """Path and content of the README with its computed parts, if it has places for them.

    A place is what stands between `<!-- name -->` and `<!-- /name -->`; the names are `example` and `citation`.
    """
    path = root / "README.md"
    if not path.is_file() or not (corpus_folder / "manifest.json").is_file():
        return {}
    text = path.read_text(encoding="utf-8")
    parts = {name: part for name, part in _parts(corpus_folder).items() if f"<!-- {name} -->" in text}
    for name, part in parts.items():
        between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = between.sub(lambda found, part=part: f"{found[1]}{part}\n{found[2]}", text)  # type: ignore[misc]
    return {path: text.encode()} if parts else {}


def _parts(corpus_folder: Path) -> dict[str, str]:
    from aussage.corpus import load

    corpus = load(corpus_folder)
    columns = ", ".join(f'"{name}"' for name in ROW[:3])
    if corpus.sentences.empty:
        return {"citation": f"> {corpus.citation}"}
    row = corpus.sentences[list(ROW)].iloc[0]
    width = max(map(len, ROW))
    lines = [f"{name:<{width}}  {row[name]}" for name in ROW]
    code = f">>> aussage.load().sentences[[{columns}, …]].iloc[0]"
    return {"example": "\n".join(["```", code, *lines, "```"]), "citation": f"> {corpus.citation}"}
