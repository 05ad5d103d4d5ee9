"""`aussage deposit` as a person runs it, over a socket."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from deposit_bundles import METADATA, bundle, served, text_free, with_rights
from deposit_server import TOKEN, Answer, Server
from neudorf import copy_neudorf

from aussage.cli.deposit import command
from aussage.diagnostics import Diagnostics
from aussage.project import read_project
from aussage.source import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project to deposit from, with a token."""
    folder = copy_neudorf(tmp_path / "project")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("ZENODO_TOKEN", TOKEN)
    monkeypatch.delenv("ZENODO_SANDBOX_TOKEN", raising=False)
    return folder


@pytest.fixture
def zip_(neudorf_corpus: Path, tmp_path: Path) -> Path:
    """A bundle that may be deposited."""
    return text_free(neudorf_corpus, tmp_path)


def run(monkeypatch: pytest.MonkeyPatch, server: Server | None, *words: Any, expect: int = 0) -> Result:
    monkeypatch.setenv("AUSSAGE_DEPOSIT_URL", server.base if server else "http://127.0.0.1:9")
    outcome = CliRunner().invoke(command, [str(word) for word in words])
    assert outcome.exit_code == expect, (outcome.output, outcome.exception)
    assert TOKEN not in outcome.output
    return outcome


def test_a_deposit_ends_with_a_complete_draft_and_is_published_when_asked(
    project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = (project / "aussage.toml").read_text(encoding="utf-8")
    with served() as server:
        first = json.loads(run(monkeypatch, server, zip_, "--json").stdout)
        assert (first["ok"], first["state"], first["doi"]) == (True, "complete", "")
        assert "--publish" in first["next"]
        assert not server.records
        assert (project / "aussage.toml").read_text(encoding="utf-8") == before
        second = run(monkeypatch, server, zip_, "--publish", "--yes")
    assert "resumed" in second.output
    uploads = [path for method, path in server.calls if method == "PUT" and "/api/files/" in path]
    assert len(uploads) == 3  # nothing was sent twice
    (record,) = server.records
    assert set(record["files"]) == {zip_.name, "README.md", "CITATION.cff"}
    assert record["metadata"]["title"] == METADATA["title"]
    facts = read_project(Project(project), Diagnostics())
    assert facts is not None
    assert facts.dois is not None
    assert facts.dois.versions == {"0.1.0": f"10.5281/zenodo.{record['id']}"}
    assert facts.dois.concept == f"10.5281/zenodo.{record['concept']}"
    assert (project / "aussage.toml").read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    assert all(agent.startswith("aussage/") for agent in server.agents)
    assert TOKEN not in caplog.text
    assert not list(zip_.parent.glob(".*.json"))


def test_a_version_that_is_deposited_already_is_refused(
    project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served() as server:
        run(monkeypatch, server, zip_, "--publish", "--yes")
        before = len(server.calls)
        outcome = run(monkeypatch, server, zip_, "--publish", "--yes", expect=1)
    assert "deposited already as 10.5281/zenodo." in outcome.output
    assert len(server.calls) == before


def test_the_full_edition_is_deposited_once_all_rights_are_cleared(
    project: Path, neudorf_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared = with_rights(neudorf_corpus, tmp_path / "cleared", "cleared", "2020-01-01")
    with served() as server:
        run(monkeypatch, server, bundle(cleared, tmp_path / "a", edition="full"), "--publish", "--yes")
    assert len(server.records) == 1


def test_publishing_needs_the_version_typed(project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aussage.cli.deposit._somebody_is_there", lambda: True)
    with served() as server:
        monkeypatch.setenv("AUSSAGE_DEPOSIT_URL", server.base)
        wrong = CliRunner().invoke(command, [str(zip_), "--publish"], input="yes\n")
        assert wrong.exit_code == 1
        assert not server.records
        right = CliRunner().invoke(command, [str(zip_), "--publish"], input="0.1.0\n")
        assert right.exit_code == 0, right.output
        assert len(server.records) == 1


@pytest.mark.parametrize(("words", "said"), [(["--yes"], "--publish"), (["--publish"], "--yes")])
def test_publishing_by_mistake_is_wrong_use(
    project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    assert said in run(monkeypatch, None, zip_, *words, expect=2).output


def test_the_sandbox_writes_no_doi_and_uses_its_own_token(
    project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (project / "aussage.toml").read_bytes()
    monkeypatch.delenv("ZENODO_TOKEN")
    refused = run(monkeypatch, None, zip_, "--sandbox", expect=1)
    assert "ZENODO_SANDBOX_TOKEN" in refused.output
    monkeypatch.setenv("ZENODO_SANDBOX_TOKEN", TOKEN)
    with served() as server:
        run(monkeypatch, server, zip_, "--sandbox", "--publish", "--yes")
    assert len(server.records) == 1
    assert (project / "aussage.toml").read_bytes() == before


def test_what_the_server_rejects_is_said_field_by_field(
    project: Path, neudorf_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = text_free(neudorf_corpus, tmp_path, metadata=METADATA | {"license": "no-such-licence"})
    with served() as server:
        server._create = lambda *_: Answer(  # type: ignore[method-assign]
            400,
            {
                "message": f"A validation error {TOKEN}\x1b[31m occurred.",
                "errors": [{"field": "metadata.rights", "messages": ["Invalid value no-such-licence."]}],
            },
        )
        record = json.loads(run(monkeypatch, server, odd, "--json", expect=1).stdout)
    said = "\n".join(record["error"])
    assert "metadata.rights: Invalid value no-such-licence." in said
    assert "status 400" in said
    assert "\x1b" not in said
    assert not record["ok"]


def test_a_wrong_token_is_said_without_showing_it(project: Path, zip_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZENODO_TOKEN", "another-secret-token")
    with served() as server:
        outcome = run(monkeypatch, server, zip_, expect=1)
    assert "401" in outcome.output
    assert "deposit:write" in outcome.output
    assert "another-secret" not in outcome.output
