"""Faults of a project against the corpus that was built from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from faults.draft import read_draft
from faults.fault import PROJECT, Register

register = Register(acts_on=PROJECT)
SETTINGS, CODEBOOK, CORPUS = "aussage.toml", "schema/codebook.yaml", "corpus"


def project_of(folder: Path) -> Path:
    """Make the project of the corpus at `folder/corpus` from the corpus itself; gives the folder."""
    draft = read_draft(folder / CORPUS)
    about = draft.about
    (folder / SETTINGS).write_text(
        f'[corpus]\nname = "{about["name"]}"\ntitle = "Made anew"\nversion = "{about["version"]}"\n'
        'languages = ["de"]\n[corpus.licences]\nannotations = "CC0-1.0"\n[[corpus.creators]]\nname = "Somebody"\n',
        encoding="utf-8",
    )
    (folder / "schema").mkdir()
    (folder / CODEBOOK).write_bytes(draft.codebook_file)
    (folder / "seeds").mkdir()
    for row in draft.tables["documents"]:
        (folder / "seeds" / f"{row['document_id']}.txt").write_bytes(row["text"].encode())
    return folder


def _in_text(code: str, what: str, rules: str, file: str, ids: list[str], change: Callable[[str], str]) -> None:
    @register.fault(code, what, file, "", rules, needs="nothing")
    def spoil(folder: Path) -> list[str]:
        path = folder / file
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
        return ids


_in_text("project-no-toml", "The project file is no TOML", "project-broken", SETTINGS, [SETTINGS], lambda text: "[")
_in_text("project-without-name", "The project file does not name the corpus", "project-broken", SETTINGS, [SETTINGS],
         lambda text: text.replace("name =", "nmae =", 1))  # fmt: skip
_in_text("project-codebook-no-yaml", "The codebook of the project is no YAML", "project-broken", CODEBOOK, [CODEBOOK],
         lambda text: "[")  # fmt: skip
_in_text("project-renamed", "The project has another name", "corpus-stale", SETTINGS, [SETTINGS],
         lambda text: text.replace('name = "', 'name = "another-', 1))  # fmt: skip
_in_text("project-of-another-version", "The project has another version", "corpus-stale", SETTINGS, [SETTINGS],
         lambda text: text.replace('version = "', 'version = "9', 1))  # fmt: skip
_in_text("project-with-a-needless-level", "The project lowers the level of a rule that finds nothing",
         "exemption-needless", SETTINGS, [SETTINGS],
         lambda text: text + '[levels.article-repeated]\nlevel = "note"\nreason = "none"\n')  # fmt: skip


def _without_a_value(text: str) -> str:
    record = json.loads(text)
    next(variable for variable in record["variables"] if variable["name"] == "time")["values"].pop()
    return json.dumps(record, ensure_ascii=False)


def _other_issue(text: str) -> str:
    record = json.loads(text)
    record["issues"][0]["agreement"]["plus"] = "something else"
    return json.dumps(record, ensure_ascii=False)


_in_text("project-codebook-without-a-value", "The codebook of the project has lost a value", "codebook-stale",
         CODEBOOK, ["time"], _without_a_value)  # fmt: skip
_in_text("project-codebook-with-another-issue", "An issue means something else in the project", "codebook-stale",
         CODEBOOK, ["issues"], _other_issue)  # fmt: skip


@register.fault("article-changed", "An article of the project has a letter more", "seeds", "", "article-stale",
                needs="an article")  # fmt: skip
def article_changed(folder: Path) -> list[str]:
    path = min((folder / "seeds").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "x", encoding="utf-8")
    return [path.stem]


@register.fault("articles-gone", "All articles of the project are gone", "seeds", "", "article-stale",
                needs="an article", is_bulk=True)  # fmt: skip
def articles_gone(folder: Path) -> list[str]:
    paths = sorted((folder / "seeds").iterdir())
    for path in paths:
        path.unlink()
    return [path.stem for path in paths]
